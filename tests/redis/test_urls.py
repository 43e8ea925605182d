"""The adapters work with each kind of server that redis-py reaches by a URL or a Sentinel."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest
import trustme
from cryptography.fernet import Fernet
from redis.asyncio import Redis, RedisCluster, Sentinel
from redis.exceptions import RedisError

from actuallycare import Response, Tokens
from actuallycare.redis import RedisIdempotencyStore, RedisRateLimiter, RedisTokenStore
from tests.ports import free_port
from tests.redis.server import BINARY, redis_server

PASSWORD = "sample-password"
ANSWER = Response(
    200,
    {"RateLimit-Limit": "500", "RateLimit-Remaining": "100", "RateLimit-Reset": "60"},
    b"{}",
)


async def until(is_ready: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(200):
        if await is_ready():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the server was not ready within 10 s")


async def use_all_adapters(client: Redis | RedisCluster) -> None:
    async with client, RedisRateLimiter(client, fail_open=False) as limiter:
        for _ in range(3):
            await limiter.acquire()
            limiter.release(ANSWER)
        key = Fernet.generate_key()
        first, second = (
            RedisTokenStore(client, account="sample", key=key, fail_open=False) for _ in range(2)
        )
        assert await first.load() is None
        await first.save(Tokens("one", "refresh"))
        assert await second.load() == Tokens("one", "refresh")
        deliveries = RedisIdempotencyStore(client)
        assert await deliveries.acquire("key")
        await deliveries.complete("key", done=False)
        assert await deliveries.acquire("key")
        await deliveries.complete("key", done=True)
        assert not await deliveries.acquire("key")


@pytest.mark.asyncio
@pytest.mark.parametrize("options", ["", "?decode_responses=True", "?protocol=3"])
async def test_a_url_with_a_password(options: str) -> None:
    with redis_server("--requirepass", PASSWORD) as server:
        url = f"redis://:{PASSWORD}@127.0.0.1:{server.port}/1{options}"
        await use_all_adapters(Redis.from_url(url))


@pytest.mark.asyncio
async def test_a_url_with_tls(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(tmp_path / "server.pem"))
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    port = free_port()
    options = {
        "--tls-port": port,
        "--tls-cert-file": tmp_path / "server.pem",
        "--tls-key-file": tmp_path / "key.pem",
        "--tls-ca-cert-file": tmp_path / "authority.pem",
        "--tls-auth-clients": "no",
    }
    with redis_server(*(str(part) for option in options.items() for part in option)):
        url = f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={tmp_path}/authority.pem"
        await use_all_adapters(Redis.from_url(url))


@pytest.mark.asyncio
async def test_a_cluster() -> None:
    # The port of the cluster's bus is 10,000 higher by default, which may be no port.
    bus = ("--cluster-port", f"{free_port()}")
    with redis_server("--cluster-enabled", "yes", *bus) as server:
        node: Any = Redis.from_url(server.url)

        async def is_ready() -> bool:
            return b"cluster_state:ok" in await node.execute_command("CLUSTER", "INFO")

        async with node:
            await node.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
            await until(is_ready)
        await use_all_adapters(RedisCluster.from_url(f"redis://127.0.0.1:{server.port}"))


@pytest.mark.asyncio
async def test_a_sentinel(tmp_path: Path) -> None:
    port = free_port()
    configuration = tmp_path / "sentinel.conf"
    with redis_server() as main:
        configuration.write_text(
            f"port {port}\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 {main.port} 1\n"
        )
        command = (str(BINARY), str(configuration), "--sentinel", "--dir", str(tmp_path))
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        sentinel = cast("Any", Sentinel)([("127.0.0.1", port)])

        async def is_ready() -> bool:
            try:
                await sentinel.discover_master("main")
            except RedisError:
                return False
            return True

        try:
            await until(is_ready)
            await use_all_adapters(sentinel.master_for("main"))
        finally:
            process.kill()
            await process.wait()
            for client in sentinel.sentinels:
                await client.aclose()
