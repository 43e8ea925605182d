"""The server's rate limits: four fixed windows, and the headers that report them.

Source: docs.actuallycare.com/api/rate-limits. Pure except for the counters; time is an argument.
"""

from __future__ import annotations

import math
import re

from attrs import frozen

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_LIMIT = re.compile(r"(\d+)/(\d+(?:\.\d+)?)?(ms|s|m|h)")
_SWEEP_THRESHOLD = 1024
"""Number of addresses above which expired windows are removed."""


@frozen
class Limit:
    """A number of requests in a number of seconds."""

    requests: int
    """Allowed requests in a window."""
    seconds: float
    """Length of the window."""

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Parse `30/2s`, `500/15m` or `30/m`.

        Raises:
            ValueError: the text is not in this format.
        """
        match = _LIMIT.fullmatch(text.strip().lower())
        seconds = float(match[2] or 1) * _UNITS[match[3]] if match else 0.0
        if match is None or int(match[1]) < 1 or seconds <= 0:
            raise ValueError(
                f"{text!r} is not a rate limit; write requests/window, such as 30/2s or 500/15m"
            )
        return cls(int(match[1]), seconds)


@frozen
class RateLimitStatus:
    """The state of a limit for one address after a request."""

    limit: int
    """Allowed requests in a window."""
    remaining: int
    """Requests left in the current window."""
    reset_after: float
    """Seconds until the window ends."""
    allowed: bool
    """Whether the request is within the limit."""

    def headers(self) -> dict[str, str]:
        """Return the `RateLimit-*` headers, with `Retry-After` for a rejected request.

        Times are rounded up to whole seconds: a client that waits that long is accepted.
        """
        reset = max(1, math.ceil(self.reset_after))
        headers = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(reset),
        }
        return headers if self.allowed else headers | {"Retry-After": str(reset)}


class FixedWindowCounter:
    """Counts requests by address in fixed windows.

    A window starts with the first request of an address and ends `limit.seconds` later.
    """

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._windows: dict[str, tuple[int, float]] = {}

    def take(self, address: str, now: float) -> RateLimitStatus:
        """Count a request and return the resulting status."""
        used, ends_at = self._window(address, now)
        self._windows[address] = (used + 1, ends_at)
        if len(self._windows) > _SWEEP_THRESHOLD:
            self._windows = {k: w for k, w in self._windows.items() if w[1] > now}
        return self._status(used + 1, ends_at, now)

    def peek(self, address: str, now: float) -> RateLimitStatus:
        """Return the status that the next request would get, without counting one."""
        used, ends_at = self._window(address, now)
        return self._status(used + 1, ends_at, now)

    def clear(self) -> None:
        """Reset all counters."""
        self._windows.clear()

    def _window(self, address: str, now: float) -> tuple[int, float]:
        used, ends_at = self._windows.get(address, (0, 0.0))
        return (used, ends_at) if ends_at > now else (0, now + self.limit.seconds)

    def _status(self, used: int, ends_at: float, now: float) -> RateLimitStatus:
        return RateLimitStatus(
            limit=self.limit.requests,
            remaining=max(0, self.limit.requests - used),
            reset_after=ends_at - now,
            allowed=used <= self.limit.requests,
        )


@frozen
class Limits:
    """The four limits; the defaults are the documented ones."""

    all: Limit = Limit(500, 900)
    """All requests of an address."""
    auth_failures: Limit = Limit(30, 900)
    """Failed requests to `/auth`, except `/auth/refresh`."""
    login: Limit = Limit(50, 900)
    """Requests to `/auth/login`."""
    refresh: Limit = Limit(30, 60)
    """Requests to `/auth/refresh`."""


class RequestLimiter:
    """Applies all four limits of one server; paths are relative to the base path."""

    def __init__(self, limits: Limits) -> None:
        self._all = FixedWindowCounter(limits.all)
        self._failures = FixedWindowCounter(limits.auth_failures)
        self._login = FixedWindowCounter(limits.login)
        self._refresh = FixedWindowCounter(limits.refresh)

    def admit(self, method: str, path: str, address: str, now: float) -> RateLimitStatus:
        """Count a request in each limit that applies to its path and return the status to report.

        The headers report the last limit that applies. The limit for failed requests is reported
        only when it rejects the request.
        """
        status = self._all.take(address, now)
        if status.allowed and counts_failures(path):
            failures = self._failures.peek(address, now)
            if not failures.allowed:
                return failures
        if status.allowed and method == "POST" and path == "/auth/login":
            return self._login.take(address, now)
        if status.allowed and method == "POST" and path == "/auth/refresh":
            return self._refresh.take(address, now)
        return status

    def record_failure(self, path: str, address: str, now: float) -> None:
        """Count a failed request, if failures on this path are limited."""
        if counts_failures(path):
            self._failures.take(address, now)

    def clear(self) -> None:
        """Reset all counters."""
        for counter in (self._all, self._failures, self._login, self._refresh):
            counter.clear()


def counts_failures(path: str) -> bool:
    """Whether failed requests to this path are limited: `/auth`, except `/auth/refresh`."""
    return path.startswith("/auth/") and path != "/auth/refresh"
