"""Stay inside the server's rate limit, so that no 429 happens. Off unless requested.

The decisions are functions from values to values: `seconds_to_wait`, `consume` and `update`.
`Pacer` only waits. A `QuotaWindow` is what responses have reported about a window of the server:

                         consume (the probe)
              ┌─────────┐ ────────────────▶ ┌─────────┐
              │ unknown │                   │ probing │  others wait for the response, and send
     start ──▶│         │ ◀──────────────── │         │  another probe after _PROBE_TIMEOUT
              └─────────┘   no response     └─────────┘
                   ▲                             │ response: update
                   │ now >= ends_at              ▼
                   │                        ┌─────────┐
                   ├─────────────────────── │  open   │  remaining >= 1: consume, send at once
                   │                        └─────────┘
                   │                          │     ▲
                   │        remaining < 1, or │     │ a response of a later window
                   │        a 429             ▼     │
                   │                        ┌─────────┐
                   └─────────────────────── │  spent  │  wait until ends_at
                                            └─────────┘

"Unknown" and "probing" are windows that have ended (`now >= ends_at`); `probed_at` differs.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import NoReturn, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

import anyio
from attrs import define, evolve, field, frozen, setters

from ..clock import Clock, SystemClock
from ..event_loop import EventLoop, current_event_loop
from ..http import Response
from ..rate_limit import RateLimit, read_rate_limit, retry_delay_from_headers
from ..settings import validate_clock

_PROBE_TIMEOUT = 1.0
"""Seconds after which another request is sent although the probe has no response yet."""
RESET_ROUNDING = 1.0
"""`RateLimit-Reset` is rounded up to whole seconds, so it may be up to a second too long."""
_POLL_INTERVAL = 0.5
"""Seconds after which a waiting task looks for responses of other event loops."""
_sent_at: ContextVar[float] = ContextVar("actuallycare_sent_at")
"""Monotonic time at which the attempt of this task was permitted."""


class RateLimiter(Protocol):
    """Decides when requests may be sent. Pass `Pacer()` or your own as `rate_limiter=`.

    It is called for each attempt, except for operations under /auth, which have their own limits.
    If it also has `acquire_reporting(on_wait)`, as `Pacer` does, its waits are logged and reported.
    """

    async def acquire(self) -> None:
        """Wait until one request may be sent."""
        ...

    def release(self, response: Response | None) -> None:
        """Record the end of a permitted request; None when no response arrived."""
        ...


@runtime_checkable
class WaitReporter(Protocol):
    """A `RateLimiter` that reports its waits: an optional method."""

    async def acquire_reporting(self, on_wait: Callable[[float], None], /) -> None:
        """Do as `acquire`; call `on_wait` once, with the seconds, if the rate limit makes it wait.

        The sender calls it instead of `acquire`.
        """
        ...


async def acquire_permission(limiter: RateLimiter, on_wait: Callable[[float], None]) -> None:
    """Wait until one request may be sent; report the wait if the limiter can."""
    if isinstance(limiter, WaitReporter):
        await limiter.acquire_reporting(on_wait)
    else:
        await limiter.acquire()


@frozen
class QuotaWindow:
    """What is known of the server's current window. Times are those of the monotonic clock."""

    remaining: float = 0
    """Requests that may still be sent in it; infinite when the server reports no limit."""
    ends_at: float = -math.inf
    """Latest possible end. After it the next window has started, of which nothing is known."""
    lasts_until: float = -math.inf
    """Earliest possible end."""
    probed_at: float = -math.inf
    """When the last probe of the following window was sent."""


def seconds_to_wait(window: QuotaWindow, now: float) -> float:
    """Return the seconds until a request may be sent; 0 if it may be sent now.

    Send a single probe into an unknown window. Sending everything would be a thundering herd, and
    too early if the server's clock is behind.
    """
    if now >= window.ends_at:
        return max(0.0, window.probed_at + _PROBE_TIMEOUT - now)
    return 0.0 if window.remaining >= 1 else window.ends_at - now


def consume(window: QuotaWindow, now: float) -> QuotaWindow:
    """Return the window after one request has been permitted."""
    if now >= window.ends_at:
        return QuotaWindow(0, window.ends_at, window.lasts_until, probed_at=now)
    return QuotaWindow(window.remaining - 1, window.ends_at, window.lasts_until, window.probed_at)


def update(
    window: QuotaWindow,
    remaining: float,
    seconds: float,
    *,
    sent_at: float,
    in_flight: int,
    now: float,
) -> QuotaWindow:
    """Return the window after a response at `now` to a request that was permitted at `sent_at`.

    The response reports that `remaining` requests may be sent in the next `seconds`. `in_flight` is
    the number of other requests without a response.

    Responses arrive out of order. The bounds on a window's end identify the window of this
    response:

        sent_at                    now
           ├── seconds - rounding ──┼──▶ lasts_until: the server counts from `sent_at` at first
           │                        ├── seconds ──▶ ends_at: and from `now` at last
    """
    ends_at = now + seconds
    lasts_until = sent_at + max(0.0, seconds - RESET_ROUNDING)
    if lasts_until >= window.ends_at:
        # A later window. The server may not have counted the requests in flight yet.
        return QuotaWindow(max(0.0, remaining - in_flight), ends_at, lasts_until)
    if ends_at <= window.lasts_until or now >= window.ends_at:
        return window  # an earlier window, which is over
    # The same window. Our own requests are counted already; the server reports fewer when others
    # use the same limit.
    return QuotaWindow(
        min(window.remaining, remaining),
        min(window.ends_at, ends_at),
        max(window.lasts_until, lasts_until),
    )


@define(eq=False)
class _Queue:
    """The tasks of one event loop that wait for a permission. The first waits for the clock."""

    lock: anyio.Lock = field(factory=anyio.Lock)
    sleep_scope: anyio.CancelScope | None = None


def _clock(_instance: object, _attribute: object, value: Clock) -> None:
    validate_clock(value)


def _default_clock(value: Clock | None) -> Clock:
    return SystemClock() if value is None else value


@define(eq=False, on_setattr=setters.NO_OP)  # each request sets what has no validator
class Pacer:
    """Adaptive rate limiter: sends no more than `RateLimit-Remaining` until `RateLimit-Reset`.

    Tasks are served in the order of their arrival. Waiting is cancellable and limited only by the
    caller's deadline, so it may last a whole window of the API (15 minutes). The vendor counts per
    IP address: pass one pacer to all clients that share an address, also in several threads, or in
    one event loop after another. Requests of other processes are noticed with the next response;
    until then a 429 may still happen, and is retried.
    """

    clock: Clock = field(default=None, converter=_default_clock, validator=_clock)
    _window: QuotaWindow = field(factory=QuotaWindow, init=False, repr=False)
    _in_flight: int = field(default=0, init=False, repr=False)
    _mutex: threading.Lock = field(factory=threading.Lock, init=False, repr=False)
    """Protects the state, which event loops in other threads use too. Nothing waits inside it."""
    _queues: WeakKeyDictionary[EventLoop, _Queue] = field(
        factory=WeakKeyDictionary[EventLoop, _Queue], init=False, repr=False
    )

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "A Pacer cannot be pickled or copied, because tasks wait in it: create one in each "
            "process. `actuallycare.redis.RedisRateLimiter` shares the rate limit among processes."
        )

    async def acquire(
        self, max_wait: float = math.inf, on_wait: Callable[[float], None] | None = None
    ) -> None:
        """Wait for the tasks before this one, then until the rate limit allows a request.

        Do not start a wait for the clock that is longer than `max_wait` seconds. Call `on_wait`
        once, with the seconds, when the rate limit makes this task wait.
        """
        now = self.clock.monotonic()
        # The wait for a probe is not reported: it is over with the first response.
        if on_wait is not None and now < self._window.ends_at:
            wait = seconds_to_wait(self._window, now)
            if 0 < wait <= max_wait:
                on_wait(wait)
        queue = self._queue()
        # Only the task that has the lock waits for the clock; the others wait for the lock.
        async with queue.lock:
            while wait := self._try_acquire(max_wait):
                with anyio.CancelScope() as queue.sleep_scope:
                    await self.clock.sleep(wait)

    async def acquire_reporting(self, on_wait: Callable[[float], None]) -> None:
        """See `WaitReporter`."""
        await self.acquire(on_wait=on_wait)

    def _queue(self) -> _Queue:
        loop = current_event_loop()
        with self._mutex:
            queue = self._queues.get(loop)
            if queue is None:
                queue = self._queues[loop] = _Queue()
            return queue

    def _try_acquire(self, max_wait: float) -> float:
        """Count a request unless it should wait, at most `max_wait`; return the seconds to wait."""
        with self._mutex:
            now = self.clock.monotonic()
            wait = seconds_to_wait(self._window, now)
            if 0 < wait <= max_wait:
                # A response in another event loop cannot wake this task.
                return min(wait, _POLL_INTERVAL) if len(self._queues) > 1 else wait
            self._consume(now)
            return 0.0

    def acquire_nowait(self) -> None:
        """Count a request that is sent now, whatever the rate limit."""
        with self._mutex:
            self._consume(self.clock.monotonic())

    def _consume(self, now: float) -> None:
        self._window = consume(self._window, now)
        self._in_flight += 1
        _sent_at.set(now)

    def window_ended_with_quota(self) -> bool:
        """Whether the last known window has ended with requests left."""
        return self._window.remaining >= 1 and self.clock.monotonic() >= self._window.ends_at

    def release(self, response: Response | None) -> None:
        """Record the end of a request, and wake the task that waits for the clock."""
        now = self.clock.now()
        limit = None if response is None else read_rate_limit(response.headers, now=now)
        self.on_response(response, limit, now)

    def on_response(
        self, response: Response | None, limit: RateLimit | None, received_at: datetime
    ) -> None:
        """Do the work of `release` with a `limit` that has been read from the response already."""
        remaining, seconds = quota_from_response(response, limit, received_at)
        with self._mutex:
            self._in_flight -= 1
            now = self.clock.monotonic()
            if seconds is not None:
                self._window = update(
                    self._window,
                    remaining,
                    seconds,
                    sent_at=_sent_at.get(now),
                    in_flight=self._in_flight,
                    now=now,
                )
            elif now >= self._window.ends_at:
                # The probe got no response: the next request may probe at once.
                self._window = evolve(self._window, probed_at=-math.inf)
            queue = self._queues.get(current_event_loop()) if self._queues else None
        if queue is not None and queue.sleep_scope is not None:
            # What the task waits for may have changed, so it computes its wait again.
            queue.sleep_scope.cancel()


def quota_from_response(
    response: Response | None, limit: RateLimit | None, now: datetime
) -> tuple[float, float | None]:
    """Return the requests left and the seconds until the reset; None when nothing is known."""
    if response is None:
        return 0, None
    if response.status_code == 429:
        wait = retry_delay_from_headers(response.headers, now=now)
        return 0, _PROBE_TIMEOUT if wait is None else wait
    if limit is None:
        # A 5xx may come from a proxy, which does not know the API's limit. Any other response
        # without a limit means that the API has none.
        return (0, None) if response.status_code >= 500 else (math.inf, _PROBE_TIMEOUT)
    return limit.remaining, (limit.reset_at - now).total_seconds()
