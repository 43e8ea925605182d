"""One Redis for each module, emptied before each test."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from tests.redis.server import RedisServer, redis_server


@pytest.fixture(scope="module")
def server() -> Generator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest_asyncio.fixture
async def redis(server: RedisServer) -> AsyncGenerator[Redis]:
    client = Redis.from_url(server.url)
    await client.flushall()
    yield client
    await client.aclose()
