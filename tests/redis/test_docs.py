"""The blocks of docs/scale.md run against a real Redis and the sandbox."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from actuallycare_sandbox import RunningSandbox, Settings, run_sandbox
from tests.redis.server import RedisServer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def sandbox() -> Generator[RunningSandbox]:
    with run_sandbox(Settings(records=10)) as running:
        yield running


@pytest.mark.asyncio
@pytest.mark.parametrize("code", BLOCKS, ids=range(len(BLOCKS)))
async def test_the_block_runs(
    code: str,
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
    namespace: dict[str, Any] = {"__name__": "scale"}
    compiled = compile(code, "scale.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(compiled, namespace)  # noqa: S307
    if inspect.iscoroutine(result):
        await result


def test_the_page_has_a_block_for_each_adapter() -> None:
    text = "".join(BLOCKS)
    for name in ("RedisRateLimiter(", "RedisTokenStore(", "RedisIdempotencyStore("):
        assert name in text
