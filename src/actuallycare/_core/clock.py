"""Time as the SDK sees it. Pass another clock to skip waits in tests."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

import anyio


class Clock(Protocol):
    """The three things that the SDK needs of time."""

    def monotonic(self) -> float:
        """Return seconds since an arbitrary point. They never go back."""
        ...

    def now(self) -> datetime:
        """Return the time of day (UTC, aware)."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; cancellable."""
        ...


class SystemClock:
    """The real time, on any event loop; or the clock that `override_clock` has set."""

    def monotonic(self) -> float:
        # Not the time of the event loop: trio's starts anew in each run, but a `Pacer` may be used
        # in one run after another, and in several threads.
        return time.monotonic() if _override is None else _override.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC) if _override is None else _override.now()

    async def sleep(self, seconds: float) -> None:
        await (anyio.sleep(seconds) if _override is None else _override.sleep(seconds))


_override: Clock | None = None


def override_clock(clock: Clock | None) -> Clock | None:
    """Make every SystemClock of this process use `clock` (None: the real time).

    Return the previous override. For `actuallycare.testing`. It applies to the process rather than
    to a context, because a test and the program under test may run in different tasks, threads and
    event loops.
    """
    global _override  # noqa: PLW0603 - the docstring says why it is one for the process
    previous = _override
    _override = clock
    return previous
