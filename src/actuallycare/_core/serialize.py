"""How a `Call` becomes a request: path, query, headers, body. No I/O."""

from __future__ import annotations

import datetime
import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode, urlsplit

from attrs import field, frozen

from .errors import ConfigurationError
from .extras import FRAMING_HEADERS, NO_EXTRAS, Extras, add_headers, present, read_extras
from .http import AuthHeader, Request
from .json_value import is_object, json_type
from .operation import Call, Operation, RequestBody
from .record import Record
from .secret import Secret, find_secrets, secret_problem, unwrap_secret
from .settings import validate_timeout
from .unset import UNSET


@frozen
class JsonBody:
    """A JSON body. Object members that are UNSET are omitted."""

    value: Any = field(repr=False)
    content_type: str = "application/json"

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        return format_json(self.value).encode(), self.content_type

    def with_members(self, members: Mapping[str, Any]) -> JsonBody:
        """Return this body with members added to its object or replaced."""
        value = self.value
        if isinstance(value, Record):
            value = value.to_dict(mode="json", by="wire")
        elif hasattr(value, "to_dict"):
            value = value.to_dict()
        if value is None or value is UNSET:
            return JsonBody(members, self.content_type)
        if not is_object(value):
            raise TypeError(f"the body is {json_type(value)}")
        return JsonBody({**value, **members}, self.content_type)


def build_request(
    call: Call,
    *,
    base_url: str,
    headers: Mapping[str, str],
    timeout: float | None,
    auth: AuthHeader | None = None,
    max_bytes: int | None = None,
    query: Mapping[str, Any] | None = None,
    extras: Extras = NO_EXTRAS,
) -> Request:
    """Return the request for `call` to `base_url` (which has no trailing slash).

    The later of these wins: `headers` and `query`, the call's own values, `extras`, the options of
    the call.

    Raises ConfigurationError when the path would lead to another server, or a header or member
    cannot be added to the request.
    """
    url = base_url + call.path
    # `@evil.example/x` and `.evil.example/x` change the host when the base URL has no path.
    if urlsplit(url)[:2] != urlsplit(base_url)[:2]:
        raise ConfigurationError(
            f"{call.operation.name}: the path {call.path!r:.200} leads to another server than "
            "base_url. Pass a path that starts with one slash."
        )
    own = read_extras(call.options) if call.options else NO_EXTRAS
    params = {**(query or {}), **present(call.params), **extras.query, **own.query}
    if params and (text := encode_query(params)):
        url = f"{url}?{text}"
    body = _with_members(call, extras.body, own.body)
    content = None
    merged = {**headers, "Accept": call.operation.accept, **_header_arguments(call)}
    secrets: tuple[Secret, ...] = ()
    if body is not None:
        if call.operation.sensitive:
            secrets = tuple(find_secrets(body))
        content, merged["Content-Type"] = _encode(body, call.operation, secrets)
    add_headers(merged, extras.headers)
    add_headers(merged, own.headers)
    if "timeout" in call.options:
        timeout = validate_timeout(call.options["timeout"])
    method = call.operation.method
    return Request(call.operation, method, url, merged, content, timeout, auth, max_bytes, secrets)


def _encode(
    body: RequestBody, operation: Operation, secrets: tuple[Secret, ...]
) -> tuple[bytes, str]:
    """Encode a body. The error of a confidential one shows no value, also not in its frames."""
    if not operation.sensitive:
        return body.encode()
    problem = next(filter(None, map(secret_problem, secrets)), None)
    if problem is not None:
        raise ConfigurationError(f"{operation.name}: a confidential value is invalid: {problem}.")
    try:
        return body.encode()
    except (TypeError, ValueError, RecursionError) as error:
        failure = f"{operation.name}: the body cannot be encoded ({type(error).__name__})."
    raise ConfigurationError(failure)


def _header_arguments(call: Call) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in call.headers.items():
        if name.lower() in FRAMING_HEADERS:
            raise ConfigurationError(
                f"{call.operation.name}: the HTTP library sets the header {name}. Leave it out."
            )
        if value is not None and value is not UNSET:
            headers[name] = format_scalar(value)
    return headers


def _with_members(
    call: Call, of_client: Mapping[str, Any], of_call: Mapping[str, Any]
) -> RequestBody | None:
    """Return the body of a call with the extra members.

    Those of the client are for a group of calls, so they start no body where there is none.
    """
    members = {**of_client, **of_call} if call.body is not None else of_call
    if not members:
        return call.body
    body = JsonBody({}) if call.body is None else call.body
    try:
        return body.with_members(members)
    except TypeError as error:
        raise ConfigurationError(
            f"{call.operation.name}: extra_body adds members to an object, but {error}. "
            "Pass the whole body as the argument."
        ) from None


def encode_query(params: Mapping[str, Any]) -> str:
    """Encode a query string in the `form` style with `explode` (OpenAPI's default): `a=1&a=2`."""
    pairs: list[tuple[str, str]] = []
    for name, value in params.items():
        if value is None or value is UNSET:
            continue
        if isinstance(value, (list, tuple, set, frozenset)):
            pairs.extend((name, format_scalar(v)) for v in _present(cast("list[Any]", value)))
        else:
            pairs.append((name, format_scalar(value)))
    return urlencode(pairs, quote_via=quote)


def comma_separated(values: Any) -> str | None:
    """Encode a list in the `form` style without `explode`: `a,b`."""
    if values is None or values is UNSET:
        return None
    return ",".join(format_scalar(v) for v in _present(values))


def _present(values: Iterable[Any]) -> Iterator[Any]:
    return (value for value in values if value is not None and value is not UNSET)


def path_segment(value: Any, argument: str, operation: Operation) -> str:
    """Return a value percent-encoded as one path segment.

    Raises ConfigurationError, which names the operation and the argument, for a value that is
    missing (None, UNSET) and for one that would address another resource: an empty one, `.` and
    `..` (dot segments, RFC 3986 section 5.2.4, which servers and proxies remove).
    """
    text = "" if value is None or value is UNSET else format_scalar(value)
    if text in ("", ".", ".."):
        raise ConfigurationError(
            f"{operation.name}: the argument `{argument}` is {value!r}, which cannot be part of "
            f"the path {operation.path}. Pass the value that identifies the record."
        )
    return quote(text, safe="")


def format_json(value: Any) -> str:
    """Format a value as compact JSON text."""
    return json.dumps(
        to_jsonable(value),
        default=unwrap_secret,  # as late as possible, so that no earlier error shows a secret
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def is_structured(value: Any) -> bool:
    """Whether a value is an object or an array of objects, for which forms have no field."""
    if isinstance(value, (list, tuple)):
        return any(map(is_structured, cast("list[Any]", value)))
    return is_object(value) or hasattr(value, "to_dict")


def format_scalar(value: Any) -> str:
    """Format a value of a query, header, path or form."""
    value = unwrap_secret(value)
    if isinstance(value, enum.Enum):
        # str() gives the name, such as `Status.ACTIVE`, also for `class Status(str, Enum)`.
        return format_scalar(value.value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, datetime.date):
        return format_datetime(value)
    return str(value)


def format_datetime(value: datetime.date) -> str:
    """Format a date, or a date-time with its offset (RFC 3339), as the vendor does: `Z` for UTC.

    Raises ValueError for a date-time without an offset, which is ambiguous.
    """
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        raise ValueError(
            f"{value!r} has no time zone; pass an aware datetime, such as "
            "datetime(…, tzinfo=timezone.utc)"
        )
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def to_jsonable(value: Any) -> Any:
    """Convert a value to send to what JSON supports: models, dates. UNSET members are omitted."""
    if value is UNSET:
        raise TypeError("UNSET can only be the value of a field; leave it out of lists")
    if isinstance(value, enum.Enum):
        return to_jsonable(value.value)
    # A secret stays wrapped until it is encoded.
    if isinstance(value, (str, int, float, Secret)) or value is None:
        return value
    if is_object(value):
        return {k: to_jsonable(v) for k, v in value.items() if v is not UNSET}
    if isinstance(value, datetime.date):
        return format_datetime(value)
    if isinstance(value, Record):
        return value.to_dict(mode="json", by="wire")
    if hasattr(value, "to_dict"):
        return to_jsonable(value.to_dict())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_jsonable(v) for v in cast("list[Any]", value)]
    raise TypeError(f"cannot send a {type(value).__name__} as JSON")
