"""`nox -s express-test`: calls to a real Express application behind a proxy that delays by 50 ms.

Node closes an idle connection after 5 s. A request that is on its way then is lost, and a POST must
not be sent again: https://github.com/nodejs/node/issues/20256.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, NotFoundError, RetryPolicy
from tests.express.servers import delaying_proxy, node

KEY = "0123456789abcdef" * 4
CLIENTS = 48
"""Clients of one transport, which call at the same time."""
ROUNDS = 5
GAPS = (4.8, 6.2)
"""Seconds between the calls of a client: around the five after which Node closes."""
ONCE = RetryPolicy(max_attempts=1)
every_transport = pytest.mark.parametrize("transport", ["httpx", "httpx2", "aiohttp"])


async def post_with_gaps(base_url: str, transport: Any, gaps: tuple[float, float]) -> list[str]:
    """Create records from many clients at once, with pauses; return the errors."""
    errors: list[str] = []
    served = 0

    async def run_client(number: int) -> None:
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
        for number in range(CLIENTS):
            group.create_task(run_client(number))
    assert served + len(errors) == CLIENTS * ROUNDS == 240
    return errors


@pytest.mark.slow
@pytest.mark.asyncio
@every_transport
async def test_240_posts_with_pauses_around_five_seconds(transport: str) -> None:
    with node("application.js") as port:
        async with delaying_proxy(port) as base_url:
            assert await post_with_gaps(base_url, transport, GAPS) == []


@pytest.mark.slow
@pytest.mark.asyncio
@every_transport
async def test_240_posts_to_a_server_that_closes_sooner(transport: str) -> None:
    """The `Keep-Alive` header names the time: 2 s here."""
    with node("application.js", KEEP_ALIVE="2000") as port:
        async with delaying_proxy(port) as base_url:
            assert await post_with_gaps(base_url, transport, (0.8, 2.4)) == []


@pytest.mark.slow
@pytest.mark.asyncio
@every_transport
async def test_calls_to_an_express_application(transport: Any) -> None:
    """Compression, ETags, helmet's headers, the draft-8 rate limit, an empty response."""
    with node("application.js") as port:
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
