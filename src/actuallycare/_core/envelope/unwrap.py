"""The vendor's envelope: `{"success": true, "data": …, "timestamp": …}`, and the error envelope.

Pure functions that map a response to its body, its payload, or the error to raise. Source: the
vendor's pages api and api/errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from ..errors import (
    APIStatusError,
    ConflictError,
    DecodeError,
    NotFoundError,
    RateLimitError,
    VersionConflictError,
    error_class,
)
from ..http import Headers, Request, Response
from ..json_value import has_too_many_values, is_array, is_object, parse_json
from ..operation import Operation
from ..rate_limit import read_rate_limit, read_retry_after, retry_delay_from_headers
from ..secret import replace_forms, secret_forms

_EXCERPT_LENGTH = 200
_MAX_MESSAGE_LENGTH = 500
_MAX_ERROR_LENGTH = 1_000_000
"""Bytes. The body of a longer error is not parsed, which could block the event loop for seconds."""
_INPUT = frozenset({"value", "input", "received"})
"""Members of a field problem in which validators repeat what was sent."""


_ERROR_MEMBERS = frozenset({"code", "message", "details", "errorId", "correlationId"})


@frozen
class ErrorDetails:
    """The fields of an error envelope; all None when the body is not one."""

    code: str | None = None
    message: str | None = None
    details: Any = None
    error_id: str | None = None
    correlation_id: str | None = None
    current_version: int | str | None = None
    attempted_version: int | str | None = None
    suggestion: str | None = None

    @property
    def is_version_conflict(self) -> bool:
        """Whether the record has changed since the caller read it."""
        return self.code == "VERSION_CONFLICT" or self.current_version is not None


def read_body(response: Response, operation: Operation, *, max_bytes: int | None = None) -> Any:
    """Parse the JSON body; DecodeError when it is not JSON (RFC 8259: no NaN or Infinity).

    `max_bytes` is the limit for the body; it also limits the number of values. Return None for
    downloads and texts, which have no envelope, and for an empty body of an operation without a
    result.
    """
    if operation.kind in ("text", "bytes"):
        return None
    empty_allowed = operation.kind in ("none", "any") or operation.may_be_empty
    if empty_allowed and not response.content:
        return None
    if has_too_many_values(response.content, max_bytes):
        raise DecodeError(
            operation.name,
            "the JSON has so many values that reading it would block the event loop; to accept "
            "more, pass a larger max_response_bytes=… (None for no limit)",
        )
    try:
        return parse_json(response.content)
    except (ValueError, RecursionError) as error:
        if operation.kind == "any":  # nothing is documented, so it may be text
            return response.content.decode("utf-8", "replace")
        reason = _not_json(response, error)
    raise DecodeError(
        operation.name, reason, excerpt=_excerpt_unless_sensitive(response.content, operation)
    )


_NO_FIELDS: frozenset[str] = frozenset()


def unwrap_envelope(body: Any, operation: Operation, fields: frozenset[str] = _NO_FIELDS) -> Any:
    """Return the payload of a success body: the value at the path `operation.unwrap`.

    A record may also be where the document does not have it, because back ends change that without
    notice: `data` itself instead of `data.user`, or `data.user` instead of `data`. `fields` are
    the names that its model documents; without them nothing is looked for. A list may be the whole
    body.
    """
    value = body
    path: list[str] = []
    if operation.kind == "page" and is_array(value):
        return value
    for key in operation.unwrap:
        if not is_object(value) or key not in value:
            found = _other_payload(value, operation, fields, at_top=not path)
            if found is not None:
                return found
            raise DecodeError(
                operation.name,
                f"there is no {key!r}",
                field=".".join([*path, key]),
                excerpt=_excerpt_unless_sensitive(_to_json_bytes(value), operation),
            )
        path.append(key)
        value = value[key]
    inner = _wrapped_record(value, operation, fields) if operation.kind == "record" else None
    return value if inner is None else inner


_WRAPPERS = ("user", "profile", "record", "item", "result")
"""Usual names of a record inside `data`, beside the singular of the resource."""
_BESIDE_RECORD = frozenset({"message", "success", "timestamp"})
"""Members that belong to the envelope, whether or not a model has a field of that name."""


def _other_payload(
    value: Any, operation: Operation, fields: frozenset[str], *, at_top: bool
) -> Any:
    """Return the payload of a body without the documented member, or None."""
    if not is_object(value):
        return None
    if operation.kind == "page":
        return value if at_top and rows_named(value, operation) is not None else None
    if operation.kind != "record":
        return None
    inner = _wrapped_record(value, operation, fields)
    if inner is not None or at_top:
        return inner
    return value if _is_record(value) else None


def rows_named(container: Any, operation: Operation) -> list[Any] | None:
    """Return the array that has the documented name, or that of the resource, in any spelling."""
    layout = operation.page_layout
    names = [*(layout.items[-1:] if layout is not None else ()), operation.name.partition(".")[0]]
    for wanted in map(_plain_name, names):
        for name, value in container.items() if is_object(container) else ():
            if is_array(value) and _plain_name(name) == wanted:
                return value
    return None


def _is_record(value: Any) -> bool:
    """Whether an object has a field of its own, rather than only other records."""
    return is_object(value) and any(
        isinstance(member, (str, int, float)) for member in value.values()
    )


def _wrapped_record(value: Any, operation: Operation, fields: frozenset[str]) -> Any:
    """Return the record that is a member of an object, or None if the object is the record.

    It is the record if it has fields of the model, unless only the member has an id.
    """
    if not is_object(value):
        return None
    has_fields = not value.keys().isdisjoint(fields - _BESIDE_RECORD)
    if has_fields and ("id" in value or "id" not in fields):
        return None
    name = _plain_name(_record_name(operation))
    for wrapper in (name,) if has_fields else (name, *_WRAPPERS):
        for key, inner in value.items():
            fits = _plain_name(key) == wrapper and key not in fields
            if not fits or not is_object(inner) or inner.keys().isdisjoint(fields):
                continue
            if "id" in inner or not has_fields:
                return inner
    return None


def _record_name(operation: Operation) -> str:
    """Return the documented name of a record inside `data`, else the singular of the resource."""
    if len(operation.unwrap) > 1:
        return operation.unwrap[-1]
    resource = operation.name.rpartition(".")[0].rpartition(".")[2]
    return resource.removesuffix("s")


def _plain_name(name: str) -> str:
    """Return a name without its spelling: `api_keys` and `apiKeys` are the same."""
    return name.replace("_", "").replace("-", "").lower()


def documented_or_whole(body: Any) -> Any:
    """Return the payload of a body whose schema is unknown: `data` of an envelope, or all of it."""
    return body["data"] if is_object(body) and "success" in body and "data" in body else body


def is_failure(body: Any) -> bool:
    """Whether a body has `success: false`. The status does not matter."""
    return is_object(body) and body.get("success") is False


def read_error_details(body: Any) -> ErrorDetails:
    """Read an error envelope. Never raises: proxies also send error bodies."""
    if not is_object(body):
        return ErrorDetails()
    error = body.get("error")
    inner: Mapping[str, Any] = error if is_object(error) else {}
    # An older back end wrote what belongs to one code beside it, and the ids there too.
    beside = {name: value for name, value in inner.items() if name not in _ERROR_MEMBERS}
    message = inner.get("message") or body.get("message") or error
    details = inner.get("details")
    places = (inner, *(details if is_array(details) else [details]), body)
    return ErrorDetails(
        _text(inner.get("code")),
        message if isinstance(message, str) else None,
        inner["details"] if inner.get("details") is not None else beside or None,
        _text(body.get("errorId") or inner.get("errorId")),
        _text(body.get("correlationId") or inner.get("correlationId")),
        _version("current", places),
        _version("attempted", places),
        _text(inner.get("suggestion")),
    )


def _version(which: str, places: Iterable[Any]) -> int | str | None:
    """Return a version of a conflict: in the error, in its details, or beside it."""
    for place in places:
        for name in (f"{which}Version", f"{which}_version"):
            value = place.get(name) if is_object(place) else None
            if isinstance(value, (int, str)) and not isinstance(value, bool):
                return value
    return None


def status_error(response: Response, request: Request, *, now: datetime) -> APIStatusError:
    """Return the typed error for a response that is not a success."""
    body: Any = None
    sensitive = request.operation.sensitive
    forms = secret_forms(request.sent_secrets())
    is_parsed = len(response.content) <= _MAX_ERROR_LENGTH
    if is_parsed:
        with suppress(ValueError, RecursionError):
            body = _replace_in_json(json.loads(response.content), forms)
    response = _without_secrets(response, forms, sensitive=sensitive)
    details = read_error_details(body)
    message = details.message or _fallback_message(response, shown=not sensitive)
    message = replace_forms(message, forms)
    cls = error_class(response.status_code)
    if cls is ConflictError and details.is_version_conflict:
        cls = VersionConflictError
    error = cls(
        message[:_MAX_MESSAGE_LENGTH],
        request=request.without_auth(),
        response=evolve(response, content=b"") if sensitive else response,
        code=details.code,
        details=_without_input_values(details.details) if sensitive else details.details,
        error_id=details.error_id,
        correlation_id=details.correlation_id,
    )
    # The API reports its rate limit with every response. Only a 429 means that it is exhausted.
    read_wait = retry_delay_from_headers if response.status_code == 429 else read_retry_after
    error.retry_after = read_wait(response.headers, now=now)
    if isinstance(error, RateLimitError):
        error.rate_limit = read_rate_limit(response.headers, now=now)
    elif isinstance(error, VersionConflictError):
        error.current_version = details.current_version
        error.attempted_version = details.attempted_version
    elif isinstance(error, NotFoundError) and is_parsed:
        error.unknown_route = _is_unknown_route(details, request.operation)
    return error


def _without_secrets(response: Response, forms: Sequence[str], *, sensitive: bool) -> Response:
    """Return a response without what is confidential in headers and body.

    The server may repeat what was sent. After a login, cookies contain tokens.
    """
    headers = {
        name: replace_forms(value, forms)
        for name, value in response.headers.items()
        if not (sensitive and name.lower() == "set-cookie")
    }
    text = response.content.decode("utf-8", "surrogateescape")
    replaced = replace_forms(text, forms)
    if replaced == text and headers == dict(response.headers.items()):
        return response
    content = replaced.encode("utf-8", "surrogateescape")
    return evolve(response, headers=Headers(headers.items()), content=content)


def _replace_in_json(value: Any, forms: Sequence[str]) -> Any:
    if isinstance(value, str):
        return replace_forms(value, forms)
    if is_array(value):
        return [_replace_in_json(item, forms) for item in value]
    if is_object(value):
        return {
            replace_forms(name, forms): _replace_in_json(item, forms)
            for name, item in value.items()
        }
    return value


def _is_unknown_route(details: ErrorDetails, operation: Operation) -> bool:
    """Whether a 404 means that the server has no such operation, rather than no such record.

    The API adds a suggestion to those. A 404 without an error code comes from another server or
    from something in front of the API. And a list may be empty, but it cannot be missing.
    """
    is_list = operation.kind == "page" and "{" not in operation.path
    return is_list or details.suggestion is not None or details.code is None


def read_timestamp(body: Any) -> datetime | None:
    """Return the envelope's `timestamp`, or None: some groups of the API do not have it."""
    value = body.get("timestamp") if is_object(body) else None
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def excerpt(content: bytes, length: int = _EXCERPT_LENGTH) -> str:
    """Return the beginning of a body as one line of text."""
    text = " ".join(content[: length * 4].decode("utf-8", "replace").split())
    return text if len(text) <= length else text[:length] + "…"


def _excerpt_unless_sensitive(content: bytes, operation: Operation) -> str:
    return "" if operation.sensitive else excerpt(content)


def _to_json_bytes(value: Any) -> bytes:
    try:
        return json.dumps(value).encode()
    except RecursionError:  # the parser allows deeper nesting than the encoder
        return b"nested too deeply to be shown"


def _without_input_values(details: Any) -> Any:
    """Return field problems without the values that were sent, which validators often repeat."""
    if is_array(details):
        return [_without_input_values(problem) for problem in details if not is_array(problem)]
    if is_object(details):
        return {name: value for name, value in details.items() if name not in _INPUT}
    return details


def _fallback_message(response: Response, *, shown: bool) -> str:
    if 300 <= response.status_code < 400:
        location = response.headers.get("Location")
        target = f" to {location!r}" if location else ""
        return (
            f"the server redirects{target}; redirects are not followed, so that credentials are "
            "sent to the API only. Check base_url."
        )
    if not response.content:
        return "the response has no body"
    if not shown:
        kind = response.headers.get("Content-Type", "of unknown type")
        return f"the response is {kind}, not an error of the API"
    return excerpt(response.content) or "the response is blank"


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
    return _to_json_bytes(value).decode()
