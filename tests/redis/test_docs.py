"""The blocks of docs/scale.md run against a real Redis and the sandbox."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from actuallycare_sandbox import RunningSandbox, Settings, run_sandbox
from tests.docs.blocks import ROOT, Block, blocks_of, run_block
from tests.redis.server import RedisServer

BLOCKS = blocks_of(ROOT / "docs" / "scale.md")


@pytest.fixture(scope="module")
def sandbox() -> Generator[RunningSandbox]:
    with run_sandbox(Settings(records=10)) as running:
        yield running


@pytest.mark.asyncio
@pytest.mark.parametrize("block", BLOCKS, ids=str)
async def test_the_block_runs(
    block: Block,
    redis: Redis,
    server: RedisServer,
    sandbox: RunningSandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {
        "REDIS_URL": server.url,
        "ACTUALLYCARE_API_KEY": sandbox.api_key,
        "ACTUALLYCARE_BASE_URL": sandbox.base_url,
        "ACTUALLYCARE_EMAIL": sandbox.email,
        "ACTUALLYCARE_PASSWORD": sandbox.password,
        "TOKEN_KEY": Fernet.generate_key().decode(),
        "WEBHOOK_SECRET": "whsec_of_the_docs",
    }.items():
        monkeypatch.setenv(name, value)
    await run_block(block, {"__name__": "scale"})


def test_the_page_has_a_block_for_each_adapter() -> None:
    text = "".join(block.code for block in BLOCKS)
    for name in ("RedisRateLimiter(", "RedisTokenStore(", "RedisIdempotencyStore("):
        assert name in text
