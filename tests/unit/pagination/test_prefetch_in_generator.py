"""A generator of the caller around `prefetch()`, which Python may close in another task."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import pytest

from actuallycare import AsyncActuallyCare, Request, Response
from actuallycare.models import Listing

KEY = "0123456789abcdef" * 4


class Pages:
    """A server with 100 pages of two records; later ones take longer."""

    in_flight = 0

    async def send(self, request: Request) -> Response:
        query = parse_qs(urlsplit(request.url).query)
        number = int(query.get("page", ["1"])[0])
        self.in_flight += 1
        try:
            await anyio.sleep(0.001 if number < 4 else 5)
        finally:
            self.in_flight -= 1
        meta = {"page": number, "limit": 2, "total": 200, "totalPages": 100, "hasMore": True}
        rows = [{"id": f"{number}-{row}", "address": "1 Sample St"} for row in range(2)]
        body = {"success": True, "data": {"listings": rows, "meta": meta}}
        return Response(200, {}, json.dumps(body).encode())

    async def aclose(self) -> None: ...


async def listings(client: AsyncActuallyCare) -> AsyncGenerator[Listing]:
    async with client.listings.list(limit=2).prefetch() as items:
        async for item in items:
            yield item


def test_a_generator_left_early_ends_the_requests() -> None:
    problems: list[dict[str, Any]] = []
    pages = Pages()

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, what: problems.append(what))
        client = AsyncActuallyCare(KEY, transport=pages)
        async for item in listings(client):
            if item.id == "3-1":
                break
        assert pages.in_flight
        gc.collect()
        with anyio.fail_after(3):
            while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110 (tasks of the event loop)
                await asyncio.sleep(0.001)
        assert pages.in_flight == 0

    asyncio.run(main())
    assert problems == []


def test_a_generator_left_early_ends_the_requests_on_trio() -> None:
    pages = Pages()

    async def leave_early() -> None:
        async for item in listings(AsyncActuallyCare(KEY, transport=pages)):
            if item.id == "3-1":
                break
        assert pages.in_flight

    async def main() -> None:
        with pytest.warns(ResourceWarning, match="garbage collected"):  # trio's, for any generator
            await leave_early()
        with anyio.fail_after(3):
            while pages.in_flight:  # noqa: ASYNC110 (tasks of the event loop)
                await anyio.sleep(0.001)

    anyio.run(main, backend="trio")


@pytest.mark.anyio
async def test_a_generator_may_be_closed_in_another_task() -> None:
    pages = Pages()
    generator = listings(AsyncActuallyCare(KEY, transport=pages))
    async for item in generator:
        if item.id == "3-1":
            break
    assert pages.in_flight

    async def close() -> None:
        await generator.aclose()

    with anyio.fail_after(1):
        async with anyio.create_task_group() as group:
            group.start_soon(close)
    assert pages.in_flight == 0


@pytest.mark.anyio
async def test_the_deadline_of_the_caller_ends_the_requests() -> None:
    pages = Pages()
    client = AsyncActuallyCare(KEY, transport=pages)
    with anyio.move_on_after(0.05) as scope:
        async with client.listings.list(limit=2).prefetch() as items:
            async for _ in items:
                pass
    assert scope.cancelled_caught
    assert pages.in_flight == 0


@pytest.mark.asyncio
async def test_a_cancelled_request_fails_its_page() -> None:
    client = AsyncActuallyCare(KEY, transport=Pages())
    own = asyncio.all_tasks()

    async def read() -> None:
        async with client.listings.list(limit=2).prefetch() as items:
            async for item in items:
                if item.id == "3-1":
                    for task in asyncio.all_tasks() - own:
                        task.cancel()

    with pytest.raises(RuntimeError, match="cancelled"):
        await read()
