"""The httpx transport, beyond the fault table: limits, and no state kept between calls."""

from __future__ import annotations

import gzip
import threading
import time
import tracemalloc
import zlib

import anyio
import anyio.to_thread
import httpx
import pytest

from actuallycare import (
    ActuallyCareError,
    APITimeoutError,
    AsyncActuallyCare,
    ConfigurationError,
    DecodeError,
    Request,
    RetryPolicy,
)
from actuallycare._core.operation import Operation
from actuallycare._core.transports.httpx import HttpxTransport
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, Fault, FaultServer, serving

GET = Operation("listings.get", "GET", "/listings/{id}", auth=("key",))


def request(server: FaultServer, max_bytes: int | None = None) -> Request:
    return Request(GET, "GET", f"{server.origin}/v1", {}, timeout=10, max_bytes=max_bytes)


async def fetch(fault: Fault, max_bytes: int | None = None) -> bytes:
    with serving(fault) as server:
        transport = HttpxTransport()
        try:
            return (await transport.send(request(server, max_bytes))).content
        finally:
            await transport.aclose()


@pytest.mark.anyio
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize(("limit", "fits"), [(None, True), (100_000, True), (99_999, False)])
async def test_a_body_may_be_exactly_as_long_as_the_limit(
    encoding: str, limit: int | None, fits: bool
) -> None:
    body = b"0123456789" * 10_000
    sent = gzip.compress(body) if encoding == "gzip" else body

    fault = bad.sends(sent, Content_Encoding=encoding)
    if fits:
        assert await fetch(fault, limit) == body
    else:
        with pytest.raises(DecodeError):
            await fetch(fault, limit)


@pytest.mark.anyio
async def test_a_gzip_bomb_takes_no_more_memory_than_the_limit() -> None:
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    bomb = b"".join([packer.compress(bytes(1_000_000)) for _ in range(200)]) + packer.flush()
    limit = 1_000_000
    peak = 0

    tracemalloc.start()
    with pytest.raises(DecodeError):
        await fetch(bad.sends(bomb, Content_Encoding="gzip"), limit)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # The body, what zlib was about to add, and the server's copy of the bomb.
    assert peak < 5 * limit


@pytest.mark.anyio
async def test_bytes_after_a_body_do_not_affect_later_calls() -> None:
    def fault(connection: Connection) -> bool:
        connection.send(bad.WHOLE + b"and more than it announced")
        return True

    with serving(fault) as server:
        async with AsyncActuallyCare(
            "0" * 64, base_url=f"{server.origin}/v1", retry=RetryPolicy(backoff_base=0)
        ) as client:
            for _ in range(5):
                assert (await client.listings.get("1")).id == bad.RECORD["id"]


@pytest.mark.anyio
async def test_cookies_are_not_kept() -> None:
    fault = bad.sends(bad.envelope(), Set_Cookie="session=sample; Path=/")

    with serving(fault) as server:
        async with AsyncActuallyCare("0" * 64, base_url=f"{server.origin}/v1") as client:
            for _ in range(2):
                await client.listings.get("1")
        assert not [seen for seen in server.requests if b"cookie" in seen.head.lower()]


@pytest.mark.anyio
async def test_credentials_of_the_callers_http_client_are_not_sent() -> None:
    with serving(bad.works) as server:
        own = httpx.AsyncClient(auth=("sample", "password"))
        async with (
            own,
            AsyncActuallyCare("0" * 64, base_url=f"{server.origin}/v1", http_client=own) as client,
        ):
            await client.listings.get("1")
        assert b"authorization" not in server.requests[0].head.lower()


@pytest.mark.anyio
async def test_a_timeout_waiting_for_a_connection_is_unsent() -> None:
    arrived, released = threading.Event(), threading.Event()

    def slow(connection: Connection) -> bool:
        arrived.set()
        released.wait(20)
        connection.send(bad.WHOLE)
        return True

    with serving(slow) as server:
        own = httpx.AsyncClient(limits=httpx.Limits(max_connections=1))
        async with (
            own,
            AsyncActuallyCare(
                "0" * 64,
                base_url=f"{server.origin}/v1",
                http_client=own,
                timeout=20,
                retry=RetryPolicy(max_attempts=1),
            ) as client,
            anyio.create_task_group() as group,
        ):
            group.start_soon(client.listings.get, "1")
            await anyio.to_thread.run_sync(arrived.wait)
            hurried = client.with_options(timeout=2)
            with pytest.raises(APITimeoutError) as caught:
                await hurried.listings.create(address="1 Sample St", list_price=1)
            assert caught.value.sent is False
            released.set()
        assert len(server.requests) == 1


@pytest.mark.anyio
async def test_a_closed_http_client_raises_configuration_error() -> None:
    own = httpx.AsyncClient()
    async with AsyncActuallyCare("0" * 64, http_client=own) as client:
        await own.aclose()
        with pytest.raises(ConfigurationError, match="http_client"):
            await client.listings.get("1")


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["xn--a.example", "a" * 300 + ".example", "\u0080.example"])
async def test_an_invalid_host_name_raises_an_sdk_error(host: str) -> None:
    with pytest.raises(ActuallyCareError) as caught:
        async with AsyncActuallyCare(
            "0" * 64, base_url=f"http://{host}/v1", retry=RetryPolicy(max_attempts=1)
        ) as client:
            await client.listings.get("1")
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.anyio
async def test_expired_idle_connections_are_closed_before_the_next_request() -> None:
    together = threading.Barrier(3)

    def works_for_all_at_once(connection: Connection) -> bool | None:
        if len(server.requests) <= 3:
            together.wait(10)  # so that each of the first requests needs its own connection
        return bad.works(connection)

    with serving(works_for_all_at_once) as server:
        transport = HttpxTransport()
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(transport.send, request(server))
        idle = [connection.opener._pool for connection in transport._pool._available]
        assert len(idle) == server.connections == 3

        for connection in transport._pool._available:
            connection.expires_at = time.monotonic()
        await transport.send(request(server))
        assert not any(library_pool.connections for library_pool in idle)
        assert server.connections == 4
        await transport.aclose()
