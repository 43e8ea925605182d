"""The rate limit that the server reports, read from response headers.

Sources: the vendor's page api/rate-limits (`RateLimit-Limit`, `-Remaining`, `-Reset` in seconds to
the reset, on each response; `Retry-After` on 429), and RFC 9110 section 10.2.3 for `Retry-After`.

A proxy, a CDN or a later version of the server's library may send other forms, which are read too:
`RateLimit` and `RateLimit-Policy` of draft 8 (a list of policies), `RateLimit` of draft 7
(`limit=100, remaining=50, reset=30`), and `X-RateLimit-*`, whose reset is often a Unix time.
https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-08
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from attrs import frozen

from .operation import Operation

_MAX_WAIT = 86_400.0
"""Seconds. A longer wait is a mistake of the server, such as a Unix time: it counts as absent."""
_MAX_LENGTH = 1_000
"""Characters of a header with several parts; a longer one counts as absent."""
_MIN_UNIX_TIME = 1e9
"""A reset of at least so much is a Unix time (2001), in milliseconds above `_MIN_UNIX_MILLIS`."""
_MIN_UNIX_MILLIS = 1e12
_DAY_NAME = re.compile(r"^\s*[^\s,\d]+(?:,\s*|\s+)(?=[A-Za-z]{3}\s+\d|\d)")


@frozen
class RateLimit:
    """Rate limit reported by one response. True while another request may be sent."""

    limit: int
    """Requests allowed in the window; at least `remaining`, when the server does not report it."""
    remaining: int
    """Requests left in the window."""
    reset_at: datetime
    """When the next window starts (UTC)."""

    def __bool__(self) -> bool:
        return self.remaining > 0


@frozen
class _Quota:
    """One limit among those that the headers report; None for what they do not contain."""

    limit: float | None = None
    remaining: float | None = None
    reset: float | None = None
    """Seconds until the next window."""


def read_rate_limit(headers: Mapping[str, str], *, now: datetime) -> RateLimit | None:
    """Return the rate limit in `headers` received at `now`; None when it is absent or malformed."""
    for quota in _quotas(headers, now):
        if quota.remaining is not None and quota.reset is not None:
            remaining = max(0, int(quota.remaining))
            limit = remaining if quota.limit is None else int(quota.limit)
            return RateLimit(limit, remaining, now + timedelta(seconds=quota.reset))
    return None


def read_retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds in `Retry-After`, or None when it is absent or useless.

    Accept seconds (fractions too) and HTTP dates. A date is compared with the response's own
    `Date`, so that a wrong local clock does not matter. When the API and something in front of it
    both send the header, the longest wait counts. A negative number, a date in the past and a wait
    of more than a day count as absent.
    """
    text = headers.get("Retry-After")
    if text is None or len(text) > _MAX_LENGTH:
        return None
    # Also at the comma of a date, `Thu, 11 Jun …`: the name of the day alone is no wait.
    waits = (_retry_wait(part, headers, now) for part in text.split(","))
    return max((wait for wait in waits if wait is not None), default=None)


def shares_global_limit(operation: Operation) -> bool:
    """Whether the rate limit of a response is the one of the whole API.

    Operations under /auth have their own limits and report those (vendor page api/rate-limits).
    """
    return not operation.path.startswith("/auth/")


def retry_delay_from_headers(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds to wait before a retry: `Retry-After`, else the reset of the limit."""
    wait = read_retry_after(headers, now=now)
    if wait is not None:
        return wait
    return next((q.reset for q in _quotas(headers, now) if q.reset is not None), None)


def _retry_wait(text: str, headers: Mapping[str, str], now: datetime) -> float | None:
    seconds = _number(text)
    if seconds is None:
        until = _http_date(text)
        if until is None:
            return None
        seconds = (until - _sent_at(headers, now)).total_seconds()
        if seconds == 0:  # a date has whole seconds: this one is not in the future
            return None
    return seconds if 0 <= seconds <= _MAX_WAIT else None


def _quotas(headers: Mapping[str, str], now: datetime) -> Iterator[_Quota]:
    """Yield the limits of each form that is present, the vendor's own form first."""
    for prefix in ("RateLimit", "X-RateLimit"):
        reset = headers.get(f"{prefix}-Reset")
        if reset is not None:
            limit = _least(headers.get(f"{prefix}-Limit"))
            remaining = None if limit is None else _least(headers.get(f"{prefix}-Remaining"))
            yield _Quota(limit, remaining, _latest_reset(reset, headers, now))
        combined = headers.get(prefix)
        if combined is not None and len(combined) <= _MAX_LENGTH:
            policies = headers.get(f"{prefix}-Policy", "")[:_MAX_LENGTH]
            quotas = _combined_quotas(combined, policies, headers, now)
            # Several limits apply at once; the one with the fewest requests left comes first.
            known = [q for q in quotas if q.remaining is not None and q.reset is not None]
            yield from sorted(known, key=lambda q: (q.remaining, -(q.reset or 0.0)))


def _combined_quotas(
    text: str, policies: str, headers: Mapping[str, str], now: datetime
) -> Iterator[_Quota]:
    """Read `RateLimit`: a list of policies (draft 8), or one dictionary (draft 7)."""
    items = [_parameters(item) for item in _split_outside_quotes(text, ",")]
    if all(len(item) == 1 for item in items):  # limit=100, remaining=50, reset=30
        items = [{name: value for item in items for name, value in item.items()}]
    by_name = {
        item.get("", ""): item for item in map(_parameters, _split_outside_quotes(policies, ","))
    }
    for item in items:
        policy = by_name.get(item.get("", ""), {})
        reset = item.get("t") or item.get("reset") or policy.get("w", "")
        yield _Quota(
            _number(policy.get("q") or item.get("limit")),
            _number(item.get("r") or item.get("remaining")),
            _seconds_until_reset(reset, headers, now),
        )


def _parameters(item: str) -> dict[str, str]:
    """Read `"name";r=50;t=30`. The name, if there is one, has the empty key."""
    result: dict[str, str] = {}
    for part in _split_outside_quotes(item, ";"):
        name, is_pair, value = part.partition("=")
        result[name.strip().lower() if is_pair else ""] = (value if is_pair else name).strip(' "')
    return result


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    pattern = rf'(?:[^"{separator}]|"[^"]*"?)+'
    return re.findall(pattern, text)


def _least(text: str | None) -> float | None:
    """Return a number; the least of those that the API and something in front of it both send."""
    if text is None or len(text) > _MAX_LENGTH:
        return None
    numbers = [_number(part) for part in text.split(",")]
    return min([number for number in numbers if number is not None], default=None)


def _latest_reset(text: str, headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds until the reset; the most of those that several servers send."""
    if len(text) > _MAX_LENGTH:
        return None
    resets = [_seconds_until_reset(part, headers, now) for part in text.split(",")]
    return max([reset for reset in resets if reset is not None], default=None)


def _seconds_until_reset(text: str, headers: Mapping[str, str], now: datetime) -> float | None:
    value = _number(text)
    if value is None:
        until = _http_date(text)
        if until is None:
            return None
        value = until.timestamp()
    if value >= _MIN_UNIX_TIME:
        if value >= _MIN_UNIX_MILLIS:
            value /= 1000
        value -= _sent_at(headers, now).timestamp()
    return max(0.0, value) if value <= _MAX_WAIT else None


def _sent_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return the time of the response by the server's clock, which dates in its headers use."""
    return _http_date(headers.get("Date", "")) or now


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
        # Without the name of the day, which may be wrong and adds nothing.
        value = parsedate_to_datetime(_DAY_NAME.sub("", text))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
