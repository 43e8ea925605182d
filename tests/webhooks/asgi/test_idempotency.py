"""The log of one process remembers what it should, and no more."""

from __future__ import annotations

import pytest

from actuallycare.webhooks.asgi import InMemoryIdempotencyStore


@pytest.mark.asyncio
async def test_the_store_forgets_old_and_excess_keys() -> None:
    now = [0.0]
    log = InMemoryIdempotencyStore(retention=10, max_entries=3, monotonic=lambda: now[0])
    assert await log.acquire("a")
    assert not await log.acquire("a")
    now[0] = 9.9
    assert not await log.acquire("a")
    now[0] = 10
    assert await log.acquire("a")
    for key in "bcd":
        assert await log.acquire(key)
    assert len(log) == 3
    assert await log.acquire("a"), "the oldest was forgotten"
    await log.complete("a", done=True)
    assert not await log.acquire("a")
    await log.complete("a", done=False)
    assert await log.acquire("a")
