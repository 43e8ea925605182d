"""`nox -s express-test`: calls to a real Express application behind a proxy that delays by 50 ms.

Node closes an idle connection after 5 s. A request that is on its way then is lost, and a POST must
not be sent again: https://github.com/nodejs/node/issues/20256.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, NotFoundError, RetryPolicy
from tests import express

KEY = "0123456789abcdef" * 4
DELAY = 0.05
"""Seconds that the proxy delays everything, in both directions."""
LANES = 48
"""Clients of one transport, which call at the same time."""
ROUNDS = 5
GAPS = (4.8, 6.2)
"""Seconds between the calls of a client: around the five after which Node closes."""
ONCE = RetryPolicy(max_attempts=1)
every_transport = pytest.mark.parametrize("transport", ["httpx", "httpx2", "aiohttp"])


@contextmanager
def application(keep_alive: str = "") -> Iterator[int]:
    """Run the Express application; return its port."""
    environment = express.environment(express.modules())
    process = subprocess.Popen(
        [express.program("node"), str(express.HERE / "application.js")],
        env={**environment, "KEEP_ALIVE": keep_alive},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["port"]
    finally:
        process.terminate()
        process.communicate()


@asynccontextmanager
async def delaying_proxy(port: int) -> AsyncIterator[str]:
    """Forward connections to `port`, and everything on them `DELAY` seconds later."""
    tasks: set[asyncio.Task[None]] = set()
    writers: set[asyncio.StreamWriter] = set()

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                loop.call_later(DELAY, _write, writer, data)
        loop.call_later(DELAY, writer.close)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream = await asyncio.open_connection("127.0.0.1", port)
        writers.update((writer, upstream[1]))
        for pair in ((reader, upstream[1]), (upstream[0], writer)):
            task = asyncio.create_task(forward(*pair))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, backlog=1024)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        for writer in writers:
            writer.close()
        await asyncio.gather(*(w.wait_closed() for w in writers), return_exceptions=True)


def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)


async def post_with_gaps(base_url: str, transport: Any, gaps: tuple[float, float]) -> list[str]:
    """Create records from many clients at once, with pauses; return the errors."""
    errors: list[str] = []
    served = 0

    async def lane(number: int) -> None:
        nonlocal served
        dice = random.Random(number)
        async with AsyncActuallyCare(
            KEY, base_url=base_url, transport=transport, retry=ONCE, telemetry=False
        ) as client:
            await asyncio.sleep(dice.random())
            for _ in range(ROUNDS):
                try:
                    await client.listings.create(address="1 Sample St", list_price=1)
                    served += 1
                except Exception as error:
                    errors.append(repr(error))
                await asyncio.sleep(dice.uniform(*gaps))

    async with asyncio.TaskGroup() as group:
        for number in range(LANES):
            group.create_task(lane(number))
    assert served + len(errors) == LANES * ROUNDS == 240
    return errors


@pytest.mark.slow
@pytest.mark.asyncio
@every_transport
async def test_240_posts_with_pauses_around_five_seconds(transport: str) -> None:
    with application() as port:
        async with delaying_proxy(port) as base_url:
            assert await post_with_gaps(base_url, transport, GAPS) == []


@pytest.mark.slow
@pytest.mark.asyncio
@every_transport
async def test_240_posts_to_a_server_that_closes_sooner(transport: str) -> None:
    """The `Keep-Alive` header names the time: 2 s here."""
    with application(keep_alive="2000") as port:
        async with delaying_proxy(port) as base_url:
            assert await post_with_gaps(base_url, transport, (0.8, 2.4)) == []


@pytest.mark.slow
@pytest.mark.asyncio
@every_transport
async def test_calls_to_an_express_application(transport: Any) -> None:
    """Compression, ETags, helmet's headers, the draft-8 rate limit, an empty response."""
    with application() as port:
        async with (
            delaying_proxy(port) as base_url,
            AsyncActuallyCare(KEY, base_url=base_url, transport=transport, retry=ONCE) as client,
        ):
            page = await client.listings.list(limit=20)
            assert [listing.id for listing in page.items] == [str(number) for number in range(20)]
            assert client.rate_limit is not None
            assert client.rate_limit.limit == 5000
            response = await client.listings.with_raw_response.create(
                address="2 Sample St", list_price=2
            )
            assert response.data.address == "2 Sample St"
            assert "etag" in response.headers
            assert response.headers["keep-alive"] == "timeout=5"
            await client.listings.delete("1")
            with pytest.raises(NotFoundError):
                await client.listings.get("1")
