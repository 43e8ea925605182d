"""The sandbox's clock: the system time, which tests can freeze or advance."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

_LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()
"""Leaves room below `datetime.max` for expiry dates years after the current time."""


class Clock:
    """Seconds since the epoch, with an offset that `advance` and `freeze` change.

    Rate limits, tokens, lockouts, timestamps and webhook retries all read this clock, so a test
    moves all of them at once and never sleeps. `listeners` are called after each change of the
    time, for code that waits until a given time.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self._frozen: float | None = None
        self.listeners: list[Callable[[], None]] = []

    def time(self) -> float:
        """Return the time in seconds since the epoch."""
        return self._source() + self._offset if self._frozen is None else self._frozen

    def now(self) -> datetime:
        """Return the time as a datetime in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, seconds: float) -> None:
        """Move the clock forwards. A running clock keeps running, a frozen one stays frozen.

        Raises:
            ValueError: `seconds` is negative, or the new time is after the year 9000.
        """
        if not 0 <= seconds <= _LATEST:
            raise ValueError(f"advance by 0 to {_LATEST:.0f} seconds; not by {seconds}")
        _check_range(self.time() + seconds)
        if self._frozen is None:
            self._offset += seconds
        else:
            self._frozen += seconds
        self._notify()

    def freeze(self, at: float | None = None) -> None:
        """Stop the clock at a time in seconds since the epoch; without one, at the current time.

        Raises:
            ValueError: `at` is before 1970 or after the year 9000.
        """
        if at is not None:
            _check_range(at)
        self._frozen = self.time() if at is None else at
        self._notify()

    def resume(self) -> None:
        """Let a frozen clock run again from the time at which it stopped."""
        if self._frozen is not None:
            self._offset = self._frozen - self._source()
            self._frozen = None
        self._notify()

    @property
    def frozen(self) -> bool:
        """Whether the clock is stopped."""
        return self._frozen is not None

    def reset(self) -> None:
        """Return to the system time."""
        self._offset = 0.0
        self._frozen = None
        self._notify()

    def _notify(self) -> None:
        for listener in self.listeners:
            listener()


def _check_range(at: float) -> None:
    if not 0 <= at <= _LATEST:
        raise ValueError(f"the clock goes from 1970 to the year 9000, not to {at} s")


def timestamp(at: datetime) -> str:
    """Format a datetime as the API does: `2026-06-11T18:24:09.123Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
