"""For the tests of programs that use the SDK: its waits take no time.

    with actuallycare.testing.instant() as clock:
        run_the_program()
    assert clock.waits == [900.0]

Only for tests: against the real API, retries without waits are what a rate limit is there for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import anyio.lowlevel

from ._core.clock import set_stand_in

__all__ = ["InstantClock", "instant"]


class InstantClock:
    """The real time, which jumps over each wait instead of waiting. Pass it as `clock=`, to a
    client and to its `Pacer`; or let `instant` put it in place of the real time everywhere.

    Waits of several tasks overlap, as they do in reality. Timeouts are not the clock's: those of
    an attempt, and deadlines of the caller, pass in real time.

    Args:
        followers: called with the seconds of each jump, such as the sandbox's
            `backend.clock.advance`.
    """

    waits: list[float]
    """The seconds of each wait, in the order in which they ended."""

    def __init__(self, *followers: Callable[[float], object]) -> None:
        self.waits = []
        self._followers = [*followers]
        self._ahead = 0.0

    def monotonic(self) -> float:
        """Seconds from an arbitrary point, the jumps included."""
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        """The time of day (UTC, aware), the jumps included."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run once, then be at the end of the wait."""
        until = self.monotonic() + seconds
        await anyio.lowlevel.checkpoint()
        self.waits.append(seconds)
        self.advance(max(0.0, until - self.monotonic()))

    def advance(self, seconds: float) -> None:
        """Jump, followers included, without a wait. ValueError for less than 0 seconds."""
        if seconds < 0:
            raise ValueError(f"seconds is {seconds}; time does not go back: 0 or more was expected")
        self._ahead += seconds
        for follower in self._followers:
            follower(seconds)

    def lead(self, follower: Callable[[float], object]) -> None:
        """From now on, call `follower` with the seconds of each jump."""
        self._followers.append(follower)


@contextmanager
def instant(*followers: Callable[[float], object]) -> Generator[InstantClock]:
    """Until the block ends, waits take no time in this process: those of each client and `Pacer`
    that was given no clock, made before or inside the block, in any task, thread and event loop.

    Args:
        followers: see `InstantClock`.
    """
    clock = InstantClock(*followers)
    former = set_stand_in(clock)
    try:
        yield clock
    finally:
        set_stand_in(former)
