"""Which deliveries have been worked on: the hook for replay protection."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

KEEP: Final = 24 * 3600.0
"""Seconds that a delivery is remembered; no shorter than the tolerance of its timestamp."""


class DeliveryLog(Protocol):
    """Remembers deliveries by `WebhookEvent.key`, for one process or, in a database, for many.

    A delivery is worked on between `claim` and `settle`. Where a process may die in between, let
    its claim lapse after a while, so that the vendor's next attempt is worked on.
    """

    async def claim(self, key: str) -> bool:
        """Note that this delivery is being worked on; False when it was noted before."""
        ...

    async def settle(self, key: str, *, done: bool) -> None:
        """The work succeeded, or it did not: then the next attempt may claim the delivery again."""
        ...


class MemoryLog:
    """A `DeliveryLog` of one process.

    Args:
        keep: seconds that a delivery is remembered.
        most: deliveries that are remembered at most; the oldest are forgotten first.
        monotonic: seconds from an arbitrary point.
    """

    def __init__(
        self,
        *,
        keep: float = KEEP,
        most: int = 100_000,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep, self._most, self._monotonic = keep, most, monotonic
        self._claimed: dict[str, float] = {}  # key → when; in the order of time

    async def claim(self, key: str) -> bool:
        """See `DeliveryLog`."""
        now = self._monotonic()
        self._forget(now)
        if key in self._claimed:
            return False
        self._claimed[key] = now
        return True

    async def settle(self, key: str, *, done: bool) -> None:
        """See `DeliveryLog`."""
        if not done:
            self._claimed.pop(key, None)

    def __len__(self) -> int:
        return len(self._claimed)

    def _forget(self, now: float) -> None:
        while self._claimed:
            oldest = next(iter(self._claimed))
            if len(self._claimed) < self._most and now - self._claimed[oldest] < self._keep:
                return
            del self._claimed[oldest]
