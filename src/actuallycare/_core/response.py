"""A result together with its HTTP response."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeVar

from attrs import field, frozen

from .envelope.unwrap import read_timestamp
from .http import Exchange
from .rate_limit import RateLimit, read_rate_limit

T = TypeVar("T")


@frozen
class APIResponse(Generic[T]):
    """Result of `client.<resource>.with_raw_response.<method>()`."""

    data: T
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    """Response headers. Names are case-insensitive."""
    rate_limit: RateLimit | None
    """Rate limit reported by this response."""
    timestamp: datetime | None
    """Time of the response according to its envelope; None if the group does not send it."""


def make_response(data: T, exchange: Exchange) -> APIResponse[T]:
    """Return `data`, which was read from the payload of `exchange`, with its HTTP response."""
    headers = exchange.response.headers
    return APIResponse(
        data,
        exchange.response.status_code,
        headers,
        read_rate_limit(headers, now=exchange.received_at),
        read_timestamp(exchange.body),
    )
