"""What every transport promises beside the fault table, on each event loop that it runs on."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import pytest

from actuallycare import AsyncActuallyCare, DecodeError, Request, RetryPolicy
from actuallycare._core.operation import Operation
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, FaultServer, serving
from tests.faults.runner import KEY, WAYS, Library, transport_of

GET = Operation("listings.get", "GET", "/listings/{id}", auth=("key",))

every_way = pytest.mark.parametrize(("library", "anyio_backend"), WAYS)


@asynccontextmanager
async def connected(
    server: FaultServer, library: Library, proxy: str | None = None
) -> AsyncIterator[AsyncActuallyCare]:
    async with (
        transport_of(library, proxy) as transport,
        AsyncActuallyCare(
            KEY,
            base_url=f"{server.origin}/v1",
            transport=transport,
            retry=RetryPolicy(backoff_base=0.001),
        ) as client,
    ):
        yield client


@pytest.mark.anyio
@every_way
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize(("limit", "fits"), [(None, True), (100_000, True), (99_999, False)])
async def test_a_body_may_be_exactly_as_long_as_the_limit(
    library: Library, encoding: str, limit: int | None, fits: bool
) -> None:
    body = b"0123456789" * 10_000
    sent = gzip.compress(body) if encoding == "gzip" else body

    with serving(bad.sends(sent, Content_Encoding=encoding)) as server:
        request = Request(GET, "GET", f"{server.origin}/v1", {}, timeout=10, max_bytes=limit)
        async with transport_of(library) as transport:
            if fits:
                assert (await transport.send(request)).content == body
            else:
                with pytest.raises(DecodeError):
                    await transport.send(request)


@pytest.mark.anyio
@every_way
async def test_cookies_are_not_kept(library: Library) -> None:
    with serving(bad.sends(bad.envelope(), Set_Cookie="session=sample; Path=/")) as server:
        async with connected(server, library) as client:
            for _ in range(2):
                await client.listings.get("1")
    assert not [seen for seen in server.requests if b"cookie" in seen.head.lower()]


@pytest.mark.anyio
@every_way
async def test_headers_come_through_whatever_their_case_and_number(library: Library) -> None:
    answer = bad.WHOLE.replace(
        b"\r\n\r\n", b"\r\nX-SAMPLE: one\r\nx-sample: two\r\nX-Other: \xe9\r\n\r\n", 1
    )

    with serving(bad.answers(answer)) as server:
        async with connected(server, library) as client:
            response = await client.listings.with_raw_response.get("1")
            assert response.headers["x-Sample"] == "one, two"
            assert response.headers["content-type"] == "application/json"


@pytest.mark.anyio
@every_way
async def test_a_connection_serves_many_calls(library: Library) -> None:
    with serving(bad.works) as server:
        async with connected(server, library) as client:
            for _ in range(10):
                await client.listings.get("1")
    assert server.connections == 1


@pytest.mark.anyio
@every_way
async def test_a_connection_that_the_server_has_closed_is_not_an_error(library: Library) -> None:
    with serving(bad.answers(bad.WHOLE)) as server:
        async with connected(server, library) as client:
            for _ in range(5):
                await client.listings.get("1")
                await anyio.sleep(0.02)  # until the end of the connection has arrived
    assert len(server.requests) == 5


@pytest.mark.anyio
@every_way
async def test_requests_go_through_the_proxy_of_the_callers_client(library: Library) -> None:
    with serving(bad.works) as server, serving(bad.works) as proxy:
        async with connected(server, library, f"http://127.0.0.1:{proxy.port}") as client:
            await client.listings.get("1")
        assert proxy.requests[0].line == f"GET {server.origin}/v1/listings/1 HTTP/1.1"
    assert not server.requests


@pytest.mark.anyio
@every_way
async def test_cancelled_calls_leave_no_connection_behind(library: Library) -> None:
    def slow(connection: Connection) -> bool:
        connection.pause(0.03)
        connection.send(bad.WHOLE)
        return True

    with serving(slow) as server:
        async with connected(server, library) as client:
            for _ in range(3):
                with anyio.move_on_after(0.01) as scope:
                    async with anyio.create_task_group() as group:
                        for _ in range(20):
                            group.start_soon(client.listings.get, "1")
                assert scope.cancelled_caught
            # As many at once as ever, and each gets an answer of its own.
            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(client.listings.get, "1")
        for _ in range(200):
            if server.open_connections == 0:
                break
            await anyio.sleep(0.02)
        assert server.open_connections == 0
