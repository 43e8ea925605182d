"""Read the headers of a delivery from the header types of web frameworks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

from attrs import frozen

SIGNATURE: Final = "x-webhook-signature"
TIMESTAMP: Final = "x-webhook-timestamp"
EVENT: Final = "x-webhook-event"


@runtime_checkable
class SupportsItems(Protocol):
    """Headers of a framework: Starlette, httpx, http.server, a dict."""

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Return (name, value) of each header; str or bytes."""
        ...


HeaderSource: TypeAlias = (
    SupportsItems | Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]]
)
"""Headers: an object with `items()`, or (name, value) pairs such as ASGI's `scope["headers"]`."""


@frozen
class DeliveryHeaders:
    """The values of each webhook header, in order of arrival."""

    signature: tuple[str, ...]
    timestamp: tuple[str, ...]
    event: tuple[str, ...]


def read_headers(source: HeaderSource) -> DeliveryHeaders:
    """Read the webhook headers. Names are case-insensitive (RFC 9110 section 5.1).

    A header that was sent twice may be two pairs or one, joined by a comma (RFC 9110 section 5.2).
    None of the three values can contain a comma, so both count as two values.
    """
    found: dict[str, list[str]] = {SIGNATURE: [], TIMESTAMP: [], EVENT: []}
    pairs: Iterable[tuple[Any, Any]] = (
        source.items() if isinstance(source, SupportsItems) else source
    )
    for name, value in pairs:
        values = found.get(_text(name).lower())
        if values is not None:
            values += (part.strip(" \t") for part in _text(value).split(","))
    return DeliveryHeaders(*(tuple(values) for values in found.values()))


def _text(value: Any) -> str:
    # HTTP libraries decode header bytes as latin-1, which is lossless.
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
