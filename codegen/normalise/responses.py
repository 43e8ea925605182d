"""The success response of an operation: what the method gives. Nothing is dropped silently.

The generator drops media types that it does not know, such as PDF
(https://github.com/openapi-generators/openapi-python-client/issues/657).
"""

from __future__ import annotations

import re
from typing import Any, Literal

from attrs import evolve, frozen

from ..document import Json, as_object, as_text, is_array, is_object
from ..findings import Findings
from .all_of import annotates
from .media import bare_media_types, is_json

_EMPTY = {"204", "205"}


@frozen
class Success:
    """The success response that an operation is read by."""

    kind: Literal["json", "any", "empty", "text", "bytes"]
    """`any`: nothing is documented about the body, so it is given as it comes."""
    schema: Any = None
    accept: str = "application/json"
    may_be_empty: bool = False
    """Whether another success is documented to have no body."""


def success_response(operation: Json, place: str, findings: Findings) -> Success:
    """Return the success response of an operation whose references are in place."""
    responses: Json = operation["responses"]
    at = f"{place} → responses"
    codes = sorted(code for code in responses if code[:1] == "2")
    if not codes and "default" in responses and not _is_error(responses["default"]):
        findings.note(at, "only `default`; taken for the success response")
        codes = ["default"]
    if not codes:
        findings.fall_back("any", at, "no success response is documented")
        return Success("any")
    found = {code: _success(code, responses[code], f"{at}.{code}", findings) for code in codes}
    typed = [s for s in found.values() if s.kind in ("json", "text", "bytes")]
    if not typed:
        return _untyped(found, at, findings)
    first = typed[0]
    stated = [(s.kind, _without_annotations(s.schema)) for s in typed]
    if any(s != stated[0] for s in stated[1:]):
        findings.fall_back("any", at, f"{' and '.join(codes)} give different things")
        return Success("any")
    empty = [code for code, success in found.items() if success.kind == "empty"]
    undescribed = [code for code, success in found.items() if success.kind == "any"]
    if undescribed:
        findings.note(at, f"{' and '.join(undescribed)} is read like the response with a schema")
    return evolve(first, may_be_empty=bool(empty))


def error_statuses(operation: Json) -> tuple[int, ...]:
    """The documented error statuses."""
    codes = (code for code in operation["responses"] if code.isdecimal() and len(code) == 3)
    return tuple(sorted(int(code) for code in codes if int(code) >= 400))


def _is_error(response: Any) -> bool:
    """Whether a `default` response is said to be that of errors."""
    content = bare_media_types(as_object(response).get("content"))
    schemas = [as_object(as_object(media).get("schema")) for media in content.values()]
    names = [str(schema.get("$ref", "")).split("/")[-1] for schema in schemas]
    said = " ".join([as_text(as_object(response).get("description")), *names])
    return bool(re.search(r"error|problem|exception|fail|unexpected", said, re.IGNORECASE))


def _without_annotations(schema: Any) -> Any:
    """A schema without its annotations: two that differ by these give the same thing."""
    if is_array(schema):
        return [_without_annotations(value) for value in schema]
    if not is_object(schema):
        return schema
    return {
        key: _without_annotations(value)
        for key, value in schema.items()
        # A property may be called `description`; what it is then is an object.
        if key == "nullable" or is_object(value) or not annotates(key)
    }


def _untyped(found: dict[str, Success], at: str, findings: Findings) -> Success:
    undescribed = [code for code, success in found.items() if success.kind == "any"]
    if not undescribed:
        return Success("empty")
    findings.fall_back(
        "any",
        f"{at}.{undescribed[0]}",
        "no schema is documented",
        "give it one with [[response]] in codegen/overlay.toml",
    )
    return Success("any", may_be_empty=len(undescribed) < len(found))


def _success(code: str, response: Any, at: str, findings: Findings) -> Success:
    if code in _EMPTY:
        return Success("empty")
    if not is_object(response):
        return Success("any")
    content = bare_media_types(response.get("content"))
    if not content and is_object(response.get("schema")):
        findings.note(at, "`schema` in a response (Swagger 2); taken for that of application/json")
        return Success("json", response["schema"])
    if not content:
        return Success("any")
    chosen = next((name for name in content if is_json(name)), None)
    if chosen is None:
        chosen = next((n for n in content if _wildcard_json(n, content[n])), None)
        if chosen:
            findings.note(at, f"{chosen} with the schema of an object; read as JSON")
            return Success("json", content[chosen]["schema"])
    chosen = chosen or next(iter(sorted(content)))
    for other in sorted(content.keys() - {chosen}):
        findings.note(at, f"{other} is not read, {chosen} is")
    if is_json(chosen):
        schema: Any = as_object(content[chosen]).get("schema")
        accept = chosen if chosen.endswith("+json") else "application/json"
        return Success("any") if schema in (None, {}, True) else Success("json", schema, accept)
    return Success("text" if chosen.startswith("text/") else "bytes", accept=chosen)


def _wildcard_json(name: str, media: Any) -> bool:
    """Whether `*/*`, as converters from Swagger 2 write it, means JSON here."""
    schema = as_object(as_object(media).get("schema"))
    kind = schema.get("type", "object" if schema else "")
    return name in ("*/*", "application/*") and kind in ("object", "array")
