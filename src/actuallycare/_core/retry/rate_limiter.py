"""Keeping inside the request budget, so that a 429 does not happen. Off unless asked for.

The decisions are functions from values to values: `seconds_to_wait` and `learn`.
"""

from __future__ import annotations

import math
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

import anyio
from attrs import define, evolve, field, frozen

from ..clock import Clock, SystemClock
from ..http import Response
from ..rate_limit import RateLimit, read_rate_limit, requested_wait

_PATIENCE = 1.0
"""Seconds after which another request is sent although the first of a window has no answer."""
_ROUNDED = 1.0
"""Servers tell whole seconds, rounded up, so what they tell may be so much too long."""
_sent: ContextVar[float] = ContextVar("actuallycare_sent")
"""When the attempt of this task was let through."""


class RateLimiter(Protocol):
    """Decides when requests may be sent. Pass `Pacer()` or your own as `rate_limiter=`.

    It is asked before each attempt, except for the operations under /auth, which have limits of
    their own.
    """

    async def acquire(self) -> None:
        """Wait until one request may be sent."""
        ...

    def release(self, response: Response | None) -> None:
        """The request that was let through has ended; None when no response arrived."""
        ...


@frozen
class Window:
    """What is known of the server's present window, on the monotonic clock."""

    left: float = 0
    """Requests that may still be sent in it; infinite when the server told no limit."""
    ends: float = -math.inf
    """When it is over at the latest, and the next one, of which nothing is known yet, has begun."""
    lasts: float = -math.inf
    """Until when it lasts at least."""
    probed: float = -math.inf
    """When a request was last sent to learn about the window after it."""


def seconds_to_wait(window: Window, now: float) -> float:
    """Seconds until a request may be sent; 0 when it may be at once.

    In a window that nothing is known of, one request goes first: all at once would be a herd, and
    too early if the server's clock is behind.
    """
    if now >= window.ends:
        return max(0.0, window.probed + _PATIENCE - now)
    return 0.0 if window.left >= 1 else window.ends - now


def spend(window: Window, now: float) -> Window:
    """The window after a request has been let through."""
    if now >= window.ends:
        return Window(0, window.ends, window.lasts, now)
    return Window(window.left - 1, window.ends, window.lasts, window.probed)


def learn(
    window: Window, left: float, seconds: float, *, sent: float, in_flight: int, now: float
) -> Window:
    """The window after the response, at `now`, to a request that was let through at `sent`.

    It told that `left` requests may be sent in the next `seconds`; `in_flight` counts the other
    requests that are not answered yet. Responses come in any order, so first it is found out of
    which window this one tells: that is what the bounds of its end are for.
    """
    ends, lasts = now + seconds, sent + max(0.0, seconds - _ROUNDED)
    if lasts >= window.ends:
        # A later window. Requests under way may not be counted in what it tells.
        return Window(max(0.0, left - in_flight), ends, lasts)
    if ends <= window.lasts or now >= window.ends:
        return window  # told by a window that is over
    # Own requests are counted already; less than that is left when others use the budget too.
    left, ends, lasts = min(window.left, left), min(window.ends, ends), max(window.lasts, lasts)
    return Window(left, ends, lasts)


@define(eq=False)
class Pacer:
    """Sends no more than the server's `RateLimit-Remaining` allows until its `RateLimit-Reset`.

    Tasks are let through first come, first served; waiting can be cancelled and is bounded by the
    caller's deadline alone, so it may last a whole window of the API (15 minutes). Give one pacer
    to all clients that share an IP address, for which the vendor counts. What other processes use
    is noticed with the next response; until then a 429 may still happen, and is retried.
    """

    clock: Clock = field(factory=SystemClock)
    _window: Window = field(factory=Window, init=False)
    _in_flight: int = field(default=0, init=False)
    _turn: anyio.Lock | None = field(default=None, init=False)
    _nap: anyio.CancelScope | None = field(default=None, init=False)

    async def acquire(self, most: float = math.inf) -> None:
        """Wait for the turn of this task, then until the budget allows a request.

        A wait for time to pass that is longer than `most` seconds is not begun.
        """
        if self._turn is None:
            self._turn = anyio.Lock()
        # Only the task whose turn it is waits for time to pass; the others wait for their turn.
        async with self._turn:
            while 0 < (wait := seconds_to_wait(self._window, self.clock.monotonic())) <= most:
                with anyio.CancelScope() as self._nap:
                    await self.clock.sleep(wait)
            self.pass_through()

    def pass_through(self) -> None:
        """Count a request that is sent now, whatever the budget."""
        now = self.clock.monotonic()
        self._window = spend(self._window, now)
        self._in_flight += 1
        _sent.set(now)

    def has_spare(self) -> bool:
        """Whether the last window that is known of has ended with requests left."""
        return self._window.left >= 1 and self.clock.monotonic() >= self._window.ends

    def release(self, response: Response | None) -> None:
        """Take in what the response tells and wake the task whose turn it is."""
        now = self.clock.now()
        limit = None if response is None else read_rate_limit(response.headers, now=now)
        self.take_in(response, limit, now)

    def take_in(
        self, response: Response | None, limit: RateLimit | None, received_at: datetime
    ) -> None:
        """`release`, where the `limit` that the response tells has been read already."""
        self._in_flight -= 1
        now = self.clock.monotonic()
        left, seconds = _told(response, limit, received_at)
        if seconds is not None:
            self._window = learn(
                self._window,
                left,
                seconds,
                sent=_sent.get(now),
                in_flight=self._in_flight,
                now=now,
            )
        elif now >= self._window.ends:
            # No answer: the next request may ask at once.
            self._window = evolve(self._window, probed=-math.inf)
        if self._nap is not None:
            self._nap.cancel()


def _told(
    response: Response | None, limit: RateLimit | None, now: datetime
) -> tuple[float, float | None]:
    """Requests left and seconds until more are; None when nothing was told."""
    if response is None:
        return 0, None
    if response.status_code == 429:
        wait = requested_wait(response.headers, now=now)
        return 0, _PATIENCE if wait is None else wait
    if limit is None:
        # A proxy's own page says nothing of the API's budget; an API without one has none.
        return (0, None) if response.status_code >= 500 else (math.inf, _PATIENCE)
    return limit.remaining, (limit.reset_at - now).total_seconds()
