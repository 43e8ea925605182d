"""Keeping inside the request budget, so that a 429 does not happen. Off unless asked for.

The decisions are functions from values to values: `seconds_to_wait` and `learn`.
"""

from __future__ import annotations

import math
from typing import Protocol

import anyio
from attrs import define, field, frozen

from .clock import Clock, SystemClock
from .rate_limit import read_rate_limit, requested_wait
from .request import Response

_PATIENCE = 1.0
"""Seconds after which another request is sent although the first of a window has no answer."""
_SAME = 1.0
"""Servers tell whole seconds, so the ends that two responses of one window tell differ by less."""


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
    """When it is over and the next one, of which nothing is known yet, begins."""
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
        return Window(probed=now)
    return Window(window.left - 1, window.ends)


def learn(window: Window, left: float, ends: float, *, in_flight: int, now: float) -> Window:
    """The window after a response told that `left` requests may be sent until `ends`.

    `in_flight` counts the other requests that are not answered yet.
    """
    if now >= window.ends or ends > window.ends + _SAME:
        # A new window. Requests under way may not be counted in what it tells.
        return Window(max(0.0, left - in_flight), ends)
    if ends < window.ends - _SAME:
        return window  # told by a window that is over
    # Own requests are counted already; less than that is left when others use the budget too.
    return Window(min(window.left, left), min(window.ends, ends))


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
        self._window = spend(self._window, self.clock.monotonic())
        self._in_flight += 1

    def has_spare(self) -> bool:
        """Whether the last window that is known of has ended with requests left."""
        return self._window.left >= 1 and self.clock.monotonic() >= self._window.ends

    def release(self, response: Response | None) -> None:
        """Take in what the response tells and wake the task whose turn it is."""
        self._in_flight -= 1
        now = self.clock.monotonic()
        left, seconds = _told(response, self.clock)
        if seconds is not None:
            ends = now + seconds
            self._window = learn(self._window, left, ends, in_flight=self._in_flight, now=now)
        elif now >= self._window.ends:
            # No answer: the next request may ask at once.
            self._window = Window()
        if self._nap is not None:
            self._nap.cancel()


def told_wait(response: Response, clock: Clock) -> float | None:
    """Seconds that a refusal asks to wait, None when it does not say."""
    return requested_wait(response.headers, now=clock.now())


def _told(response: Response | None, clock: Clock) -> tuple[float, float | None]:
    """Requests left and seconds until more are; None when nothing was told."""
    if response is None:
        return 0, None
    now = clock.now()
    if response.status_code == 429:
        wait = told_wait(response, clock)
        return 0, _PATIENCE if wait is None else wait
    limit = read_rate_limit(response.headers, now=now)
    if limit is None:
        # A proxy's own page says nothing of the API's budget; an API without one has none.
        return (0, None) if response.status_code >= 500 else (math.inf, _PATIENCE)
    return limit.remaining, (limit.reset_at - now).total_seconds()
