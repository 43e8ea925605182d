"""How a `Call` becomes a request: path, query, headers, body. No I/O."""

from __future__ import annotations

import datetime
import enum
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, cast
from urllib.parse import quote, urlencode

from attrs import field, frozen

from .errors import ConfigurationError
from .http import AuthHeader, Request
from .json_value import is_object
from .operation import Body, Call, FormBody, JsonBody, MultipartBody, Operation
from .secret import Secret, unseal
from .unset import UNSET


@frozen
class File:
    """A file to upload.

    `content` is bytes or a binary file object, which is read once when the call is built, so that
    a retry sends the same bytes.
    """

    content: bytes | IO[bytes] = field(repr=False)
    name: str | None = None
    content_type: str = "application/octet-stream"


def build_request(
    call: Call,
    *,
    base_url: str,
    headers: Mapping[str, str],
    timeout: float | None,
    auth: AuthHeader | None = None,
    max_bytes: int | None = None,
) -> Request:
    """The request that carries `call` to `base_url` (which has no trailing slash)."""
    url = base_url + call.path
    if call.params and (query := encode_query(call.params)):
        url = f"{url}?{query}"
    merged = {**headers, "Accept": call.operation.accept}
    for name, value in call.headers.items():
        if value is not None and value is not UNSET:
            merged[name] = _scalar(value)
    content = None
    if call.body is not None:
        content, merged["Content-Type"] = encode_body(call.body)
    method = call.operation.method
    return Request(call.operation, method, url, merged, content, timeout, auth, max_bytes)


def encode_query(params: Mapping[str, Any]) -> str:
    """Query string in the `form` style with `explode` (OpenAPI's default): lists are repeated."""
    pairs: list[tuple[str, str]] = []
    for name, value in params.items():
        if value is None or value is UNSET:
            continue
        if isinstance(value, (list, tuple, set, frozenset)):
            pairs.extend((name, _scalar(v)) for v in _present(cast("list[Any]", value)))
        else:
            pairs.append((name, _scalar(value)))
    return urlencode(pairs, quote_via=quote)


def comma_separated(values: Any) -> str | None:
    """A list in the `form` style without `explode`: `a,b`."""
    if values is None or values is UNSET:
        return None
    return ",".join(_scalar(v) for v in _present(values))


def _present(values: Iterable[Any]) -> Iterator[Any]:
    return (value for value in values if value is not None and value is not UNSET)


def path_segment(value: Any, argument: str, operation: Operation) -> str:
    """Return a value percent-encoded as one path segment.

    Raises ConfigurationError, which names the operation and the argument, for a value that is
    missing (None, UNSET) and for one that would address another resource: an empty one, `.` and
    `..` (dot segments, RFC 3986 section 5.2.4, which servers and proxies remove).
    """
    text = "" if value is None or value is UNSET else _scalar(value)
    if text in ("", ".", ".."):
        raise ConfigurationError(
            f"{operation.name}: the argument `{argument}` is {value!r}, which cannot be part of "
            f"the path {operation.path}. Pass the value that identifies the record."
        )
    return quote(text, safe="")


def encode_body(body: Body) -> tuple[bytes, str]:
    """The bytes of a body and its content type."""
    if isinstance(body, JsonBody):
        return _json_text(body.value).encode(), body.content_type
    if isinstance(body, FormBody):
        fields = {name: _form_value(value) for name, value in body.fields.items()}
        return encode_query(fields).encode(), "application/x-www-form-urlencoded"
    if isinstance(body, MultipartBody):
        return encode_multipart(body.fields, boundary=secrets.token_hex(16))
    return body.content, body.content_type


def _json_text(value: Any) -> str:
    return json.dumps(
        to_wire(value),
        default=unseal,  # at the last moment, so that no error on the way shows a secret
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def _is_structured(value: Any) -> bool:
    """Whether a value is an object, or an array of objects: forms have no fields for those."""
    if isinstance(value, (list, tuple)):
        return any(map(_is_structured, cast("list[Any]", value)))
    return is_object(value) or hasattr(value, "to_dict")


def _form_value(value: Any) -> Any:
    """A field of a form; an object is JSON, as OpenAPI has it for parts without an `encoding`."""
    return _json_text(value) if _is_structured(value) else value


def encode_multipart(fields: Mapping[str, Any], *, boundary: str) -> tuple[bytes, str]:
    """`multipart/form-data` (RFC 7578); `boundary` must not occur in the data."""
    out = bytearray()
    for name, value in fields.items():
        if _is_structured(value):
            out += f"--{boundary}\r\n".encode() + _json_part(name, value) + b"\r\n"
            continue
        values = cast("list[Any]", value) if isinstance(value, (list, tuple)) else [value]
        for item in values:
            if item is not None and item is not UNSET:
                out += f"--{boundary}\r\n".encode() + _part(name, item) + b"\r\n"
    out += f"--{boundary}--\r\n".encode()
    return bytes(out), f"multipart/form-data; boundary={boundary}"


def _part(name: str, value: Any) -> bytes:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if not isinstance(value, File):
        return f"{head}\r\n\r\n{_scalar(value)}".encode()
    content = value.content if isinstance(value.content, bytes) else value.content.read()
    file_name = _quoted(value.name or name)
    head = f'{head}; filename="{file_name}"\r\nContent-Type: {value.content_type}\r\n\r\n'
    return head.encode() + content


def _json_part(name: str, value: Any) -> bytes:
    """A part with an object; OpenAPI's default for these is JSON (3.0.3, Encoding Object)."""
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    return f"{head}\r\nContent-Type: application/json\r\n\r\n{_json_text(value)}".encode()


def _quoted(text: str) -> str:
    # The three characters that HTML's form encoding escapes in a quoted parameter.
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _scalar(value: Any) -> str:
    value = unseal(value)
    if isinstance(value, enum.Enum):
        # str() gives the name, such as `Status.ACTIVE`, also for `class Status(str, Enum)`.
        return _scalar(value.value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, datetime.date):
        return moment_text(value)
    return str(value)


def moment_text(value: datetime.date) -> str:
    """A date, or a date-time with its offset (RFC 3339), as the vendor writes them: `Z` for UTC.

    Raises ValueError for a date-time without an offset, which could mean any instant.
    """
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        raise ValueError(
            f"{value!r} has no time zone; pass an aware datetime, such as "
            "datetime(…, tzinfo=timezone.utc)"
        )
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def to_wire(value: Any) -> Any:
    """Convert a value of the write side to what JSON supports; UNSET members are left out."""
    if value is UNSET:
        raise TypeError("UNSET can only be the value of a field; leave it out of lists")
    if isinstance(value, enum.Enum):
        return to_wire(value.value)
    # A secret stays sealed until it is encoded.
    if isinstance(value, (str, int, float, Secret)) or value is None:
        return value
    if is_object(value):
        return {k: to_wire(v) for k, v in value.items() if v is not UNSET}
    if isinstance(value, datetime.date):
        return moment_text(value)
    if hasattr(value, "to_dict"):
        return to_wire(value.to_dict())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_wire(v) for v in cast("list[Any]", value)]
    raise TypeError(f"cannot send a {type(value).__name__} as JSON")
