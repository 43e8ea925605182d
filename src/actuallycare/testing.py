"""Skip the SDK's waits in tests of programs that use it::

    with actuallycare.testing.instant() as clock:
        run_the_program()
    assert clock.waits == [900.0]

For tests only. Retrying a real API without waiting will get you rate limited.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import anyio.lowlevel

from ._core.clock import override_clock

__all__ = ["InstantClock", "instant"]


class InstantClock:
    """A clock that skips each wait. Pass it as `clock=` to a client and to its `Pacer`, or use
    `instant` to replace the real time everywhere.

    Waits of several tasks overlap, as in real time. Timeouts of attempts and deadlines of the
    caller do not use this clock: they pass in real time.

    Args:
        on_advance: functions to call with the seconds of each jump, such as the sandbox's
            `backend.clock.advance`.
    """

    waits: list[float]
    """The seconds of each wait, in the order in which they ended."""

    def __init__(self, *on_advance: Callable[[float], object]) -> None:
        self.waits = []
        self._callbacks = [*on_advance]
        self._offset = 0.0

    def monotonic(self) -> float:
        """Seconds from an arbitrary point, the jumps included."""
        return time.monotonic() + self._offset

    def now(self) -> datetime:
        """The time of day (UTC, aware), the jumps included."""
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run once, then jump to the end of the wait."""
        until = self.monotonic() + seconds
        await anyio.lowlevel.checkpoint()
        self.waits.append(seconds)
        self.advance(max(0.0, until - self.monotonic()))

    def advance(self, seconds: float) -> None:
        """Jump and call the callbacks. ValueError for less than 0 seconds."""
        if seconds < 0:
            raise ValueError(f"seconds is {seconds}; time does not go back: 0 or more was expected")
        self._offset += seconds
        for callback in self._callbacks:
            callback(seconds)

    def subscribe(self, callback: Callable[[float], object]) -> None:
        """Call `callback` with the seconds of each later jump."""
        self._callbacks.append(callback)


@contextmanager
def instant(*on_advance: Callable[[float], object]) -> Generator[InstantClock]:
    """Skip waits in this process until the block ends.

    This affects each client and `Pacer` without a clock of its own, created before or inside the
    block, in any task, thread and event loop.

    Args:
        on_advance: see `InstantClock`.
    """
    clock = InstantClock(*on_advance)
    former = override_clock(clock)
    try:
        yield clock
    finally:
        override_clock(former)
