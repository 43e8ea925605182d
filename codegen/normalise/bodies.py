"""Request bodies: one content type each, the others named, never dropped unseen."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from ..api import BodyKind
from ..document import Json, as_object, is_object, is_true
from ..escaping import excerpt
from ..findings import Findings, Unsupported
from .media import bare_media_types, is_json

_FORMS: dict[str, BodyKind] = {
    "multipart/form-data": "multipart",
    "application/x-www-form-urlencoded": "form",
}


@frozen
class RequestBody:
    """The request body of an operation."""

    kind: BodyKind
    content_type: str
    schema: Any
    required: bool


def request_body(operation: Json, place: str, findings: Findings) -> RequestBody | None:
    """Return the body of an operation, or None when it takes none.

    Raises `Unsupported` when it takes one that cannot be sent.
    """
    body: Any = operation.get("requestBody")
    if body is None or body == {}:
        return _swagger_2_body(operation["parameters"], place, findings)
    at = f"{place} → requestBody"
    if not is_object(body):
        raise Unsupported(at, f"a request body was expected, got {excerpt(body, 60)}")
    content: Json = bare_media_types(body.get("content"))
    if not content and is_object(body.get("schema")):
        findings.note(at, "`schema` without `content`; taken for that of application/json")
        content = {"application/json": {"schema": body["schema"]}}
    required = is_true(body.get("required"))
    if not content:
        if not required:
            findings.fall_back("dropped", at, "has no content type; give it `content`")
            return None
        findings.fall_back("any", at, "has no content type; give it `content`")
        content = {"application/json": {"schema": {}}}
    content = _without_wildcards(content, at, findings)
    chosen = _choose(content)
    for other in sorted(content.keys() - {chosen}):
        findings.note(at, f"{other} is not offered, {chosen} is")
    schema: Any = as_object(content[chosen]).get("schema")
    if is_json(chosen):
        if schema is None:
            findings.fall_back("any", f"{at}.content.{chosen}", "has no schema")
        return RequestBody("json", chosen, schema or {}, required)
    if chosen in _FORMS and schema is not None:
        return RequestBody(_FORMS[chosen], chosen, schema, required)
    if chosen in _FORMS:
        raise Unsupported(f"{at}.content.{chosen}", "has no schema; give it one")
    return RequestBody("raw", chosen, {}, required)


def _without_wildcards(content: Json, at: str, findings: Findings) -> Json:
    """The media types with those that cannot be sent, such as `*/*`, replaced by one that can."""
    out: Json = {}
    for name, media in content.items():
        if "*" not in name:
            out[name] = media
            continue
        schema = as_object(as_object(media).get("schema"))
        text_or_file = schema.get("type") == "string" or not schema
        plain = text_or_file or name.split("/")[0] not in ("*", "application")
        sent = "application/octet-stream" if plain else "application/json"
        findings.note(at, f"{name} is sent as {sent}")
        out.setdefault(sent, media)
    return out


def _swagger_2_body(parameters: list[Any], place: str, findings: Findings) -> RequestBody | None:
    """The body that parameters in `body` or `formData` describe, in a document that says 3."""
    found = [p for p in parameters if is_object(p) and p.get("in") in ("body", "formData")]
    if not found:
        return None
    at = f"{place} → requestBody"
    whole = next((p for p in found if p["in"] == "body"), None)
    if whole is not None:
        findings.note(at, "a parameter in `body` (Swagger 2); taken for a JSON body")
        required = is_true(whole.get("required"))
        return RequestBody("json", "application/json", whole.get("schema") or {}, required)
    findings.note(at, "parameters in `formData` (Swagger 2); taken for a form")
    named = [p for p in found if isinstance(p.get("name"), str) and p["name"]]
    fields = {p["name"]: as_object(p.get("schema")) or p for p in named}
    required_names = [p["name"] for p in named if is_true(p.get("required"))]
    schema = {"type": "object", "properties": fields, "required": required_names}
    files = any(as_object(f).get("type") == "file" for f in fields.values())
    media = "multipart/form-data" if files else "application/x-www-form-urlencoded"
    return RequestBody(_FORMS[media], media, schema, bool(required_names))


def _choose(content: dict[str, Any]) -> str:
    """JSON when it is offered, then forms, then bytes of any other type."""
    order = ("application/json", "", "multipart/form-data", *_FORMS, "application/octet-stream")
    for wanted in order:
        found = next((n for n in content if n == wanted or (not wanted and is_json(n))), None)
        if found:
            return found
    return min(content)
