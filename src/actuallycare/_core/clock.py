"""Time as the SDK sees it. Pass another one to make waits instant in tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

import anyio


class Clock(Protocol):
    """What the SDK asks of time."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary point, never going back."""
        ...

    def now(self) -> datetime:
        """The time of day (UTC, aware)."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; cancellable."""
        ...


class SystemClock:
    """The real time, on whichever event loop runs; or its stand-in, while there is one."""

    def monotonic(self) -> float:
        return anyio.current_time() if _stand_in is None else _stand_in.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC) if _stand_in is None else _stand_in.now()

    async def sleep(self, seconds: float) -> None:
        await (anyio.sleep(seconds) if _stand_in is None else _stand_in.sleep(seconds))


_stand_in: Clock | None = None


def set_stand_in(clock: Clock | None) -> Clock | None:
    """Let `clock` answer for every SystemClock of this process (None: none). Returns the former.

    For `actuallycare.testing`. One for the process rather than for a context: a test and the
    program that it tests may run in different tasks, threads and event loops.
    """
    global _stand_in
    former, _stand_in = _stand_in, clock
    return former
