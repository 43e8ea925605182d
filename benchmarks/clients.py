"""The clients that are compared, and the jobs that each of them runs.

Each client runs in its own process, which imports only the libraries of that client.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from .fixtures import KEY, PAGE, RECORD_ID, TOTAL

PAGES = TOTAL // PAGE


class Client(Protocol):
    """What a job needs of a client."""

    async def open(self, port: int) -> None: ...
    async def get(self) -> Any: ...
    async def list_page(self, number: int = 1, size: int = PAGE) -> Any: ...
    async def close(self) -> None: ...


class Httpx:
    """`await client.get(url)`, then `.json()`."""

    async def open(self, port: int) -> None:
        import httpx

        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.client = httpx.AsyncClient()

    async def get(self) -> Any:
        return (await self.client.get(f"{self.base_url}/listings/{RECORD_ID}")).json()

    async def list_page(self, number: int = 1, size: int = PAGE) -> Any:
        url = f"{self.base_url}/listings?limit={size}&page={number}"
        return (await self.client.get(url)).json()

    async def close(self) -> None:
        await self.client.aclose()


class Aiohttp:
    """`session.get(url)`, then `.json()`."""

    async def open(self, port: int) -> None:
        import aiohttp

        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.session = aiohttp.ClientSession()

    async def _fetch(self, url: str) -> Any:
        async with self.session.get(url) as response:
            return await response.json()

    async def get(self) -> Any:
        return await self._fetch(f"{self.base_url}/listings/{RECORD_ID}")

    async def list_page(self, number: int = 1, size: int = PAGE) -> Any:
        return await self._fetch(f"{self.base_url}/listings?limit={size}&page={number}")

    async def close(self) -> None:
        await self.session.close()


class DefaultTemplates:
    """The client that openapi-python-client generates with its own templates."""

    async def open(self, port: int) -> None:
        from actually_care_api_client import AuthenticatedClient
        from actually_care_api_client.api.listings import get_listings, get_listings_id

        self._get = get_listings_id.asyncio
        self._list = get_listings.asyncio
        self.client = AuthenticatedClient(base_url=f"http://127.0.0.1:{port}/v1", token=KEY)

    async def get(self) -> Any:
        from uuid import UUID

        return await self._get(UUID(RECORD_ID), client=self.client)

    async def list_page(self, number: int = 1, size: int = PAGE) -> Any:
        return await self._list(client=self.client, page=number, limit=size)

    async def close(self) -> None:
        await self.client.get_async_httpx_client().aclose()


class SDK:
    """This project, with one of its transports."""

    def __init__(self, transport: str = "") -> None:
        self._options = {"transport": transport} if transport else {}

    async def open(self, port: int) -> None:
        from actuallycare import AsyncActuallyCare

        base_url = f"http://127.0.0.1:{port}/v1"
        self.client: Any = AsyncActuallyCare(KEY, base_url=base_url, **self._options)

    async def get(self) -> Any:
        return await self.client.listings.get(RECORD_ID)

    async def list_page(self, number: int = 1, size: int = PAGE) -> Any:
        return await self.client.listings.list(page=number, limit=size)

    async def close(self) -> None:
        await self.client.aclose()


CLIENTS: dict[str, Callable[[], Client]] = {
    "httpx": Httpx,
    "httpx + sniffio": Httpx,
    "aiohttp": Aiohttp,
    "openapi-python-client": DefaultTemplates,
    "actuallycare": SDK,
    "actuallycare, stdlib json": SDK,
    "actuallycare + aiohttp": lambda: SDK("aiohttp"),
    "actuallycare + httpx2": lambda: SDK("httpx2"),
}

WITH_FAST_EXTRA = frozenset(
    {
        "actuallycare",
        "actuallycare + aiohttp",
        "actuallycare + httpx2",
        "httpx + sniffio",
        "ActuallyCare",
        "ActuallyCare + aiohttp",
    }
)
"""Clients that run with the packages of the extra `fast`; the others run without them."""

WITHOUT_MSGSPEC = frozenset({"actuallycare, stdlib json"})
"""Clients for which msgspec, which the environment has as a peer, must not be importable."""


def hide_msgspec() -> None:
    """Make `import msgspec` fail in this process."""
    sys.modules["msgspec"] = None  # type: ignore[assignment]


async def get(client: Client, n: int) -> int:
    """Read one record, `n` times."""
    for _ in range(n):
        await client.get()
    return n


async def list_page(client: Client, n: int, size: int = PAGE) -> int:
    """Read one page, `n` times."""
    for _ in range(n):
        await client.list_page(1, size)
    return n


async def get_concurrently(client: Client, n: int, tasks: int = 50) -> int:
    """Read one record from many tasks at the same time, `n` times."""
    for _ in range(n):
        await asyncio.gather(*(client.get() for _ in range(tasks)))
    return n * tasks


async def collect(client: Client, n: int) -> int:
    """Read all records with 8 requests in flight, `n` times."""
    for _ in range(n):
        if isinstance(client, SDK):
            items = await client.client.listings.list(limit=PAGE).collect(concurrency=8)
            assert len(items) == TOTAL
            continue
        semaphore = asyncio.Semaphore(8)

        async def fetch(number: int, semaphore: asyncio.Semaphore = semaphore) -> Any:
            async with semaphore:
                return await client.list_page(number)

        await client.list_page(1)
        await asyncio.gather(*(fetch(number) for number in range(2, PAGES + 1)))
    return n


async def prefetch(client: Client, n: int, milliseconds: int = 0, blocking: bool = False) -> int:
    """Read `n` pages, prefetching one, and work for some milliseconds on each.

    The SDK does it by `prefetch()`; the other clients by a task for the next page, as their users
    would. Work is `asyncio.sleep`, or `time.sleep` if it is `blocking`.
    """

    async def work() -> None:
        if blocking:
            time.sleep(milliseconds / 1000)  # noqa: ASYNC251 - blocking work is measured
        else:
            await asyncio.sleep(milliseconds / 1000)

    if isinstance(client, SDK):
        return await _prefetch_with_sdk(client, n, work)
    next_page = asyncio.create_task(client.list_page(1))
    for number in range(2, n + 2):
        await next_page
        next_page = asyncio.create_task(client.list_page(number))
        await work()
    next_page.cancel()
    return n


async def _prefetch_with_sdk(client: SDK, n: int, work: Callable[[], Awaitable[None]]) -> int:
    count = 0
    async with client.client.listings.list(limit=PAGE).prefetch() as listings:
        async for _ in listings:
            count += 1
            if count % PAGE == 0:
                await work()
            if count == n * PAGE:
                break
    return n


async def wait_after_429(client: Client, n: int, form: str = "") -> int:
    """Read a record whose first response is a 429, `n` times."""
    assert isinstance(client, SDK)
    for _ in range(n):
        await client.client.listings.get(f"wait-{form}")
    return n


JOBS: dict[str, Callable[..., Awaitable[int]]] = {
    job.__name__: job
    for job in (get, list_page, get_concurrently, collect, prefetch, wait_after_429)
}
"""Each runs its job `n` times and returns the number by which to divide the cost."""


async def run_timed(client: Client, name: str, n: int, *arguments: Any) -> dict[str, float]:
    """Run a job; return the seconds of CPU and of elapsed time for one unit of it."""
    elapsed = time.perf_counter()
    cpu = time.process_time()
    units = await JOBS[name](client, n, *arguments)
    cpu = time.process_time() - cpu
    elapsed = time.perf_counter() - elapsed
    return {"cpu": cpu / units, "elapsed": elapsed / units}
