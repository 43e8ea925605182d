"""Parameters: each operation gets a complete, explicit list.

The generator silently drops parameters without `schema`, ignores `style` and `explode`, and drops
operations whose path parameters are not declared.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen

from ..document import Json, as_array, as_object, as_text, is_object, is_true
from ..escaping import excerpt
from ..findings import Findings
from .headers import forbidden_header
from .schemas import SchemaNormaliser

_SWAGGER_2 = ("type", "format", "enum", "items", "default", "minimum", "maximum", "pattern")
_STYLE = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


@frozen
class Parameter:
    """One parameter of an operation, normalised."""

    wire: str
    location: str
    schema: Json
    """Normalised."""
    required: bool
    comma_separated: bool
    doc: str
    default: Any = None
    """The documented default, which the SDK leaves to the server."""
    minimum: Any = None
    maximum: Any = None


def labels(path: str) -> list[str]:
    """The labels of a path template, in order."""
    return re.findall(r"{([^{}]+)}", path)


def normalise_parameters(
    operation: Json, path: str, place: str, schemas: SchemaNormaliser, findings: Findings
) -> list[Parameter]:
    """Return the parameters of an operation whose references are in place, path values first."""
    out: list[Parameter] = []
    seen: set[tuple[str, str]] = set()
    for node in _with_path_labels(operation["parameters"], path, place, findings):
        location, name = str(node.get("in")), str(node["name"])
        if (location, name) in seen:
            continue  # the operation's own goes before the path's
        seen.add((location, name))
        at = f"{place} → {location} parameter {name}"
        forbidden = forbidden_header(name) if location == "header" else None
        if forbidden == "own":
            findings.note(at, "is set by the SDK")
        elif forbidden == "credential":
            reason = "is a credential: the client sends its own, and no other"
            findings.fall_back("dropped", at, reason)
        elif location in ("body", "formData"):
            continue  # Swagger 2's way to give a body; see `bodies`
        elif location not in _STYLE or not _is_token(name, location):
            reason = f"a parameter of this name cannot be sent in {excerpt(location, 40)}"
            findings.fall_back("dropped", at, reason)
        elif location == "cookie":
            findings.fall_back("dropped", at, "cookie parameters are not supported")
        else:
            out.append(_parameter(node, name, location, at, schemas, findings))
    order = {name: index for index, name in enumerate(labels(path))}
    return sorted(
        out, key=lambda p: (p.location != "path", order.get(p.wire, 0), p.location, p.wire)
    )


def _with_path_labels(nodes: list[Any], path: str, place: str, findings: Findings) -> list[Json]:
    """The parameters that are objects with a name; exactly one for each label of the path."""
    named: list[Json] = []
    for node in nodes:
        if is_object(node) and isinstance(node.get("name"), str) and node["name"]:
            named.append(node)
        elif node not in (None, {}):
            reason = f"a parameter without a name: {excerpt(node, 100)}"
            findings.fall_back("dropped", f"{place} → parameters", reason)
    declared = {str(n["name"]) for n in named if n.get("in") == "path"}
    missing = [label for label in dict.fromkeys(labels(path)) if label not in declared]
    strange = sorted(declared - set(labels(path)))
    if len(missing) == len(strange) == 1:
        at = f"{place} → path parameter {strange[0]}"
        findings.note(at, f"is taken for {{{missing[0]}}}, the only label without a parameter")
        for index, node in enumerate(named):
            if node.get("in") == "path" and node["name"] == strange[0]:
                named[index] = {**node, "name": missing[0]}
        missing, strange = [], []
    for name in strange:
        findings.note(f"{place} → path parameter {name}", f"is declared, but the path is {path}")
    for name in missing:
        findings.note(f"{place} → path parameter {name}", "is not declared; taken as a string")
        schema: Json = {"type": "string"}
        named.append({"name": name, "in": "path", "required": True, "schema": schema})
    return [n for n in named if not (n.get("in") == "path" and n["name"] in strange)]


def _is_token(name: str, location: str) -> bool:
    """Whether a name can be that of a header (RFC 9110 section 5.6.2)."""
    return location != "header" or bool(re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name))


def _parameter(
    node: Json, name: str, location: str, at: str, schemas: SchemaNormaliser, findings: Findings
) -> Parameter:
    raw = _schema_of(node, at, findings)
    schema = schemas.normalise(raw, at)
    reason, comma = _shape(node, location, schema, schemas)
    if reason:
        findings.fall_back("text", at, reason)
        schema = {"type": "string"}
    if location in ("query", "header") and node.get("nullable"):
        schema = {**schema, "nullable": True}
    default: Any = as_object(raw).get("default")
    return Parameter(
        name,
        location,
        schema,
        location == "path" or is_true(node.get("required")),
        comma or (not reason and node.get("collectionFormat") == "csv"),
        _described(as_text(node.get("description")) or as_text(schema.get("description")), default),
        default,
        as_object(raw).get("minimum"),
        as_object(raw).get("maximum"),
    )


def _schema_of(node: Json, at: str, findings: Findings) -> Any:
    """The schema of a parameter, in OpenAPI 3's place or in Swagger 2's."""
    if "schema" in node and node["schema"] is not None:
        return node["schema"]
    if is_object(node.get("content")):
        findings.fall_back("text", at, "`content` in a parameter: pass the encoded text")
        return {"type": "string"}
    raw = {key: node[key] for key in _SWAGGER_2 if key in node}
    if not raw:
        findings.note(at, "has no schema; taken as a string")
        return {"type": "string"}
    return raw


def _shape(node: Json, location: str, schema: Json, schemas: SchemaNormaliser) -> tuple[str, bool]:
    """(why the values cannot be encoded, whether they are joined by commas)."""
    style = node.get("style", _STYLE[location])
    joined = node.get("collectionFormat")
    if joined in ("ssv", "tsv", "pipes"):
        return f"collectionFormat {joined} is not supported: pass the encoded text", False
    target = schemas.target(schema)
    if target.get("format") == "binary":
        return "binary data in a parameter is not supported", False
    if target.get("type") == "array":
        element = schemas.target(as_object(target.get("items")))
        if element.get("type") in ("array", "object") or "oneOf" in element:
            return "an array of arrays or objects in a parameter is not supported", False
        if location != "query":
            return f"an array in the {location} is not supported: pass the encoded text", False
        if style != "form":
            return f"style {excerpt(style, 40)} is not supported, only form is", False
        return "", node.get("explode") is False
    if target.get("type") == "object":
        return f"an object in a parameter (style {excerpt(style, 40)}) is not supported", False
    variants = [schemas.target(v) for v in as_array(target.get("oneOf"))]
    if any(v.get("type") in ("object", "array") for v in variants):
        return "a parameter that may be an array or an object is not supported", False
    if style not in (_STYLE[location], "form", "simple"):
        return f"style {excerpt(style, 40)} is not supported", False
    return "", False


def _described(text: str, default: Any) -> str:
    """The description, with the server's default, which the SDK leaves to the server."""
    if default is None or "default" in text.lower():
        return text
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    return f"{text.rstrip('.')}. Default: {shown}." if text else f"Default: {shown}."
