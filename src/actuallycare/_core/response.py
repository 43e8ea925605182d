"""A result together with the HTTP response that carried it."""

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
class Reply(Generic[T]):
    """What `client.<resource>.with_response.<method>()` gives."""

    data: T
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    """Response headers; names are matched without regard to case."""
    rate_limit: RateLimit | None
    """The request budget as of this response."""
    timestamp: datetime | None
    """When the server answered, by its envelope; None where the group gives none."""


def make_reply(data: T, exchange: Exchange) -> Reply[T]:
    """The reply of an exchange whose payload was read to `data`."""
    headers = exchange.response.headers
    return Reply(
        data,
        exchange.response.status_code,
        headers,
        read_rate_limit(headers, now=exchange.received_at),
        read_timestamp(exchange.body),
    )
