"""Redis away or slow: fail open or closed, within the timeout; logged once; recovers by itself."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import suppress

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from actuallycare import Response, Tokens
from actuallycare.redis import (
    RedisIdempotencyStore,
    RedisRateLimiter,
    RedisTokenStore,
    RedisUnavailableError,
)
from tests.ports import free_port
from tests.redis.server import RedisServer, redis_server

TIMEOUT = 0.1
URL = "https://api.example.com/v1"
ANSWER = Response(
    200,
    {"RateLimit-Limit": "500", "RateLimit-Remaining": "100", "RateLimit-Reset": "60"},
    b"{}",
)


@pytest_asyncio.fixture(params=["closed port", "no answer"])
async def away(request: pytest.FixtureRequest) -> AsyncGenerator[Redis]:
    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(30)  # reads nothing, answers nothing
        finally:
            writer.close()

    if request.param == "closed port":
        client = Redis(port=free_port())
        yield client
        await client.aclose()
        return
    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    client = Redis(port=server.sockets[0].getsockname()[1])
    yield client
    await client.aclose()
    server.close()


@pytest.mark.asyncio
async def test_a_wait_without_redis_is_reported(away: Redis) -> None:
    limiter = RedisRateLimiter(away, base_url=URL, timeout=TIMEOUT)
    await limiter.acquire()
    spent = {**ANSWER.headers, "RateLimit-Remaining": "0"}
    limiter.release(Response(200, spent, b"{}"))
    waits: list[float] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await limiter.acquire_reporting(waits.append)
    assert len(waits) == 1
    assert 50 < waits[0] <= 60


@pytest.mark.asyncio
async def test_open_adapters_work_without_redis(
    away: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    limiter = RedisRateLimiter(away, base_url=URL, timeout=TIMEOUT)
    tokens = RedisTokenStore(away, base_url=URL, account="a", plaintext=True, timeout=TIMEOUT)
    deliveries = RedisIdempotencyStore(away, base_url=URL, timeout=TIMEOUT, fail_open=True)
    started = time.monotonic()
    for _ in range(20):
        await limiter.acquire()
        limiter.release(ANSWER)
        assert await tokens.load() is None
        await tokens.save(Tokens("one"))
        assert await deliveries.acquire("key")
        await deliveries.complete("key", done=True)
    assert time.monotonic() - started < 30 * TIMEOUT  # only the first call of each waits, of 100
    warnings = [r for r in caplog.records if r.levelno >= logging.WARNING and "redis" in r.message]
    assert len(warnings) == 3


@pytest.mark.asyncio
async def test_closed_adapters_raise_without_redis(away: Redis) -> None:
    limiter = RedisRateLimiter(away, base_url=URL, timeout=TIMEOUT, fail_open=False)
    tokens = RedisTokenStore(
        away, base_url=URL, account="a", plaintext=True, timeout=TIMEOUT, fail_open=False
    )
    deliveries = RedisIdempotencyStore(away, base_url=URL, timeout=TIMEOUT)
    started = time.monotonic()
    for call in (
        limiter.acquire(),
        tokens.load(),
        tokens.save(Tokens("one")),
        deliveries.acquire("key"),
    ):
        with pytest.raises(RedisUnavailableError):
            await call
    await deliveries.complete("key", done=True)  # the handler has run: never an error
    assert time.monotonic() - started < 30 * TIMEOUT


@pytest.fixture
def server() -> Generator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest.mark.asyncio
async def test_a_restarted_redis_is_used_again(
    server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "actuallycare")
    client = Redis.from_url(server.url)
    limiter = RedisRateLimiter(client, base_url=URL, timeout=TIMEOUT)

    async def request() -> None:
        await limiter.acquire()
        limiter.release(ANSWER)

    try:
        await request()
        server.kill()
        async with asyncio.timeout(2):
            for _ in range(10):
                await request()
        server.start()
        async with asyncio.timeout(3):
            while not await client.keys("*"):
                await request()
                await asyncio.sleep(0.05)
    finally:
        await client.aclose()
    messages = [r.message for r in caplog.records if r.message.startswith("redis: ")]
    assert len(messages) == 2
    assert "continuing without it" in messages[0]
    assert messages[1] == "redis: rate limiter: available again"


@pytest.mark.asyncio
async def test_tasks_that_wait_without_redis_use_it_when_it_is_back(server: RedisServer) -> None:
    client = Redis.from_url(server.url)
    limiter = RedisRateLimiter(client, base_url=URL, timeout=TIMEOUT)
    server.kill()
    try:
        await limiter.acquire()
        limiter.release(Response(429, {"Retry-After": "60"}, b"{}"))
        waiting = asyncio.create_task(limiter.acquire())
        await asyncio.sleep(TIMEOUT)
        assert not waiting.done()
        server.start()
        await asyncio.wait_for(waiting, 5)
    finally:
        await client.aclose()


@pytest.mark.asyncio
async def test_two_requests_are_in_flight_without_redis() -> None:
    client = Redis(port=free_port())
    limiter = RedisRateLimiter(client, base_url=URL, timeout=TIMEOUT)
    await limiter.acquire()
    limiter.release(ANSWER)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(limiter.acquire()) for _ in range(4)]
        await asyncio.sleep(2 * TIMEOUT)
        assert [task.done() for task in tasks].count(True) == 2
        limiter.release(ANSWER)
        await asyncio.sleep(2 * TIMEOUT)
        assert [task.done() for task in tasks].count(True) == 3
        limiter.release(ANSWER)
    await client.aclose()
