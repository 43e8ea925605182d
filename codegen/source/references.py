"""References: everything but component schemas is put in place, so that later steps see it whole.

The generator ignores a path item that is a reference, and drops responses and parameters whose
references it cannot follow (https://github.com/openapi-generators/openapi-python-client/issues/648).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from ..document import METHODS, Json, as_array, as_object, is_object, operation_place, resolve
from ..findings import Findings, Kind

_ANY_JSON: Json = {"application/json": {"schema": {}}}
_MOST_PARAMETERS = 200
_MOST_RESPONSES = 200
"""Of one operation: a path item of thousands may be shared by a thousand paths."""
_COMPONENT = re.compile(r"#/components/schemas/([^/]+)")


def component_name(reference: Any) -> str | None:
    """The component that a reference names as a whole, or None."""
    match = _COMPONENT.fullmatch(reference) if isinstance(reference, str) else None
    return unquote(match.group(1)).replace("~1", "/").replace("~0", "~") if match else None


def follow(document: Json, node: Any) -> Any:
    """Return `node`, or what it refers to; LookupError when that is nothing, or itself.

    It is no copy: thousands of references may lead to one part of megabytes. Nobody changes it.
    """
    seen: set[str] = set()
    while is_object(node) and "$ref" in node:
        reference = str(node["$ref"])
        if reference in seen:
            raise LookupError(f"the reference {reference!r} leads back to itself")
        seen.add(reference)
        node = resolve(document, reference)
    return node


def inline_references(document: Json, findings: Findings) -> Json:
    """Put path items, parameters, request bodies and responses in place of their references.

    Each operation of the result has `parameters`, a list, and `responses`, an object, whatever the
    document says there.
    """
    out: Json = {**document, "paths": {}}
    for path in sorted(document["paths"]):
        if path.startswith("x-"):
            continue  # an extension, which OpenAPI allows here
        item = _path_item(document, path, findings)
        if item is None:
            continue
        merged: Json = {}
        for method in METHODS:
            operation: Any = item.get(method)
            place = operation_place(method, path)
            if is_object(operation) and _is_too_large(item, operation):
                reason = f"more than {_MOST_PARAMETERS} parameters, or {_MOST_RESPONSES} responses"
                findings.fall_back("omitted", place, reason)
            elif is_object(operation):
                merged[method] = _operation(document, item, operation, place, findings)
            elif operation is not None:
                findings.fall_back("omitted", place, "an operation object was expected")
        out["paths"][path] = merged
    return out


def _path_item(document: Json, path: str, findings: Findings) -> Json | None:
    """The path item with its reference followed and its methods in lower case; None without any."""
    own: Any = document["paths"][path]
    try:
        item = follow(document, own)
    except LookupError as error:
        findings.fall_back("omitted", path, f"{error.args[0]}; define it")
        return None
    if not is_object(item):
        findings.fall_back("omitted", path, "an object with operations was expected")
        return None
    if is_object(own) and "$ref" in own and len(own) > 1:
        item = {**item, **{key: value for key, value in own.items() if key != "$ref"}}
    out: Json = {}
    for key, value in item.items():
        method = key.strip().lower()
        if key in METHODS or method not in METHODS:
            out[key] = value
            if key not in METHODS and "responses" in as_object(value) and key[:2] != "x-":
                findings.fall_back("omitted", f"{path}: {key}", "is no method of OpenAPI 3.1")
        elif method in item or method in out:
            findings.fall_back("omitted", f"{path}: {key}", f"{method} is there already")
        else:
            findings.note(f"{path}: {key}", f"is taken for {method}")
            out[method] = value
    return out


def _is_too_large(item: Json, operation: Json) -> bool:
    listed = [as_array(node.get("parameters")) for node in (item, operation)]
    responses = as_object(operation.get("responses"))
    return sum(map(len, listed)) > _MOST_PARAMETERS or len(responses) > _MOST_RESPONSES


def _operation(document: Json, item: Json, operation: Json, place: str, findings: Findings) -> Json:
    made = dict(operation)
    if operation.get("servers") or item.get("servers"):
        findings.note(f"{place} → servers", "are not used: calls go to the base URL of the client")

    def put(node: Any, at: str, kind: Kind = "note") -> Any:
        try:
            return follow(document, node)
        except LookupError as error:
            reason = f"{error.args[0]}; define it, or correct the reference"
            if kind == "note":  # what it is needed for reports the fallback
                findings.note(at, reason)
            else:
                findings.fall_back(kind, at, reason)
            return None

    own, shared = operation.get("parameters"), item.get("parameters")
    for listed in (own, shared):
        if listed is not None and not isinstance(listed, list):
            findings.note(f"{place} → parameters", "a list was expected; they are passed over")
    made["parameters"] = [
        _with_location(put(node, f"{place} → parameters", "dropped"))
        for node in [*as_array(own), *as_array(shared)]
    ]
    listed_here = map(as_object, made["parameters"][: len(as_array(own))])
    named = [(str(p.get("in")), str(p["name"])) for p in listed_here if p.get("name")]
    for location, name in sorted({pair for pair in named if named.count(pair) > 1}):
        at = f"{place} → {location} parameter {name}"
        findings.note(at, "is given more than once; the first one counts")
    if "requestBody" in operation:
        found = put(operation["requestBody"], f"{place} → requestBody", "any")
        lost = found is None and is_object(operation["requestBody"])
        made["requestBody"] = {"content": _ANY_JSON} if lost else found
    responses: Any = operation.get("responses")
    if not is_object(responses):
        responses = {}
    made["responses"] = {
        str(status): put(node, f"{place} → responses.{status}")
        for status, node in responses.items()
    }
    return made


def _with_location(parameter: Any) -> Any:
    """A parameter whose `in` is written as OpenAPI does: `Query` and `QUERY` are `query`."""
    if not is_object(parameter) or not isinstance(parameter.get("in"), str):
        return parameter
    location = parameter["in"].strip().lower()
    return {**parameter, "in": "formData" if location == "formdata" else location}
