"""Idempotency store: which deliveries have been handled, so that each is handled once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from ..._core.settings import validate_callable, validate_count, validate_seconds

RETENTION: Final = 24 * 3600.0
"""Seconds for which a delivery is remembered; at least the tolerance of its timestamp."""


class IdempotencyStore(Protocol):
    """Remembers deliveries by `WebhookEvent.idempotency_key`, for one process or many.

    A delivery is handled between `acquire` and `complete`. If a process may die in between, let the
    key expire after a while, so that the vendor's next attempt is handled.
    """

    async def acquire(self, key: str) -> bool:
        """Record that this delivery is being handled; return False if that was recorded before."""
        ...

    async def complete(self, key: str, *, done: bool) -> None:
        """Record the outcome. If not `done`, the next attempt may acquire the key again."""
        ...


class InMemoryIdempotencyStore:
    """An `IdempotencyStore` for one process.

    Args:
        retention: seconds for which a delivery is remembered.
        max_entries: maximum number of remembered deliveries; the oldest are dropped first.
        monotonic: seconds since an arbitrary point.

    Raises:
        ConfigurationError: a retention that is not above 0, or less than one entry.
    """

    def __init__(
        self,
        *,
        retention: float = RETENTION,
        max_entries: int = 100_000,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        validate_callable("monotonic", monotonic)
        self._retention = validate_seconds("retention", retention)
        self._max_entries = validate_count("max_entries", max_entries)
        self._monotonic = monotonic
        self._acquired_at: dict[str, float] = {}  # in the order of time

    async def acquire(self, key: str) -> bool:
        """See `IdempotencyStore`."""
        now = self._monotonic()
        self._drop_old(now)
        if key in self._acquired_at:
            return False
        self._acquired_at[key] = now
        return True

    async def complete(self, key: str, *, done: bool) -> None:
        """See `IdempotencyStore`."""
        if not done:
            self._acquired_at.pop(key, None)

    def __len__(self) -> int:
        return len(self._acquired_at)

    def _drop_old(self, now: float) -> None:
        while self._acquired_at:
            oldest = next(iter(self._acquired_at))
            is_full = len(self._acquired_at) >= self._max_entries
            if not is_full and now - self._acquired_at[oldest] < self._retention:
                return
            del self._acquired_at[oldest]
