"""One API call as values: what generated `build()` functions return and the sender sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import field, frozen

Scheme = Literal["key", "bearer"]
"""How an operation may be authenticated: `X-API-Key`, or `Authorization: Bearer` with a JWT."""

Kind = Literal["record", "page", "none", "any", "text", "bytes"]
"""What an operation gives: one value, a list of them, nothing, text, or a download."""


@frozen
class ListShape:
    """Where a list operation keeps its items and how it pages."""

    items: tuple[str, ...] = ()
    """Keys from the unwrapped payload to the array; empty when the payload is the array."""
    meta: tuple[str, ...] | None = None
    """Keys from the response body to the paging facts, or None when none are documented."""
    paged: bool = True
    """Whether the operation takes `page`."""
    page_size: int | None = None
    """Items a page when the caller names no `limit`, as documented; None when unknown."""


@frozen
class Operation:
    """The static facts of one operation of the OpenAPI document."""

    name: str
    """Public name, such as `listings.get`."""
    method: str
    path: str
    """Path template, such as `/listings/{id}`: safe to log, it holds no values."""
    kind: Kind = "record"
    auth: tuple[Scheme, ...] = ()
    """Accepted schemes, preferred first; empty when the operation is public."""
    idempotent: bool = False
    """Whether sending it twice has the effect of sending it once (RFC 9110 section 9.2.2)."""
    confidential: bool = False
    """Whether its bodies hold credentials: nothing of them is shown in errors then."""
    unwrap: tuple[str, ...] = ()
    """Keys from the response body to the payload."""
    may_be_empty: bool = False
    """Whether a documented 204 or 205 gives None instead of the result."""
    accept: str = "application/json"
    shape: ListShape | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@frozen
class JsonBody:
    """A JSON body. Object members that are UNSET are left out when it is encoded."""

    value: Any = field(repr=False)
    content_type: str = "application/json"


@frozen
class FormBody:
    """An `application/x-www-form-urlencoded` body."""

    fields: Mapping[str, Any] = field(repr=False)


@frozen
class MultipartBody:
    """A `multipart/form-data` body (RFC 7578): scalars, `File`s, and sequences of either."""

    fields: Mapping[str, Any] = field(repr=False)


@frozen
class RawBody:
    """Bytes sent as they are."""

    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


Body = JsonBody | FormBody | MultipartBody | RawBody


@frozen
class Call:
    """An operation with its arguments. Values may be secrets, so none of them is in the repr."""

    operation: Operation
    path: str = field(repr=False)
    """The path with its parameters filled in and percent-encoded."""
    params: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, kw_only=True)
    """Query parameters; None and UNSET are left out, sequences are repeated."""
    headers: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, kw_only=True)
    body: Body | None = field(default=None, kw_only=True)

    def with_params(self, params: Mapping[str, Any]) -> Call:
        """The same call with these query parameters set over its own."""
        merged = {**self.params, **params}
        return Call(self.operation, self.path, params=merged, headers=self.headers, body=self.body)


def dig(value: Any, keys: Sequence[str]) -> Any:
    """Follow `keys` into nested mappings; raises KeyError or TypeError where one is missing."""
    for key in keys:
        value = value[key]
    return value
