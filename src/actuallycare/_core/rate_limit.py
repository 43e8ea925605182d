"""The rate limit that the server reports, read from response headers.

Source: the vendor's page api/rate-limits (`RateLimit-Limit`, `-Remaining`, `-Reset` in seconds to
the reset, on each response; `Retry-After` on 429), and RFC 9110 section 10.2.3 for `Retry-After`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from attrs import frozen

from .operation import Operation


@frozen
class RateLimit:
    """Rate limit reported by one response. True while another request may be sent."""

    limit: int
    """Requests allowed in the window."""
    remaining: int
    """Requests left in the window."""
    reset_at: datetime
    """When the next window starts (UTC)."""

    def __bool__(self) -> bool:
        return self.remaining > 0


def read_rate_limit(headers: Mapping[str, str], *, now: datetime) -> RateLimit | None:
    """Return the rate limit in `headers` received at `now`; None when it is absent or malformed."""
    limit = _number(headers.get("RateLimit-Limit"))
    remaining = _number(headers.get("RateLimit-Remaining"))
    reset = _number(headers.get("RateLimit-Reset"))
    if limit is None or remaining is None or reset is None:
        return None
    try:
        reset_at = now + timedelta(seconds=max(0.0, reset))
    except OverflowError:
        return None
    return RateLimit(int(limit), max(0, int(remaining)), reset_at)


def read_retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds in `Retry-After`, or None when it is absent or malformed.

    Accept seconds (fractions too; a negative number counts as 0) and HTTP dates. A date is compared
    with the response's own `Date`, so that a wrong local clock does not matter.
    """
    text = headers.get("Retry-After")
    if text is None:
        return None
    seconds = _number(text)
    if seconds is not None:
        return max(0.0, seconds)
    until = _http_date(text)
    if until is None:
        return None
    sent = _http_date(headers.get("Date", "")) or now
    return max(0.0, (until - sent).total_seconds())


def shares_global_limit(operation: Operation) -> bool:
    """Whether the rate limit of a response is the one of the whole API.

    Operations under /auth have their own limits and report those (vendor page api/rate-limits).
    """
    return not operation.path.startswith("/auth/")


def retry_delay_from_headers(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds to wait before a retry: `Retry-After`, else `RateLimit-Reset`."""
    wait = read_retry_after(headers, now=now)
    if wait is not None:
        return wait
    reset = _number(headers.get("RateLimit-Reset"))
    return None if reset is None else max(0.0, reset)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    if len(text) < 16 and text.isascii() and text.isdigit():  # the usual case
        return float(text)
    # Only digits, sign and point: float() alone would take "nan", "1e9" and "1_000".
    if not set(text.strip()) <= set("+-.0123456789"):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _http_date(text: str) -> datetime | None:
    try:
        value = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
