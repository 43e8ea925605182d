"""Hooks of a job for the calls that are made in it: retry policy, rate limiter, attempts.

`actuallycare.bulk` sets it for each row. It is a context variable, because the calls are made by a
function of the caller, with a client of the caller.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Protocol

from ..clock import Clock
from .policy import AttemptOutcome, RetryPolicy
from .rate_limiter import RateLimiter


class Job(Protocol):
    """Something that makes many calls."""

    def retry_policy(self, own: RetryPolicy, /) -> RetryPolicy:
        """Return the policy of a call; `own` is the client's."""
        ...

    def rate_limiter(self, own: RateLimiter | None, clock: Clock, /) -> RateLimiter:
        """Return the rate limiter of a call; `own` is the client's."""
        ...

    async def start_attempt(self) -> None:
        """Record that a request is sent next. When this raises, it is not sent.

        Called for all operations, `/auth` included, but not for the login of a token source, which
        serves other calls too.
        """
        ...

    def end_attempt(self, outcome: AttemptOutcome) -> None:
        """Record how the attempt ended. A cancelled one has no status."""
        ...


current_job: ContextVar[Job | None] = ContextVar("actuallycare_job", default=None)
