"""Whether to send again, and how long to wait first. Pure: no clock, no randomness of its own."""

from __future__ import annotations

import math
from typing import Any, Self

from attrs import Attribute, field, frozen

from ..errors import ActuallyCareError, ConfigurationError
from ..settings import (
    read_statuses,
    shown,
    validate_bool,
    validate_count,
    validate_seconds,
)

TRANSIENT = frozenset({408, 502, 503, 504})
"""Statuses of temporary failures (RFC 9110 section 15). 500 is not one of them: neither the RFC nor
the vendor's page api/errors says that another attempt may succeed."""


@frozen(kw_only=True)
class RetryEvent:
    """Argument of `on_retry`, which is called before a call is sent again."""

    operation: str
    """Public name, such as `listings.get`."""
    attempt: int
    """The attempt that failed, 1 for the first."""
    wait: float
    """Seconds until the next attempt."""
    status: int | None
    """HTTP status; None when no complete response arrived."""
    error: ActuallyCareError
    """The error that would have been raised without another attempt."""
    correlation_id: str | None
    """The server's id of the failure, if there is one."""


@frozen(kw_only=True)
class WaitEvent:
    """Argument of `on_wait`, which is called when a call starts to wait for the rate limit."""

    operation: str
    """Public name, such as `listings.get`."""
    wait: float
    """Seconds until the request may be sent, as far as it is known now."""


@frozen
class AttemptOutcome:
    """How one attempt ended: everything that the decision to retry depends on."""

    status: int | None
    """HTTP status; None when no complete response arrived."""
    idempotent: bool
    """Whether the operation may be sent twice."""
    sent: bool = True
    """Whether the request may have reached the server."""
    retry_after: float | None = None
    """Seconds that the server asks to wait."""
    safe: bool = False
    """Whether the operation only reads."""

    @property
    def may_have_succeeded(self) -> bool:
        """Whether the request may have had an effect on the server.

        A 5xx or 408 may come from a proxy, or from a handler that failed after its change.
        """
        if self.safe:
            return False
        if self.status is None:
            return self.sent
        return self.status < 300 or self.status >= 500 or self.status == 408


def _count(_instance: object, attribute: Attribute[int], value: int) -> None:
    validate_count(attribute.name, value)


def _seconds(_instance: object, attribute: Attribute[float], value: float) -> None:
    validate_seconds(attribute.name, value, allow_zero=True)


def _bool(_instance: object, attribute: Attribute[bool], value: bool) -> None:
    validate_bool(attribute.name, value)


@frozen(kw_only=True)
class RetryPolicy:
    """How often and for how long a call is retried.

    The defaults suit a service: after a 429 the SDK waits if the server asks for up to 30 seconds.
    The vendor's window is 15 minutes. A script that should wait for the next window passes
    `RetryPolicy.patient()`. `RetryPolicy(max_attempts=1)` never retries.

    Raises:
        ConfigurationError: less than one attempt, or seconds that are negative or NaN.
    """

    max_attempts: int = field(default=5, validator=_count)
    """Number of attempts, including the first one."""
    max_wait: float = field(default=30.0, validator=_seconds)
    """Longest single wait, in seconds. If the server asks for more, the call fails at once."""
    max_elapsed: float = field(default=120.0, validator=_seconds)
    """Longest time for the whole call, in seconds: attempts and waits. No wait starts that would
    exceed it."""
    backoff_base: float = field(default=0.5, validator=_seconds)
    """Upper bound of the first wait, in seconds, if the server asks for none; doubles each time."""
    backoff_cap: float = field(default=8.0, validator=_seconds)
    """Upper bound of any wait that the server did not ask for, in seconds."""
    statuses: frozenset[int] = field(default=TRANSIENT, converter=read_statuses)
    """Statuses, besides 429, after which an idempotent operation is retried."""
    retry_unsafe: bool = field(default=False, validator=_bool)
    """Retry POST and PATCH too after a lost connection, a timeout and `statuses`. The first attempt
    may have succeeded: a record may then be created twice, since the API has no idempotency keys.
    """

    @classmethod
    def patient(cls) -> Self:
        """Return a policy for jobs without a user who waits: it waits out rate-limit windows.

        The vendor's window is 15 minutes. When other programs share the IP address, a call may have
        to wait for several, so this one waits for up to four hours.
        """
        return cls(max_attempts=20, max_wait=960.0, max_elapsed=14_400.0)

    def next_wait(
        self,
        attempt: int,
        outcome: AttemptOutcome,
        *,
        elapsed: float,
        time_left: float = math.inf,
        jitter: float,
    ) -> float | None:
        """Return the seconds to wait before attempt `attempt + 1`, or None to give up.

        `elapsed` is the number of seconds that the call has taken, `time_left` the number until the
        caller's own deadline, `jitter` a number from 0 to 1.
        """
        if attempt >= self.max_attempts or not self.retries(outcome):
            return None
        wait = outcome.retry_after
        # A server that asks for 0 seconds again and again would get all attempts at once.
        if wait is None or (wait == 0 and attempt > 1):
            wait = min(self.backoff_cap, self.backoff_base * 2.0 ** min(attempt - 1, 30)) * jitter
        if wait > self.max_wait or elapsed + wait > self.max_elapsed or wait >= time_left:
            return None
        return wait

    def max_throttle_wait(self, elapsed: float, *, time_left: float = math.inf) -> float:
        """Return how long an attempt may wait for another task's cooldown, in seconds."""
        if self.max_attempts == 1 or time_left <= 0:
            return 0.0
        return min(self.max_wait, self.max_elapsed - elapsed, time_left)

    def retries(self, outcome: AttemptOutcome) -> bool:
        """Whether the operation may be sent again after this outcome.

        A request that got a 429, or was not sent, had no effect, so every operation may be
        repeated. Otherwise only idempotent operations may, unless `retry_unsafe` is set.
        """
        if outcome.status == 429 or not outcome.sent:
            return True
        repeatable = outcome.idempotent or self.retry_unsafe
        return repeatable and (outcome.status is None or outcome.status in self.statuses)


def check_retry(_instance: object, _attribute: object, value: Any) -> None:
    """Validate an attribute: ConfigurationError unless the value is a RetryPolicy."""
    if not isinstance(value, RetryPolicy):
        raise ConfigurationError(
            f"retry is {shown(value)}; a RetryPolicy was expected, such as "
            "RetryPolicy(max_attempts=3)."
        )
