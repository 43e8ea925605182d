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
    """The real time, on whichever event loop runs."""

    def monotonic(self) -> float:
        return anyio.current_time()

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)
