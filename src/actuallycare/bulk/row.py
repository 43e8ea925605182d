"""One row while it is processed: what its calls send, and whether they may have had an effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
from attrs import Factory, define, evolve, field

from .._core.clock import Clock
from .._core.http import Response
from .._core.rate_limit import RateLimit, read_rate_limit
from .._core.retry.policy import AttemptOutcome, RetryPolicy
from .._core.retry.rate_limiter import RateLimiter, acquire_permission

PATIENT = RetryPolicy.patient()

ENDED = "the run was ended before the row was finished"


@define(eq=False)
class SharedLimiter:
    """The rate limiter of all rows of a run: the client's own, or a `Pacer`.

    It counts the calls that wait, and remembers the rate limit for the progress.
    """

    limiter: RateLimiter
    clock: Clock
    waiting: int = 0
    rate_limit: RateLimit | None = None
    window: float | None = None
    """Seconds from one reset to the next, once two have been reported."""

    async def acquire(self) -> None:
        """Wait until one request may be sent."""
        await self.acquire_reporting(lambda _: None)

    async def acquire_reporting(self, on_wait: Callable[[float], None]) -> None:
        """See `WaitReporter`."""
        self.waiting += 1
        try:
            await acquire_permission(self.limiter, on_wait)
        finally:
            self.waiting -= 1

    def release(self, response: Response | None) -> None:
        """Record the end of a permitted request; None when no response arrived."""
        self.limiter.release(response)
        self._observe(response)

    def _observe(self, response: Response | None) -> None:
        if response is None:
            return
        found = read_rate_limit(response.headers, now=self.clock.now())
        if found is None:
            return
        if self.rate_limit is not None:
            later = (found.reset_at - self.rate_limit.reset_at).total_seconds()
            # The time to the reset is rounded to seconds, so one window has several.
            if later > 2:
                self.window = later
        self.rate_limit = found


@define(eq=False)
class Row:
    """The job of one row: a patient retry policy, the run's rate limiter, a count of attempts."""

    share: Callable[[RateLimiter | None, Clock], SharedLimiter]
    on_first_attempt: Callable[[], Awaitable[None]]
    scope: anyio.CancelScope = field(factory=anyio.CancelScope)
    finished: anyio.Event = field(factory=anyio.Event)
    attempts: int = 0
    in_flight: int = 0
    may_have_succeeded: bool = False
    """Whether one of the attempts that ended may have had an effect."""
    ending: bool = False
    """Whether nothing more may be sent."""
    stop: Callable[[], None] = field(
        default=Factory(lambda self: self.scope.cancel, takes_self=True), init=False
    )
    """Cancels what is not in flight."""
    _first: anyio.Lock = field(factory=lambda: anyio.Lock(fast_acquire=True), init=False)

    def retry_policy(self, own: RetryPolicy) -> RetryPolicy:
        """Return the client's policy with the patience to wait for the next window."""
        return evolve(
            own,
            max_attempts=max(own.max_attempts, PATIENT.max_attempts),
            max_wait=max(own.max_wait, PATIENT.max_wait),
            max_elapsed=max(own.max_elapsed, PATIENT.max_elapsed),
        )

    def rate_limiter(self, own: RateLimiter | None, clock: Clock) -> RateLimiter:
        """Return the limiter of the run."""
        return self.share(own, clock)

    async def start_attempt(self) -> None:
        """Record that a request is sent next; before the first one, call `on_first_attempt`."""
        async with self._first:
            if not self.attempts:
                await self.on_first_attempt()
            if self.ending:
                raise TimeoutError(ENDED)
            self.attempts += 1
        self.in_flight += 1

    def end_attempt(self, outcome: AttemptOutcome) -> None:
        """Record how the attempt ended."""
        self.in_flight -= 1
        self.may_have_succeeded = self.may_have_succeeded or outcome.may_have_succeeded
        if self.ending and not self.in_flight:
            self.stop()

    def end(self) -> None:
        """Send nothing more: cancel a wait at once, and a request after its response."""
        self.ending = True
        if not self.in_flight:
            self.stop()

    @property
    def may_have_happened(self) -> bool:
        """Whether the row, if it failed, may have had an effect on the server."""
        # The caller's function may have left a request running.
        return self.may_have_succeeded or self.in_flight > 0
