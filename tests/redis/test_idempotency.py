"""Each delivery is handled once by several stores, which stand for as many receivers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from redis.asyncio import Redis

from actuallycare.redis import RedisIdempotencyStore
from actuallycare.webhooks.asgi import IdempotencyStore

KEY = "lead.created:Alfa Sample"


def store(redis: Redis, **options: Any) -> RedisIdempotencyStore:
    return RedisIdempotencyStore(redis, base_url="https://api.example.com/v1", **options)


@pytest.mark.asyncio
async def test_one_of_many_receivers_acquires_a_delivery(redis: Redis) -> None:
    stores: list[IdempotencyStore] = [store(redis) for _ in range(8)]
    results = await asyncio.gather(*(each.acquire(KEY) for each in stores))
    assert results.count(True) == 1


@pytest.mark.asyncio
async def test_a_handled_delivery_is_not_handled_again(redis: Redis) -> None:
    first = store(redis)
    assert await first.acquire(KEY)
    await first.complete(KEY, done=True)
    assert not await store(redis).acquire(KEY)
    assert await store(redis, label="another service").acquire(KEY)


@pytest.mark.asyncio
async def test_a_failed_delivery_may_be_handled_again(redis: Redis) -> None:
    first = store(redis)
    assert await first.acquire(KEY)
    await first.complete(KEY, done=False)
    assert await store(redis).acquire(KEY)


@pytest.mark.asyncio
async def test_a_slow_receiver_does_not_release_the_delivery_of_another(redis: Redis) -> None:
    slow = store(redis, handling_timeout=0.05)
    assert await slow.acquire(KEY)
    await asyncio.sleep(0.1)
    assert await store(redis).acquire(KEY)  # the first one counts as dead
    await slow.complete(KEY, done=False)
    assert not await store(redis).acquire(KEY)


@pytest.mark.asyncio
async def test_keys_expire_and_contain_nothing_of_the_delivery(redis: Redis) -> None:
    first = store(redis, retention=100)
    assert await first.acquire(KEY)
    await first.complete(KEY, done=True)
    (name,) = await redis.keys("*")
    assert b"Alfa" not in name
    assert 0 < await redis.ttl(name) <= 100
