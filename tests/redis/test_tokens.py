"""One login and one refresh for several stores, which stand for as many processes."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from actuallycare import AsyncActuallyCare, ConfigurationError, Login, Tokens, TokenStore
from actuallycare.redis import RedisTokenStore
from actuallycare_sandbox import RunningSandbox, Settings, run_sandbox

URL = "https://api.example.com/v1"
KEY = Fernet.generate_key()


def store(redis: Redis, **options: Any) -> RedisTokenStore:
    if not options.get("plaintext"):
        options.setdefault("key", KEY)
    return RedisTokenStore(redis, account="agent@example.com", base_url=URL, **options)


def tokens(name: str, *, seconds: float = 900) -> Tokens:
    return Tokens(name, f"refresh-{name}", datetime.now(UTC) + timedelta(seconds=seconds))


@pytest.mark.asyncio
async def test_saved_tokens_are_loaded_by_other_processes(redis: Redis) -> None:
    first: TokenStore = store(redis)
    assert await first.load() is None
    saved = tokens("one")
    await first.save(saved)
    assert await store(redis).load() == saved
    await first.save(Tokens("two"))
    assert await store(redis).load() == Tokens("two")


@pytest.mark.asyncio
async def test_one_process_logs_in_and_the_others_wait(redis: Redis) -> None:
    first = store(redis)
    assert await first.load() is None
    waiting = [asyncio.create_task(store(redis).load()) for _ in range(5)]
    await asyncio.sleep(0.15)
    assert not any(task.done() for task in waiting)
    await first.save(tokens("one"))
    loaded = await asyncio.gather(*waiting)
    assert {each.access_token for each in loaded if each is not None} == {"one"}


@pytest.mark.asyncio
async def test_one_process_renews_rejected_tokens(redis: Redis) -> None:
    first = store(redis)
    second = store(redis)
    await first.save(tokens("one"))
    await second.load()
    assert await first.load() is not None  # nobody else renews: this process may
    waiting = asyncio.create_task(second.load())
    await asyncio.sleep(0.15)
    assert not waiting.done()
    await first.save(tokens("two"))
    renewed = await waiting
    assert renewed is not None
    assert renewed.access_token == "two"


@pytest.mark.asyncio
async def test_expired_tokens_are_renewed_by_one_process(redis: Redis) -> None:
    await store(redis).save(tokens("old", seconds=-1))
    loads = [asyncio.create_task(store(redis).load()) for _ in range(4)]
    await asyncio.wait(loads, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    await asyncio.sleep(0.2)
    assert [task.done() for task in loads].count(True) == 1
    for task in loads:
        task.cancel()
    await asyncio.gather(*loads, return_exceptions=True)


@pytest.mark.asyncio
async def test_a_process_that_died_while_renewing_is_replaced(redis: Redis) -> None:
    assert await store(redis, renew_timeout=0.3).load() is None
    async with asyncio.timeout(2):
        assert await store(redis, renew_timeout=0.3).load() is None


@pytest.mark.asyncio
async def test_clear_tokens_reach_redis_only_on_request(redis: Redis) -> None:
    await store(redis).save(tokens("jwt-one"))
    key = next(name for name in await redis.keys("*") if name.endswith(b":tokens"))
    assert b"jwt-one" not in await redis.get(key)
    assert b"agent" not in key
    assert await redis.ttl(key) > 0
    await store(redis, plaintext=True).save(tokens("jwt-one"))
    assert b"jwt-one" in await redis.get(key)


@pytest.mark.asyncio
async def test_tokens_of_another_key_count_as_absent(redis: Redis) -> None:
    await store(redis).save(tokens("one"))
    assert await store(redis, key=Fernet.generate_key(), renew_timeout=0.2).load() is None
    assert await store(redis, key=[Fernet.generate_key(), KEY]).load() is not None


@pytest.mark.parametrize(
    "options", [{}, {"key": KEY, "plaintext": True}, {"key": "short"}, {"key": []}]
)
def test_encryption_is_an_explicit_choice(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        RedisTokenStore(Redis(), account="agent@example.com", base_url=URL, **options)
    assert "short" not in str(caught.value)


@pytest.fixture(scope="module")
def sandbox() -> Generator[RunningSandbox]:
    with run_sandbox(Settings(records=10)) as running:
        yield running


@pytest.mark.asyncio
async def test_six_clients_log_in_once(redis: Redis, sandbox: RunningSandbox) -> None:
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(
                AsyncActuallyCare(
                    base_url=sandbox.base_url,
                    token=Login(sandbox.email, sandbox.password),
                    token_store=store(redis),
                )
            )
            for _ in range(6)
        ]
        await asyncio.gather(*(client.contacts.list(limit=1) for client in clients))
    paths = [recorded.path for recorded in sandbox.backend.request_log.all()]
    assert paths.count("/auth/login") == 1
