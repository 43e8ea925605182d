"""The vendor's envelope: `{"success": true, "data": …, "timestamp": …}` and its error twin.

Pure functions from a response to its body, its payload, or the error to raise. Source: the
vendor's pages api and api/errors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from ..errors import (
    APIStatusError,
    DecodeError,
    RateLimitError,
    error_class,
)
from ..http import Request, Response
from ..json_value import is_array, is_object, parse_json
from ..operation import Operation
from ..rate_limit import read_rate_limit, requested_wait

_EXCERPT = 200
_MESSAGE = 500


@frozen
class Fault:
    """What an error envelope says; all None when the body is not one."""

    code: str | None = None
    message: str | None = None
    details: Any = None
    error_id: str | None = None
    correlation_id: str | None = None


def read_body(response: Response, operation: Operation) -> Any:
    """The parsed JSON body; DecodeError when it is not JSON (RFC 8259: no NaN or Infinity).

    None for downloads and texts, which have no envelope, and for an operation that gives nothing
    and answered with an empty body.
    """
    if operation.kind in ("text", "bytes"):
        return None
    empty_allowed = operation.kind in ("none", "any") or operation.may_be_empty
    if empty_allowed and not response.content:
        return None
    try:
        return parse_json(response.content)
    except (ValueError, RecursionError) as error:
        if operation.kind == "any":  # nothing is documented, so it may be text
            return response.content.decode("utf-8", "replace")
        reason = _not_json(response, error)
    raise DecodeError(operation.name, reason, excerpt=_shown(response.content, operation))


def payload(body: Any, operation: Operation) -> Any:
    """The payload of a success body, unwrapped as the operation says."""
    value = body
    walked: list[str] = []
    for key in operation.unwrap:
        if not is_object(value) or key not in value:
            raise DecodeError(
                operation.name,
                f"there is no {key!r}",
                field=".".join([*walked, key]),
                excerpt=_shown(_dumped(value), operation),
            )
        walked.append(key)
        value = value[key]
    return value


def documented_or_whole(body: Any) -> Any:
    """Return the payload of a body whose schema is unknown: `data` of an envelope, or all of it."""
    return body["data"] if is_object(body) and "success" in body and "data" in body else body


def is_failure(body: Any) -> bool:
    """Whether a body says `success: false`, whatever the status was."""
    return is_object(body) and body.get("success") is False


def read_fault(body: Any) -> Fault:
    """The facts of an error envelope. Never raises: error bodies come from anywhere."""
    if not is_object(body):
        return Fault()
    error = body.get("error")
    inner: Mapping[str, Any] = error if is_object(error) else {}
    message = inner.get("message") or body.get("message") or error
    return Fault(
        _text(inner.get("code")),
        message if isinstance(message, str) else None,
        inner.get("details"),
        _text(body.get("errorId")),
        _text(body.get("correlationId")),
    )


def status_error(response: Response, request: Request, *, now: datetime) -> APIStatusError:
    """The typed error for a response that is not a success."""
    try:
        body: Any = json.loads(response.content)
    except (ValueError, RecursionError):
        body = None
    fault = read_fault(body)
    confidential = request.operation.confidential
    message = fault.message or _plain_message(response, shown=not confidential)
    error = error_class(response.status_code)(
        message[:_MESSAGE],
        request=request.without_auth(),
        response=evolve(response, content=b"") if confidential else response,
        code=fault.code,
        details=_without_values(fault.details) if confidential else fault.details,
        error_id=fault.error_id,
        correlation_id=fault.correlation_id,
    )
    if isinstance(error, RateLimitError):
        error.retry_after = requested_wait(response.headers, now=now)
        error.rate_limit = read_rate_limit(response.headers, now=now)
    return error


def read_timestamp(body: Any) -> datetime | None:
    """The envelope's `timestamp`, or None: the vendor leaves it out on some groups."""
    value = body.get("timestamp") if is_object(body) else None
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def excerpt(content: bytes, length: int = _EXCERPT) -> str:
    """The beginning of a body as one line of text."""
    text = " ".join(content[: length * 4].decode("utf-8", "replace").split())
    return text if len(text) <= length else text[:length] + "…"


def _shown(content: bytes, operation: Operation) -> str:
    return "" if operation.confidential else excerpt(content)


def _dumped(value: Any) -> bytes:
    try:
        return json.dumps(value, default=repr).encode()
    except RecursionError:  # the parser allows deeper nesting than the encoder
        return b"nested too deeply to be shown"


def _without_values(details: Any) -> Any:
    """Problems of fields without the values that were sent, which validators tend to repeat."""
    if is_array(details):
        return [_without_values(problem) for problem in details if not is_array(problem)]
    if is_object(details):
        return {name: value for name, value in details.items() if name != "value"}
    return details


def _plain_message(response: Response, *, shown: bool) -> str:
    if 300 <= response.status_code < 400:
        return (
            f"the server redirects to {response.headers.get('Location', 'nowhere')!r}; redirects "
            "are not followed, so that credentials stay with the API. Check base_url."
        )
    if not response.content:
        return "the answer has no body"
    if not shown:
        kind = response.headers.get("Content-Type", "of unknown type")
        return f"the answer is {kind}, not an error of the API"
    return excerpt(response.content) or "the answer is blank"


def _not_json(response: Response, error: Exception) -> str:
    if not response.content:
        return "the body is empty, JSON was expected"
    kind = response.headers.get("Content-Type", "")
    if "html" in kind:
        return f"the body is {kind}, JSON was expected: is something in front of the API?"
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply"
    return f"the body is not JSON ({error})"


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _dumped(value).decode()
