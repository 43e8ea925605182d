"""One pacer, transport or client in several event loops, threads or runs."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import anyio
import pytest

from actuallycare import AsyncActuallyCare, ConfigurationError, Pacer, Request, Response
from actuallycare.transports import AiohttpTransport, Httpx2Transport, HttpxTransport
from tests.fakes import ScriptedTransport, success
from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving

KEY = "0123456789abcdef" * 4


class Limited:
    """A server that allows 10 requests in each window of 0.3 s, for all event loops."""

    limit = 10
    seconds = 0.3

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends = 0.0
        self._left = 0
        self.served = 0
        self.rejected = 0

    async def send(self, request: Request) -> Response:
        await anyio.sleep(0.002)
        with self._lock:
            now = time.monotonic()
            if now >= self._ends:
                self._ends = now + self.seconds
                self._left = self.limit
            self._left -= 1
            self.rejected += self._left < 0
            self.served += self._left >= 0
            headers = {
                "ratelimit-limit": str(self.limit),
                "ratelimit-remaining": str(max(0, self._left)),
                "ratelimit-reset": f"{self._ends - now:.3f}",
            }
        body = b'{"success": true, "data": {"id": "1"}}'
        return Response(200, headers, body)

    async def aclose(self) -> None: ...


def test_one_pacer_serves_two_threads() -> None:
    pacer = Pacer()
    server = Limited()
    ended: list[str] = []

    async def work() -> None:
        client = AsyncActuallyCare(KEY, transport=server, rate_limiter=pacer)
        with anyio.fail_after(20):
            async with anyio.create_task_group() as group:
                for _ in range(12):
                    group.start_soon(client.listings.get, "1")

    def run(backend: str) -> None:
        anyio.run(work, backend=backend)
        ended.append(backend)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("asyncio", "trio")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["asyncio", "trio"]
    assert server.served + server.rejected == 24


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_one_pacer_serves_one_run_after_another(backend: str) -> None:
    """The clock of trio starts at another time in each run."""
    pacer = Pacer()

    async def work() -> None:
        client = AsyncActuallyCare(KEY, transport=Limited(), rate_limiter=pacer)
        with anyio.fail_after(5):
            await client.listings.get("1")

    for _ in range(5):
        anyio.run(work, backend=backend)


@pytest.mark.parametrize("make", [HttpxTransport, Httpx2Transport, AiohttpTransport])
def test_a_transport_is_rejected_in_a_second_event_loop(make: Any) -> None:
    with serving(bad.works) as server:
        transport = make()

        async def work() -> None:
            client = AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", transport=transport)
            await client.listings.get("1")

        async def once() -> None:
            await work()
            await transport.aclose()

        asyncio.run(once())
        with pytest.raises(ConfigurationError, match="another event loop"):
            asyncio.run(work())


@pytest.mark.parametrize("order", [("asyncio", "trio"), ("trio", "asyncio")])
def test_a_client_is_rejected_in_the_other_async_library(order: tuple[str, str]) -> None:
    client = AsyncActuallyCare(
        KEY, transport=ScriptedTransport(success({"id": "1"})), max_concurrency=1
    )

    async def work() -> None:
        await client.listings.get("1")

    anyio.run(work, backend=order[0])
    with pytest.raises(ConfigurationError, match="another async library"):
        anyio.run(work, backend=order[1])


def test_a_client_in_use_is_rejected_in_another_thread() -> None:
    entered = threading.Event()
    leave = threading.Event()

    class Slow(ScriptedTransport):
        async def send(self, request: Request) -> Response:
            entered.set()
            await asyncio.to_thread(leave.wait)
            return await super().send(request)

    client = AsyncActuallyCare(
        KEY, transport=Slow(success({"id": "1"}), success({"id": "1"})), max_concurrency=1
    )

    async def work() -> None:
        await client.listings.get("1")

    thread = threading.Thread(target=asyncio.run, args=(work(),))
    thread.start()
    entered.wait(10)
    try:
        with pytest.raises(ConfigurationError, match="in use in another event loop"):
            asyncio.run(work())
    finally:
        leave.set()
        thread.join()
    asyncio.run(work())
