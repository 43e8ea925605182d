"""The headers of a delivery, from whatever a web framework calls headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

from attrs import frozen

SIGNATURE: Final = "x-webhook-signature"
TIMESTAMP: Final = "x-webhook-timestamp"
EVENT: Final = "x-webhook-event"


@runtime_checkable
class HasItems(Protocol):
    """Headers of a framework: Starlette, httpx, http.server, a dict."""

    def items(self) -> Iterable[tuple[Any, Any]]:
        """(name, value) of each header; str or bytes."""
        ...


HeaderSource: TypeAlias = HasItems | Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]]
"""Headers: an object with `items()`, or (name, value) pairs such as ASGI's `scope["headers"]`."""


@frozen
class DeliveryHeaders:
    """The values of each header that says something about a delivery, in order of arrival."""

    signature: tuple[str, ...]
    timestamp: tuple[str, ...]
    event: tuple[str, ...]


def read_headers(source: HeaderSource) -> DeliveryHeaders:
    """Names compare without regard to case (RFC 9110, 5.1).

    A header that was sent twice may come as two pairs or as one, joined by a comma (RFC 9110, 5.2);
    none of the three may hold a comma, so both read as two values.
    """
    found: dict[str, list[str]] = {SIGNATURE: [], TIMESTAMP: [], EVENT: []}
    pairs: Iterable[tuple[Any, Any]] = source.items() if isinstance(source, HasItems) else source
    for name, value in pairs:
        values = found.get(_text(name).lower())
        if values is not None:
            values += (part.strip(" \t") for part in _text(value).split(","))
    return DeliveryHeaders(*(tuple(values) for values in found.values()))


def _text(value: Any) -> str:
    # HTTP libraries carry header bytes as latin-1, which loses none of them.
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
