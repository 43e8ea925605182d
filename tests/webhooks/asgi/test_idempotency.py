"""The log of one process remembers what it should, and no more."""

from __future__ import annotations

import pytest

from actuallycare.webhooks.asgi import MemoryLog


@pytest.mark.asyncio
async def test_the_store_forgets_old_and_excess_keys() -> None:
    now = [0.0]
    log = MemoryLog(keep=10, most=3, monotonic=lambda: now[0])
    assert await log.claim("a")
    assert not await log.claim("a")
    now[0] = 9.9
    assert not await log.claim("a")
    now[0] = 10
    assert await log.claim("a")
    for key in "bcd":
        assert await log.claim(key)
    assert len(log) == 3
    assert await log.claim("a"), "the oldest was forgotten"
    await log.settle("a", done=True)
    assert not await log.claim("a")
    await log.settle("a", done=False)
    assert await log.claim("a")
