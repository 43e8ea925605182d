"""The sandbox's time: the machine's clock, which tests may stop or move."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

_LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()
"""Later than this a calendar could not hold what expires a year after."""


class Clock:
    """Seconds since the epoch, with an offset that `advance` and `freeze` change.

    Everything that depends on time (rate limits, tokens, lockouts, timestamps, retries of webhook
    deliveries) reads this one clock, so a test moves all of it at once and never sleeps. What
    waits for a time is in `listeners`, which are called when the time was changed.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self._frozen: float | None = None
        self.listeners: list[Callable[[], None]] = []

    def time(self) -> float:
        """Seconds since the epoch."""
        return self._source() + self._offset if self._frozen is None else self._frozen

    def now(self) -> datetime:
        """The same instant in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, seconds: float) -> None:
        """Move forwards by so many seconds; the clock keeps running if it ran.

        Raises:
            ValueError: into the past, or out of the calendar.
        """
        if not 0 <= seconds <= _LATEST:
            raise ValueError(f"advance by 0 to {_LATEST:.0f} seconds; not by {seconds}")
        _check(self.time() + seconds)
        if self._frozen is None:
            self._offset += seconds
        else:
            self._frozen += seconds
        self._changed()

    def freeze(self, at: float | None = None) -> None:
        """Stop at an instant (epoch seconds); without one, now.

        Raises:
            ValueError: the instant is out of the calendar.
        """
        if at is not None:
            _check(at)
        self._frozen = self.time() if at is None else at
        self._changed()

    def resume(self) -> None:
        """Run again, from where it was stopped."""
        if self._frozen is not None:
            self._offset = self._frozen - self._source()
            self._frozen = None
        self._changed()

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._frozen is not None

    def reset(self) -> None:
        """Back to the machine's own time."""
        self._offset, self._frozen = 0.0, None
        self._changed()

    def _changed(self) -> None:
        for listener in self.listeners:
            listener()


def _check(at: float) -> None:
    if not 0 <= at <= _LATEST:
        raise ValueError(f"the clock goes from 1970 to the year 9000, not to {at} s")


def timestamp(at: datetime) -> str:
    """An instant as the API writes it: `2026-06-11T18:24:09.123Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
