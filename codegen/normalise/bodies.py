"""Request and response bodies: one content type each, the others named, never dropped unseen."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from ..document import Json, is_object
from .report import Report

_SENT = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded",
         "application/octet-stream")  # fmt: skip


@frozen
class Success:
    """The success response that an operation is read by."""

    kind: str
    """`json`, `none`, `text` or `bytes`."""
    schema: Any = None
    accept: str = "application/json"


def _media(content: Any) -> dict[str, Any]:
    """Media types by their bare names, parameters such as charset taken off."""
    if not is_object(content):
        return {}
    return {str(name).split(";")[0].strip().lower(): media for name, media in content.items()}


def request_body(operation: Json, place: str, report: Report) -> tuple[str, Any, bool] | None:
    """(content type, schema, required) of the body, or None when the operation takes none."""
    body: Any = operation.get("requestBody")
    if not is_object(body) or not body:
        return None
    content = _media(body.get("content"))
    at = f"{place} → requestBody"
    chosen = next((name for name in content if _is_json(name)), None)
    chosen = chosen or next((name for name in _SENT if name in content), None)
    if chosen is None:
        known = ", ".join(sorted(content)) or "none"
        report.refuse(at, f"no content type that can be sent (found: {known})")
        return None
    for other in sorted(content.keys() - {chosen}):
        report.ignore(at, f"{other} is not offered, {chosen} is")
    media = content[chosen]
    if chosen == "application/octet-stream":
        return chosen, {}, body.get("required") is True
    if not is_object(media) or "schema" not in media:
        report.refuse(f"{at}.content.{chosen}", "has no schema; give it one in the overlay")
        return None
    kind = "application/json" if _is_json(chosen) else chosen
    return kind, media["schema"], body.get("required") is True


def success_response(operation: Json, place: str, report: Report) -> Success | None:
    """The one success response to read; refused when there is none, or two that differ."""
    responses: Json = operation["responses"]
    codes = sorted(code for code in responses if code.startswith("2"))
    if not codes and "default" in responses:
        report.ignore(f"{place} → responses", "only `default`; taken for the success response")
        codes = ["default"]
    if not codes:
        report.refuse(f"{place} → responses", "there is no success response")
        return None
    found = [_success(responses[code], f"{place} → responses.{code}", report) for code in codes]
    if None in found:
        return None
    made = [success for success in found if success is not None]
    telling = [success for success in made if success.kind != "none"]
    if any(s.schema != telling[0].schema or s.kind != telling[0].kind for s in telling[1:]):
        report.refuse(
            f"{place} → responses",
            f"{' and '.join(codes)} give different things; keep one of them in the overlay",
        )
    if telling and len(telling) < len(made):
        report.ignore(f"{place} → responses", "an empty success is read as a DecodeError")
    return (telling or made)[0]


def error_statuses(operation: Json) -> list[int]:
    """The documented error statuses."""
    return sorted(int(c) for c in operation["responses"] if c.isdecimal() and int(c) >= 400)


def _success(response: Any, at: str, report: Report) -> Success | None:
    if not is_object(response):
        report.refuse(at, "a response object was expected")
        return None
    content = _media(response.get("content"))
    if not content:
        return Success("none")
    chosen = next((name for name in content if _is_json(name)), None)
    chosen = chosen or next(iter(sorted(content)))
    for other in sorted(content.keys() - {chosen}):
        report.ignore(at, f"{other} is not read, {chosen} is")
    if _is_json(chosen):
        media = content[chosen]
        if not is_object(media) or "schema" not in media:
            report.refuse(f"{at}.content.{chosen}", "has no schema; give it one in the overlay")
            return None
        return Success("json", media["schema"])
    if chosen.startswith("text/"):
        return Success("text", accept=chosen)
    return Success("bytes", accept=chosen)


def _is_json(name: str) -> bool:
    return name == "application/json" or name.endswith("+json")
