"""When to send again, and how long to wait first. Pure: no clock, no randomness of its own."""

from __future__ import annotations

import math

from attrs import field, frozen, validators

from ..errors import ActuallyCareError

TRANSIENT = frozenset({408, 502, 503, 504})
"""Statuses that say "not now" (RFC 9110 section 15). Not 500: it does not say that another try
would fare better, and nothing that we could read of the vendor's page api/errors says so either."""


@frozen(kw_only=True)
class RetryEvent:
    """What `on_retry` is told before a call is sent again."""

    operation: str
    """Public name, such as `listings.get`."""
    attempt: int
    """The attempt that failed, 1 for the first."""
    wait: float
    """Seconds until the next attempt."""
    status: int | None
    """HTTP status; None when no complete response arrived."""
    error: ActuallyCareError
    """What would have been raised without another attempt."""
    correlation_id: str | None
    """The server's own id of the failure, where it gave one."""


@frozen
class Outcome:
    """How one attempt ended, as far as a retry depends on it."""

    status: int | None
    """HTTP status; None when no complete response arrived."""
    idempotent: bool
    """Whether the operation may be sent twice."""
    sent: bool = True
    """Whether the request may have reached the server."""
    requested_wait: float | None = None
    """Seconds that the server asks to wait."""


@frozen(kw_only=True)
class RetryPolicy:
    """How often and how long a call is tried again.

    The defaults suit a service: a 429 is waited out when the server asks for up to 30 seconds.
    The vendor's window is 15 minutes, so a script that would rather sit it out passes
    `RetryPolicy(max_wait=900, max_elapsed=1800)`. `RetryPolicy(max_attempts=1)` never retries.
    """

    max_attempts: int = field(default=5, validator=validators.ge(1))
    """Attempts in all, the first one counted."""
    max_wait: float = field(default=30.0, validator=validators.ge(0))
    """Longest single wait, in seconds. A server that asks for more ends the call at once."""
    max_elapsed: float = field(default=120.0, validator=validators.ge(0))
    """Longest time for the whole call, in seconds: no wait is begun that would pass it."""
    backoff_base: float = field(default=0.5, validator=validators.ge(0))
    """Upper bound of the first wait, in seconds, where the server names none; doubles each time."""
    backoff_cap: float = field(default=8.0, validator=validators.ge(0))
    """Upper bound of any wait that the server did not ask for, in seconds."""
    statuses: frozenset[int] = field(default=TRANSIENT, converter=frozenset)
    """Statuses beside 429 that an operation which may be repeated is tried again after."""

    def next_wait(
        self,
        attempt: int,
        outcome: Outcome,
        *,
        elapsed: float,
        time_left: float = math.inf,
        jitter: float,
    ) -> float | None:
        """Seconds to wait before attempt `attempt + 1`, or None to give up.

        `elapsed` is the seconds since the call began, `time_left` those until the caller's own
        deadline, `jitter` a number from 0 to 1.
        """
        if attempt >= self.max_attempts or not self.retries(outcome):
            return None
        wait = outcome.requested_wait
        if wait is None:
            wait = min(self.backoff_cap, self.backoff_base * 2.0 ** min(attempt - 1, 30)) * jitter
        if wait > self.max_wait or elapsed + wait > self.max_elapsed or wait >= time_left:
            return None
        return wait

    def patience(self, elapsed: float, *, time_left: float = math.inf) -> float:
        """Seconds that an attempt may be held back for because others were refused; see `Brake`."""
        if self.max_attempts == 1 or time_left <= 0:
            return 0.0
        return min(self.max_wait, self.max_elapsed - elapsed, time_left)

    def retries(self, outcome: Outcome) -> bool:
        """Whether an attempt that ended so may be repeated at all.

        A 429 was refused, and an unsent request never seen, before it had any effect: there every
        operation may be repeated. Otherwise only those that are idempotent.
        """
        if outcome.status == 429 or not outcome.sent:
            return True
        return outcome.idempotent and (outcome.status is None or outcome.status in self.statuses)
