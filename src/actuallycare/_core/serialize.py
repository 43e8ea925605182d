"""How a `Call` becomes a request: path, query, headers, body. No I/O."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlencode, urlsplit

from attrs import field, frozen

from .errors import ConfigurationError
from .extras import FRAMING_HEADERS, NO_EXTRAS, Extras, add_headers, present, read_extras
from .http import AuthHeader, Request
from .json_value import is_array, is_object, json_type
from .operation import Call, Operation, RequestBody
from .record import Record
from .scalars import UnsendableValue, format_number, format_scalar, to_scalar
from .secret import Secret, find_secrets, secret_problem, unwrap_secret, wrap_credentials
from .settings import validate_timeout
from .unset import UNSET

T = TypeVar("T")


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
        value = _as_object(self.value)
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

    Raises ConfigurationError for a value that cannot be sent, when the path would lead to another
    server, or a header or member cannot be added to the request.
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
    text = name_errors(call.operation.name, lambda: encode_query(params))
    url = f"{url}?{text}" if text else url
    body = _with_members(call, extras.body, own.body)
    content = None
    content_type = ""
    arguments = name_errors(call.operation.name, lambda: _header_arguments(call))
    merged = {**headers, "Accept": call.operation.accept}
    if arguments:
        add_headers(merged, arguments)
    secrets: tuple[Secret, ...] = ()
    if body is not None:
        if call.operation.sensitive:
            secrets = tuple(find_secrets(body))
        content, content_type = _encode(body, call.operation, secrets)
        merged["Content-Type"] = content_type
    add_headers(merged, extras.headers)
    add_headers(merged, own.headers)
    _check_boundary(call, content_type, merged)
    if "timeout" in call.options:
        timeout = validate_timeout(call.options["timeout"])
    method = call.operation.method
    return Request(call.operation, method, url, merged, content, timeout, auth, max_bytes, secrets)


def _check_boundary(call: Call, content_type: str, headers: Mapping[str, str]) -> None:
    """Raise ConfigurationError if a caller replaced the header that has the boundary of a body.

    Without the boundary, a server cannot find the parts (RFC 2046 section 5.1.1).
    """
    if content_type.startswith("multipart/") and headers.get("Content-Type") != content_type:
        raise ConfigurationError(
            f"{call.operation.name}: the SDK sets the Content-Type of a body with files, which has "
            "the boundary of its parts. Leave that header out."
        )


def _encode(
    body: RequestBody, operation: Operation, secrets: tuple[Secret, ...]
) -> tuple[bytes, str]:
    """Encode a body. The error of a confidential one shows no value, also not in its frames."""
    if not operation.sensitive:
        return name_errors(operation.name, body.encode)
    problem = next(filter(None, map(secret_problem, secrets)), None)
    if problem is not None:
        raise ConfigurationError(f"{operation.name}: a confidential value is invalid: {problem}.")
    try:
        return body.encode()
    except (TypeError, ValueError, RecursionError) as error:
        failure = f"{operation.name}: the body cannot be encoded ({type(error).__name__})."
    raise ConfigurationError(failure)


def name_errors(where: str, encode: Callable[[], T]) -> T:
    """Return the result of `encode`; name the operation or setting with a value it cannot send."""
    try:
        return encode()
    except UnsendableValue as error:
        problem = error.describe()
    except RecursionError:
        problem = "the body is nested too deeply, or contains itself"
    # Not in the `except` block: the frames of that error contain the values.
    raise ConfigurationError(f"{where}: {problem}.")


def _header_arguments(call: Call) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in call.headers.items():
        if name.lower() in FRAMING_HEADERS:
            raise ConfigurationError(
                f"{call.operation.name}: the HTTP library sets the header {name}. Leave it out."
            )
        if value is not None and value is not UNSET:
            headers[name] = _format_parameter(name, value)
    return headers


def _with_members(
    call: Call, of_client: Mapping[str, Any], of_call: Mapping[str, Any]
) -> RequestBody | None:
    """Return the body of a call with the extra members.

    Those of the client are for a group of calls, so they start no body where there is none.
    """
    members = {**of_client, **of_call} if call.body is not None else of_call
    if call.operation.sensitive:
        members = wrap_credentials(members)
    if not members:
        return call.body
    body = JsonBody({}) if call.body is None else call.body
    try:
        return body.with_members(members)
    except TypeError as error:
        remedy = (
            "Pass the whole body as the argument."
            if of_call
            else "Make this call with a client whose with_options has no extra_body."
        )
        raise ConfigurationError(
            f"{call.operation.name}: extra_body adds members to an object, but {error}. {remedy}"
        ) from None


def encode_query(params: Mapping[str, Any]) -> str:
    """Encode a query string in the `form` style with `explode` (OpenAPI's default): `a=1&a=2`."""
    pairs: list[tuple[str, str]] = []
    for name, value in params.items():
        if value is None or value is UNSET:
            continue
        if isinstance(value, (list, tuple, set, frozenset)):
            members = _present(cast("list[Any]", value))
            pairs.extend((name, _format_parameter(name, v)) for v in members)
        else:
            pairs.append((name, _format_parameter(name, value)))
    return urlencode(pairs, quote_via=quote)


def _format_parameter(name: str, value: Any) -> str:
    try:
        return str(value) if isinstance(value, CommaSeparated) else format_scalar(value)
    except UnsendableValue as error:
        error.prepend(name)
        raise


@frozen
class CommaSeparated:
    """A list in the `form` style without `explode`: `a,b`."""

    values: Any = field(repr=False)

    def __str__(self) -> str:
        return ",".join(format_scalar(v) for v in _present(self.values))


def comma_separated(values: Any) -> CommaSeparated | None:
    """Return a list to be encoded as one value, when the request is built."""
    return None if values is None or values is UNSET else CommaSeparated(values)


def _present(values: Iterable[Any]) -> Iterator[Any]:
    return (value for value in values if value is not None and value is not UNSET)


def path_segment(value: Any, argument: str, operation: Operation) -> str:
    """Return a value percent-encoded as one path segment.

    Raises ConfigurationError, which names the operation and the argument, for a value that is
    missing (None, UNSET) and for one that would address another resource: an empty one, `.` and
    `..` (dot segments, RFC 3986 section 5.2.4, which servers and proxies remove).
    """
    text = ""
    if value is not None and value is not UNSET:
        text = name_errors(operation.name, lambda: _format_parameter(argument, value))
    if text in ("", ".", ".."):
        raise ConfigurationError(
            f"{operation.name}: the argument `{argument}` is {value!r}, which cannot be part of "
            f"the path {operation.path}. Pass the value that identifies the record."
        )
    return quote(text, safe="")


def format_json(value: Any) -> str:
    """Format a value as compact JSON text. Raises UnsendableValue."""
    return _json_text(to_jsonable(value))


_quote_json = json.JSONEncoder(ensure_ascii=False).encode


def _json_text(value: Any) -> str:
    # The standard library writes numbers with an exponent and knows no Decimal. Text of our own
    # keeps every digit.
    value = unwrap_secret(value)  # as late as possible, so that no earlier error shows a secret
    if is_object(value):
        members = (f"{_quote_json(key)}:{_json_text(member)}" for key, member in value.items())
        return "{" + ",".join(members) + "}"
    if is_array(value):
        return "[" + ",".join(map(_json_text, value)) + "]"
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return _quote_json(value)
    return format_number(value)


def is_structured(value: Any) -> bool:
    """Whether a value is an object or an array of objects, for which forms have no field."""
    if isinstance(value, (list, tuple)):
        return any(map(is_structured, cast("list[Any]", value)))
    return is_object(_as_object(value))


def _as_object(value: Any) -> Any:
    """Return the members of a model by their names on the wire; anything else unchanged."""
    if isinstance(value, Record):
        return value.to_dict(by="wire")
    if not hasattr(value, "to_dict") or isinstance(value, type):
        return value
    # The objects of pandas and polars have a shape. Their dicts are no objects of the API.
    return value if hasattr(value, "shape") else value.to_dict()


def to_jsonable(value: Any) -> Any:
    """Convert a value to send to what JSON supports: models, dates. UNSET members are omitted.

    Numbers of any type become int, float or Decimal. Raises UnsendableValue.
    """
    if value is None:
        return None
    if isinstance(value, enum.Enum) and value is not UNSET:
        return to_jsonable(value.value)
    if isinstance(value, str):  # the usual case; some texts have a `shape` and so on
        return to_scalar(value)
    value = _as_object(value)
    if is_object(value):
        return {format_scalar(k): _inside(k, v) for k, v in value.items() if v is not UNSET}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_inside(n, v) for n, v in enumerate(cast("list[Any]", value))]
    return to_scalar(value)


def _inside(name: object, value: Any) -> Any:
    try:
        return to_jsonable(value)
    except UnsendableValue as error:
        error.prepend(name)
        raise
