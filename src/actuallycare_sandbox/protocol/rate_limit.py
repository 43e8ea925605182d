"""The four documented limits as fixed windows: who may pass, and what the headers say.

Source: docs.actuallycare.com/api/rate-limits. Pure but for the counters; time is an argument.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_LIMIT = re.compile(r"(\d+)/(\d+(?:\.\d+)?)?(ms|s|m|h)")
_SWEEP_AT = 1024
"""So many windows are kept before those that are over are dropped."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests in so many seconds."""

    requests: int
    seconds: float

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read `30/2s`, `500/15m` or `30/m`.

        Raises:
            ValueError: the text has another form.
        """
        match = _LIMIT.fullmatch(text.strip().lower())
        seconds = float(match[2] or 1) * _UNITS[match[3]] if match else 0.0
        if match is None or int(match[1]) < 1 or seconds <= 0:
            raise ValueError(
                f"{text!r} is not a rate limit; write requests/window, such as 30/2s or 500/15m"
            )
        return cls(int(match[1]), seconds)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a limit leaves to one address after a request."""

    limit: int
    remaining: int
    reset_after: float
    allowed: bool

    def headers(self) -> dict[str, str]:
        """`RateLimit-*`, and `Retry-After` when the request is refused; whole seconds."""
        reset = max(1, math.ceil(self.reset_after))
        headers = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(reset),
        }
        return headers if self.allowed else headers | {"Retry-After": str(reset)}


class FixedWindows:
    """Counts by address; a window begins with the first request and ends a fixed time later."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._windows: dict[str, tuple[int, float]] = {}

    def take(self, address: str, now: float) -> Budget:
        """Count one request."""
        used, ends = self._window(address, now)
        self._windows[address] = (used + 1, ends)
        if len(self._windows) > _SWEEP_AT:
            self._windows = {k: w for k, w in self._windows.items() if w[1] > now}
        return self._budget(used + 1, ends, now)

    def peek(self, address: str, now: float) -> Budget:
        """What the next request would meet; nothing is counted."""
        used, ends = self._window(address, now)
        return self._budget(used + 1, ends, now)

    def clear(self) -> None:
        """Forget every count."""
        self._windows.clear()

    def _window(self, address: str, now: float) -> tuple[int, float]:
        used, ends = self._windows.get(address, (0, 0.0))
        return (used, ends) if ends > now else (0, now + self.limit.seconds)

    def _budget(self, used: int, ends: float, now: float) -> Budget:
        return Budget(
            limit=self.limit.requests,
            remaining=max(0, self.limit.requests - used),
            reset_after=ends - now,
            allowed=used <= self.limit.requests,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """The documented limits; each can be set."""

    all: Limit = Limit(500, 900)
    auth_failures: Limit = Limit(30, 900)
    login: Limit = Limit(50, 900)
    refresh: Limit = Limit(30, 60)


@dataclass(slots=True)
class RateLimiter:
    """All four limits of one server; paths are relative to the base path."""

    limits: Limits
    _all: FixedWindows = field(init=False)
    _failures: FixedWindows = field(init=False)
    _login: FixedWindows = field(init=False)
    _refresh: FixedWindows = field(init=False)

    def __post_init__(self) -> None:
        self._all = FixedWindows(self.limits.all)
        self._failures = FixedWindows(self.limits.auth_failures)
        self._login = FixedWindows(self.limits.login)
        self._refresh = FixedWindows(self.limits.refresh)

    def admit(self, method: str, path: str, address: str, now: float) -> Budget:
        """Count a request in each limit it falls under.

        The last limiter in the chain is the one that the headers report; the one for failed
        attempts never shows in them, except when it is what refuses.
        """
        budget = self._all.take(address, now)
        if budget.allowed and counts_failures(path):
            failures = self._failures.peek(address, now)
            if not failures.allowed:
                return failures
        if budget.allowed and method == "POST" and path == "/auth/login":
            return self._login.take(address, now)
        if budget.allowed and method == "POST" and path == "/auth/refresh":
            return self._refresh.take(address, now)
        return budget

    def failed(self, path: str, address: str, now: float) -> None:
        """Count a failed attempt, where failures count."""
        if counts_failures(path):
            self._failures.take(address, now)

    def clear(self) -> None:
        """Forget every count."""
        for windows in (self._all, self._failures, self._login, self._refresh):
            windows.clear()


def counts_failures(path: str) -> bool:
    """Whether failed attempts on this path are limited: /auth, excluding /refresh."""
    return path.startswith("/auth/") and path != "/auth/refresh"
