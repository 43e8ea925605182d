"""Requests and responses as values. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, field, frozen

from .decode_policy import DecodePolicy
from .operation import Operation
from .secret import Secret, redact_headers, redact_url


class Headers(Mapping[str, str]):
    """Headers of a response.

    Names are case-insensitive (RFC 9110 section 5.1). The values of a name that occurs more than
    once are joined by commas (section 5.3).
    """

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
class AuthHeader:
    """The header that authenticates one request."""

    name: str
    value: Secret
    prefix: str = ""
    """Text before the value on the wire, such as `Bearer `."""


@frozen
class Request:
    """One HTTP request. The credential is a separate field, so that `headers` is safe to log."""

    operation: Operation
    method: str
    url: str = field(repr=lambda url: repr(redact_url(url)))
    headers: Mapping[str, str] = field(repr=lambda headers: repr(redact_headers(headers)))
    content: bytes | None = field(default=None, repr=False)
    timeout: float | None = None
    """Seconds for the whole attempt; None for no limit."""
    auth: AuthHeader | None = None
    max_bytes: int | None = None
    """Longest body to accept, in bytes after decompression; None for no limit. A transport
    stops reading a longer body and raises a `DecodeError`."""

    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    """Confidential values in the body, which errors must not show."""

    def wire_headers(self) -> dict[str, str]:
        """Return the headers to send, including the credential. For transports only."""
        if self.auth is None:
            return dict(self.headers)
        return {
            **self.headers,
            self.auth.name: self.auth.prefix + self.auth.value.get_secret_value(),
        }

    def with_auth(self, auth: AuthHeader | None) -> Request:
        """Return the same request with a credential."""
        return Request(
            self.operation,
            self.method,
            self.url,
            self.headers,
            self.content,
            self.timeout,
            auth,
            self.max_bytes,
            self.secrets,
        )

    def with_default_headers(self, headers: Mapping[str, str]) -> Request:
        """Return the same request with headers added that it does not have."""
        # Not in the sender: some error trackers show the attributes that a frame names.
        return evolve(self, headers={**headers, **self.headers})

    def without_auth(self) -> Request:
        """Return the same request without credentials, to attach to an error.

        The header that authenticates is removed, and so is a body that contains credentials.
        Headers and parameters of the caller are redacted when their names are those of credentials.
        """
        content = None if self.operation.sensitive else self.content
        headers = redact_headers(self.headers)
        url = redact_url(self.url)
        return evolve(self, url=url, headers=headers, auth=None, content=content, secrets=())

    def is_repeated_in(self, content: bytes) -> bool:
        """Whether the body of a response repeats the credential of this request."""
        return self.auth is not None and self.auth.value.get_secret_value().encode() in content

    def sent_secrets(self) -> tuple[Secret, ...]:
        """Return the credential and the confidential values in the body."""
        return self.secrets if self.auth is None else (self.auth.value, *self.secrets)


@frozen
class Response:
    """One HTTP response, completely read."""

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    """Names are case-insensitive."""
    content: bytes = field(default=b"", repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300


@frozen
class Exchange:
    """A successful response and its parsed body."""

    response: Response
    body: Any = field(repr=False)
    """The parsed JSON; None for texts, downloads and empty bodies."""
    received_at: datetime
    decode_policy: DecodePolicy = field(factory=DecodePolicy, repr=False)
    """How values that are not of their declared type are read."""
    repeats_credential: bool = False
    """Whether the response repeats the credential, which no error must show then."""

    def protected(self, operation: Operation) -> Operation:
        """Return the operation to read the body for; see `Operation.protected`."""
        return operation.protected(self.repeats_credential)
