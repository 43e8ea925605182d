"""One API call as values: generated `build()` functions return it, the sender sends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from attrs import Factory, evolve, field, frozen

from .call_options import CallOptions, check_names

Scheme = Literal["key", "bearer"]
"""How an operation may be authenticated: `X-API-Key`, or `Authorization: Bearer` with a JWT."""

ResponseKind = Literal["record", "page", "none", "any", "text", "bytes"]
"""The result of an operation: one value, a page of a list, nothing, JSON that the document does not
describe, text, or a download."""


IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
"""Methods for which two requests have the effect of one (RFC 9110 section 9.2.2)."""


@frozen
class PageLayout:
    """Where the response of a list operation contains the items, and how it is paginated."""

    items: tuple[str, ...] = ()
    """Keys from the unwrapped payload to the array; empty when the payload is the array."""
    meta: tuple[str, ...] | None = None
    """Keys from the response body to the pagination metadata, or None if there is none."""
    is_paginated: bool = True
    """Whether the operation takes `page`."""
    page_size: int | None = None
    """Documented number of items per page without `limit`; None when unknown."""
    max_page_size: int | None = None
    """Largest `limit` that the document allows; None when unknown."""


@frozen
class Operation:
    """The static properties of one operation of the OpenAPI document."""

    name: str
    """Public name, such as `listings.get`."""
    method: str
    path: str
    """Path template, such as `/listings/{id}`: safe to log, because it contains no values."""
    kind: ResponseKind = "record"
    auth: tuple[Scheme, ...] = ()
    """Accepted schemes, preferred first; empty when the operation is public."""
    idempotent: bool = field(
        default=Factory(lambda self: self.method in IDEMPOTENT_METHODS, takes_self=True),
        kw_only=True,
    )
    """Whether sending it twice has the effect of sending it once. By default the method decides."""
    sensitive: bool = False
    """Whether its bodies contain credentials. Errors then show nothing of the bodies."""
    unwrap: tuple[str, ...] = ()
    """Keys from the response body to the payload."""
    may_be_empty: bool = False
    """Whether a documented 204 or 205 gives None instead of the result."""
    accept: str = "application/json"
    page_layout: PageLayout | None = None

    @property
    def safe(self) -> bool:
        """Whether it only reads (RFC 9110 section 9.2.1)."""
        return self.method in ("GET", "HEAD", "OPTIONS")

    def protected(self, repeats_credential: bool) -> Operation:
        """Return the operation for a body; one that repeats the credential makes it sensitive."""
        return evolve(self, sensitive=True) if repeats_credential else self

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class RequestBody(Protocol):
    """A body that can be sent."""

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        ...

    def with_members(self, members: Mapping[str, Any]) -> RequestBody:
        """Return this body with members added to its object or replaced.

        Raises TypeError when the body is not an object.
        """
        ...


@frozen
class Call:
    """An operation with its arguments. The repr shows no value, since values may be secrets."""

    operation: Operation
    path: str = field(repr=False)
    """The path with its parameters filled in and percent-encoded."""
    params: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, kw_only=True)
    """Query parameters; None and UNSET are left out, sequences are repeated."""
    headers: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, kw_only=True)
    body: RequestBody | None = field(default=None, kw_only=True)
    options: CallOptions = field(factory=CallOptions, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_names(self.options, self.operation.name)

    def param(self, name: str) -> Any:
        """Return the value of a query parameter; None when it is not sent."""
        extra = self.options.get("extra_query") or {}
        return extra[name] if name in extra else self.params.get(name)

    def with_params(self, params: Mapping[str, Any]) -> Call:
        """Return the same call with these query parameters added or replaced."""
        options = self.options
        if extra := options.get("extra_query"):
            # There too: they win over `params`, and over those of the client.
            options = options.copy()
            options["extra_query"] = {name: params.get(name, v) for name, v in extra.items()}
        return Call(
            self.operation,
            self.path,
            params={**self.params, **params},
            headers=self.headers,
            body=self.body,
            options=options,
        )


def get_path(value: Any, keys: Sequence[str]) -> Any:
    """Return the value at the path `keys`; KeyError or TypeError when a part is missing."""
    for key in keys:
        value = value[key]
    return value
