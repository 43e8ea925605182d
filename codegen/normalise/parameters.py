"""Parameters: each operation gets a complete, explicit list.

The generator silently drops parameters without `schema`, ignores `style` and `explode`, and drops
operations whose path parameters are not declared.
"""

from __future__ import annotations

import re
from typing import Any

from ..document import Json, is_object
from ..names import snake
from .report import Report
from .schemas import Lowering

_SWAGGER_2 = ("type", "format", "enum", "items", "default", "minimum", "maximum", "pattern")
_STYLE = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
# Sent by the SDK itself.
_OWN_HEADERS = {"authorization", "x-api-key", "api-key", "accept", "content-type", "user-agent"}


def template_path(path: str) -> str:
    """Express's `:id` as OpenAPI's `{id}`."""
    return re.sub(r":([A-Za-z_][A-Za-z0-9_]*)", r"{\1}", path)


def plain_label(name: str) -> str:
    """A path parameter's name as the generator can match it; on the wire it does not appear."""
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else snake(name)


def plain_path(path: str) -> str:
    """A path with plain labels: `{listing-id.v2}` is `{listing_id_v2}`."""
    return re.sub(r"{([^}]+)}", lambda match: "{" + plain_label(match.group(1)) + "}", path)


def normalise_parameters(
    operation: Json, path: str, place: str, lowering: Lowering, report: Report
) -> tuple[list[Json], dict[str, str]]:
    """(parameters, array styles by name) of an operation whose references are in place."""
    out: list[Json] = []
    styles: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for node in operation["parameters"]:
        if not is_object(node) or not node.get("name") or node.get("in") not in _STYLE:
            if is_object(node) and node.get("in") in ("body", "formData"):
                report.refuse(
                    place, "a Swagger 2 body parameter; convert the document to OpenAPI 3"
                )
            elif node != {}:
                report.refuse(place, f"a parameter without name or place: {node!r}"[:200])
            continue
        parameter = node
        name, location = str(parameter["name"]), str(parameter["in"])
        if (location, name) in seen:
            continue  # the operation's own goes before the path's
        seen.add((location, name))
        at = f"{place} → {location} parameter {name}"
        if location == "header" and name.lower() in _OWN_HEADERS:
            report.ignore(at, "is set by the SDK")
        elif location == "cookie":
            report.refuse(at, "cookie parameters are not carried; remove it in the overlay")
        elif location == "path" and "{" + name + "}" not in path:
            report.refuse(at, f"is declared, but the path is {path}")
        else:
            out.append(_parameter(parameter, name, location, at, styles, lowering, report))
    for name in re.findall(r"{([^}]+)}", path):
        if ("path", name) not in seen:
            report.ignore(f"{place} → path parameter {name}", "is not declared; taken as a string")
            schema: Json = {"type": "string"}
            out.append({"name": name, "in": "path", "required": True, "schema": schema})
    order = {name: index for index, name in enumerate(re.findall(r"{([^}]+)}", path))}
    out.sort(key=lambda p: (p["in"] != "path", order.get(p["name"], 0), p["in"], p["name"]))
    for made in out:
        if made["in"] == "path":
            made["name"] = plain_label(made["name"])
    return out, styles


def _parameter(
    parameter: Json,
    name: str,
    location: str,
    at: str,
    styles: dict[str, str],
    lowering: Lowering,
    report: Report,
) -> Json:
    raw: Any = parameter.get("schema")
    if raw is None and is_object(parameter.get("content")):
        report.refuse(
            at, "`content` in a parameter is not carried; give it a schema in the overlay"
        )
    elif raw is None:
        raw = {key: parameter[key] for key in _SWAGGER_2 if key in parameter}
        if not raw:
            report.refuse(at, "has no schema; give it one in the overlay")
    schema = lowering.lower(raw or {}, at)
    if location in ("query", "header") and parameter.get("nullable"):
        schema["x-nullable"] = True
    target = lowering.target(schema)
    _check_shape(parameter, location, schema, target, at, styles, name, lowering, report)
    made: Json = {
        "name": name,
        "in": location,
        "required": location == "path" or parameter.get("required") is True,
        "schema": schema,
    }
    text = parameter.get("description") or schema.get("description")
    described = _described(text, raw if is_object(raw) else {})
    if described:
        made["description"] = described
    return made


def _check_shape(
    parameter: Json,
    location: str,
    schema: Json,
    target: Json,
    at: str,
    styles: dict[str, str],
    name: str,
    lowering: Lowering,
    report: Report,
) -> None:
    style = parameter.get("style", _STYLE[location])
    if target.get("type") == "array":
        element = lowering.target(target["items"])
        if element.get("type") in ("array", "object"):
            report.refuse(at, "an array of arrays or objects in a parameter is not carried")
        if location != "query":
            report.refuse(at, f"an array in the {location} is not carried")
        elif style != "form":
            report.refuse(at, f"style {style!r} is not carried; only form is")
        elif parameter.get("explode") is False:
            styles[name] = "comma"
    elif target.get("type") == "object":
        report.refuse(at, f"an object in a parameter (style {style!r}) is not carried")
    elif "oneOf" in target and _has_object(target, lowering):
        report.refuse(at, "a parameter that may be an array or an object is not carried")
    elif style not in (_STYLE[location], "form", "simple"):
        report.refuse(at, f"style {style!r} is not carried")
    if schema.get("format") == "binary":
        report.refuse(at, "binary data in a parameter is not carried")


def _has_object(union: Json, lowering: Lowering) -> bool:
    variants = [lowering.target(v) for v in union["oneOf"]]
    return any(v.get("type") in ("object", "array") for v in variants)


def _described(text: Any, schema: Json) -> str:
    """The description, with the server's default, which the SDK leaves to the server."""
    described = text if isinstance(text, str) else ""
    default = schema.get("default")
    if default is None or "default" in described.lower():
        return described
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    return f"{described.rstrip('.')}. Default: {shown}." if described else f"Default: {shown}."
