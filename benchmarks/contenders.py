"""What is measured: the same work by each client. Imports happen in the worker that needs them."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from .material import KEY, PAGE, RECORD_ID, TOTAL

PAGES = TOTAL // PAGE


class Contender(Protocol):
    """One client."""

    async def open(self, port: int) -> None: ...
    async def get(self) -> Any: ...
    async def page(self, number: int = 1, size: int = PAGE) -> Any: ...
    async def close(self) -> None: ...


class RawHttpx:
    """`await client.get(url)`, then `.json()`; nothing else."""

    async def open(self, port: int) -> None:
        import httpx

        self.base = f"http://127.0.0.1:{port}/v1"
        self.client = httpx.AsyncClient()

    async def get(self) -> Any:
        return (await self.client.get(f"{self.base}/listings/{RECORD_ID}")).json()

    async def page(self, number: int = 1, size: int = PAGE) -> Any:
        url = f"{self.base}/listings?limit={size}&page={number}"
        return (await self.client.get(url)).json()

    async def close(self) -> None:
        await self.client.aclose()


class RawAiohttp:
    """`session.get(url)`, then `.json()`."""

    async def open(self, port: int) -> None:
        import aiohttp

        self.base = f"http://127.0.0.1:{port}/v1"
        self.session = aiohttp.ClientSession()

    async def _fetch(self, url: str) -> Any:
        async with self.session.get(url) as response:
            return await response.json()

    async def get(self) -> Any:
        return await self._fetch(f"{self.base}/listings/{RECORD_ID}")

    async def page(self, number: int = 1, size: int = PAGE) -> Any:
        return await self._fetch(f"{self.base}/listings?limit={size}&page={number}")

    async def close(self) -> None:
        await self.session.close()


class Stock:
    """The output of openapi-python-client with its own templates."""

    async def open(self, port: int) -> None:
        from actually_care_api_client import AuthenticatedClient
        from actually_care_api_client.api.listings import get_listings, get_listings_id

        self._one, self._list = get_listings_id.asyncio, get_listings.asyncio
        self.client = AuthenticatedClient(base_url=f"http://127.0.0.1:{port}/v1", token=KEY)

    async def get(self) -> Any:
        from uuid import UUID

        return await self._one(UUID(RECORD_ID), client=self.client)

    async def page(self, number: int = 1, size: int = PAGE) -> Any:
        return await self._list(client=self.client, page=number, limit=size)

    async def close(self) -> None:
        await self.client.get_async_httpx_client().aclose()


class Ours:
    """The SDK; `transport` as its users choose it."""

    def __init__(self, transport: str = "") -> None:
        self._transport = {"transport": transport} if transport else {}

    async def open(self, port: int) -> None:
        from actuallycare import AsyncActuallyCare

        base_url = f"http://127.0.0.1:{port}/v1"
        self.client: Any = AsyncActuallyCare(KEY, base_url=base_url, **self._transport)

    async def get(self) -> Any:
        return await self.client.listings.get(RECORD_ID)

    async def page(self, number: int = 1, size: int = PAGE) -> Any:
        return await self.client.listings.list(page=number, limit=size)

    async def close(self) -> None:
        await self.client.aclose()


CONTENDERS: dict[str, Callable[[], Contender]] = {
    "httpx": RawHttpx,
    "httpx with sniffio": RawHttpx,
    "raw aiohttp": RawAiohttp,
    "stock": Stock,
    "ours": Ours,
    "ours, stdlib json": Ours,
    "ours, aiohttp": lambda: Ours("aiohttp"),
    "ours, httpx2": lambda: Ours("httpx2"),
}

FAST = frozenset({"ours", "ours, aiohttp", "ours, httpx2", "httpx with sniffio"})
"""Those that run with what the extra `fast` brings; the others as they are installed."""


def without_fast_json() -> None:
    """As if msgspec, which the environment holds as a peer, were not installed."""
    sys.modules["msgspec"] = None  # type: ignore[assignment]


Work = Callable[[Contender, int], Awaitable[int]]
"""Does its work `n` times; what to divide the cost by."""


async def get(client: Contender, n: int) -> int:
    for _ in range(n):
        await client.get()
    return n


async def page(client: Contender, n: int, size: int = PAGE) -> int:
    for _ in range(n):
        await client.page(1, size)
    return n


async def at_once(client: Contender, n: int, tasks: int = 50) -> int:
    for _ in range(n):
        await asyncio.gather(*(client.get() for _ in range(tasks)))
    return n * tasks


async def collect(client: Contender, n: int) -> int:
    """All records, 8 requests in flight."""
    for _ in range(n):
        if isinstance(client, Ours):
            items = await client.client.listings.list(limit=PAGE).collect(concurrency=8)
            assert len(items) == TOTAL
            continue
        gate = asyncio.Semaphore(8)

        async def fetch(number: int, gate: asyncio.Semaphore = gate) -> Any:
            async with gate:
                return await client.page(number)

        await client.page(1)
        await asyncio.gather(*(fetch(number) for number in range(2, PAGES + 1)))
    return n


async def consume(client: Contender, n: int, milliseconds: int = 0, blocking: bool = False) -> int:
    """`n` pages with read-ahead of one, the consumer taking its time over each page.

    Ours by `async for`, the others by a task for the next page, as their users would write it.
    Work that is `blocking` awaits nothing.
    """

    async def work() -> None:
        if blocking:
            time.sleep(milliseconds / 1000)  # noqa: ASYNC251 - it is what is measured
        else:
            await asyncio.sleep(milliseconds / 1000)

    if not isinstance(client, Ours):
        upcoming = asyncio.create_task(client.page(1))
        for number in range(2, n + 2):
            await upcoming
            upcoming = asyncio.create_task(client.page(number))
            await work()
        upcoming.cancel()
        return n
    seen = 0
    async with client.client.listings.list(limit=PAGE).prefetch() as listings:
        async for _ in listings:
            seen += 1
            if seen % PAGE == 0:
                await work()
            if seen == n * PAGE:
                break
    return n


async def wait(client: Contender, n: int, form: str = "") -> int:
    """One call that is refused once; the seconds are what counts."""
    assert isinstance(client, Ours)
    for _ in range(n):
        await client.client.listings.get(f"wait-{form}")
    return n


WORKS: dict[str, Callable[..., Awaitable[int]]] = {
    work.__name__: work for work in (get, page, at_once, collect, consume, wait)
}


async def timed(client: Contender, name: str, n: int, *more: Any) -> dict[str, float]:
    """Seconds of CPU and of the clock, for each unit of work."""
    wall, cpu = time.perf_counter(), time.process_time()
    units = await WORKS[name](client, n, *more)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {"cpu": cpu / units, "wall": wall / units}
