"""Requests and responses as values, and how a `Call` becomes a request. No I/O."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode

from attrs import evolve, field, frozen

from .auth import AuthHeader, unseal
from .call import Body, Call, FormBody, JsonBody, MultipartBody, Operation
from .codec import UNSET, File, moment_text, to_wire


class Headers(Mapping[str, str]):
    """Headers of a response; names are matched without regard to case (RFC 9110 section 5.1), and
    the values of a name that comes more than once are joined by commas (section 5.3)."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        values: dict[str, str] = {}
        for name, value in pairs:
            name = name.lower()
            values[name] = f"{values[name]}, {value}" if name in values else value
        self._values = values

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def get(self, name: str, default: Any = None) -> Any:
        return self._values.get(name.lower(), default)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Headers({self._values})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Headers, ([*self._values.items()],)


@frozen
class Request:
    """One HTTP request. The credential is held apart, so that `headers` is safe to show."""

    operation: Operation
    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = field(default=None, repr=False)
    timeout: float | None = None
    """Seconds for the whole attempt; None for no bound."""
    auth: AuthHeader | None = None
    max_bytes: int | None = None
    """Longest body to accept, in bytes after decompression; None for no bound. A transport stops
    reading beyond it and raises `envelope.too_large(request)`."""

    def wire_headers(self) -> dict[str, str]:
        """The headers to send, the credential among them. For transports only."""
        if self.auth is None:
            return dict(self.headers)
        return {**self.headers, self.auth.name: self.auth.prefix + self.auth.value.reveal()}

    def with_auth(self, auth: AuthHeader | None) -> Request:
        """The same request with a credential."""
        return Request(
            self.operation,
            self.method,
            self.url,
            self.headers,
            self.content,
            self.timeout,
            auth,
            self.max_bytes,
        )

    def without_auth(self) -> Request:
        """The same request without its credentials, as errors carry it: without the header that
        authenticates it, and without its body where credentials travel in that."""
        return evolve(
            self, auth=None, content=None if self.operation.confidential else self.content
        )


@frozen
class Response:
    """One HTTP response, read to its end."""

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    """Names are matched without regard to case."""
    content: bytes = field(default=b"", repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300


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
            pairs.extend((name, _scalar(v)) for v in cast("list[Any]", value))
        else:
            pairs.append((name, _scalar(value)))
    return urlencode(pairs, quote_via=quote)


def comma_separated(values: Any) -> str | None:
    """A list in the `form` style without `explode`: `a,b`."""
    if values is None or values is UNSET:
        return None
    return ",".join(_scalar(v) for v in values)


def path_segment(value: Any) -> str:
    """A value percent-encoded as one path segment.

    Raises ValueError for an empty value and for `.` and `..`, which would name another resource.
    """
    text = _scalar(value)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} cannot be used as an id in a path")
    return quote(text, safe="")


def encode_body(body: Body) -> tuple[bytes, str]:
    """The bytes of a body and its content type."""
    if isinstance(body, JsonBody):
        text = json.dumps(
            to_wire(body.value),
            default=unseal,  # at the last moment, so that no error on the way shows a secret
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )
        return text.encode(), "application/json"
    if isinstance(body, FormBody):
        return encode_query(body.fields).encode(), "application/x-www-form-urlencoded"
    if isinstance(body, MultipartBody):
        return encode_multipart(body.fields, boundary=secrets.token_hex(16))
    return body.content, body.content_type


def encode_multipart(fields: Mapping[str, Any], *, boundary: str) -> tuple[bytes, str]:
    """`multipart/form-data` (RFC 7578); `boundary` must not occur in the data."""
    out = bytearray()
    for name, value in fields.items():
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


def _quoted(text: str) -> str:
    # The three characters that HTML's form encoding escapes in a quoted parameter.
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _scalar(value: Any) -> str:
    value = unseal(value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, datetime.date):
        return moment_text(value)
    return str(value)
