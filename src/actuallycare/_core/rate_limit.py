"""What the server says about the request budget, read from response headers.

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
    """The budget as of one response. True while another request may be sent."""

    limit: int
    """Requests allowed in the window."""
    remaining: int
    """Requests left in the window."""
    reset_at: datetime
    """When the window starts anew (UTC)."""

    def __bool__(self) -> bool:
        return self.remaining > 0


def read_rate_limit(headers: Mapping[str, str], *, now: datetime) -> RateLimit | None:
    """The budget that `headers` tell at `now`, or None when they tell none or it is malformed."""
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
    """Seconds that `Retry-After` asks for, or None when it is absent or malformed.

    Takes seconds (fractions too; negative counts as 0) and HTTP dates, which are measured against
    the response's own `Date`, so that a skewed local clock does no harm.
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


def counts(operation: Operation) -> bool:
    """Whether the budget that a response tells is the one of the whole API.

    Those under /auth have limits of their own and tell those (vendor page api/rate-limits).
    """
    return not operation.path.startswith("/auth/")


def requested_wait(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Seconds to wait before the next request: `Retry-After`, else `RateLimit-Reset`."""
    wait = read_retry_after(headers, now=now)
    if wait is not None:
        return wait
    reset = _number(headers.get("RateLimit-Reset"))
    return None if reset is None else max(0.0, reset)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    if len(text) < 16 and text.isascii() and text.isdigit():  # as nearly always
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
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
