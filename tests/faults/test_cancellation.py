"""Calls cancelled at any time leave nothing behind: no socket, task, lock or memory."""

from __future__ import annotations

import asyncio
import gc
import json
import math
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import anyio
import psutil
import pytest
import trio.lowlevel

from actuallycare import (
    ActuallyCareError,
    APIConnectionError,
    AsyncActuallyCare,
    Login,
    Pacer,
    Request,
    RetryPolicy,
)
from actuallycare._core.auth.login import LoginTokenSource
from actuallycare._core.operation import Operation
from actuallycare._core.transports.httpx import HttpxTransport
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, FaultServer, serving

KEY = "0123456789abcdef" * 4
AT_ONCE = 20
LIMIT = 100
"""Requests at once, once the cancelled ones are over."""
PAGE = bad.response(
    json.dumps(
        {
            "success": True,
            "data": {"contacts": [bad.RECORD] * 2, "meta": {"page": 1, "hasMore": False}},
        }
    ).encode()
)
TOKENS = bad.response(
    b'{"success": true, "data": {"token": "a.b.c", "refreshToken": "d", "expiresIn": 0.2}}'
)


def answer(server: FaultServer) -> Callable[[Connection], bool]:
    """Answers sooner or later, sometimes in two pieces, sometimes with a 503."""
    dice = random.Random(1)

    def fault(connection: Connection) -> bool:
        head = server.requests[-1].head  # of about now: any answer will do
        whole = PAGE if b"/contacts" in head else TOKENS if b"/auth/" in head else bad.WHOLE
        connection.pause(dice.random() * 0.002)
        if dice.random() < 0.1:
            connection.send(bad.response(bad.HTML, 503, "text/html"))
            return True
        connection.send(whole[:60])
        connection.pause(dice.random() * 0.002)
        connection.send(whole[60:])
        return dice.random() < 0.9

    return fault


class Cancelling:
    """Makes calls of every kind and cancels each of them at a random time."""

    def __init__(self, client: AsyncActuallyCare) -> None:
        self._client, self._dice = client, random.Random(2)
        self.cancelled = self.ended = 0
        self._longest = math.inf
        """Seconds after which a call is cancelled at the latest."""

    async def calibrate(self) -> None:
        """Find out how long calls take on this machine, so as to cancel half of them."""
        begun = anyio.current_time()
        await self.make(5 * AT_ONCE)
        self._longest = (anyio.current_time() - begun) / 5 * 2
        self.cancelled = self.ended = 0

    async def make(self, count: int) -> None:
        numbers = iter(range(count))

        async def work() -> None:
            for _ in numbers:
                await self._one()

        async with anyio.create_task_group() as group:
            for _ in range(AT_ONCE):
                group.start_soon(work)

    async def _one(self) -> None:
        client = self._client
        call: Callable[[], Awaitable[Any]] = self._dice.choice(
            [
                lambda: client.listings.get("1"),
                lambda: client.listings.create(address="1 Sample St", list_price=1),
                lambda: client.contacts.list().collect(),
            ]
        )
        delay = math.inf if self._longest == math.inf else self._dice.random() * self._longest
        with anyio.move_on_after(delay) as scope:
            # A 503, or an answer to another request: not what this is about.
            with suppress(ActuallyCareError):
                await call()
        self.cancelled += scope.cancelled_caught
        self.ended += not scope.cancelled_caught


def tasks_now() -> int:
    """Tasks of the running event loop."""
    try:
        return len(asyncio.all_tasks())
    except RuntimeError:
        return trio.lowlevel.current_statistics().tasks_living


def objects_now() -> int:
    for _ in range(3):
        gc.collect()
    return len(gc.get_objects())


async def prove(server: FaultServer, count: int) -> None:
    transport, pacer = HttpxTransport(), Pacer()
    client = AsyncActuallyCare(
        KEY,
        token=Login("sample@example.com", "Sample-Passw0rd"),
        base_url=f"{server.origin}/v1",
        transport=transport,
        rate_limiter=pacer,
        timeout=10,
        retry=RetryPolicy(max_attempts=3, backoff_base=0.002),
    )
    tasks = tasks_now()
    cancelling = Cancelling(client)
    await cancelling.calibrate()
    await cancelling.make(count // 2)
    server.requests.clear()
    objects, memory = objects_now(), psutil.Process().memory_info().rss
    await cancelling.make(count - count // 2)
    server.requests.clear()

    # Much was cancelled, and much was not.
    assert cancelling.cancelled > count / 10
    assert cancelling.ended > count / 10
    # Memory is flat: the second half left nothing behind that the first had not.
    assert objects_now() - objects < 1_000
    assert psutil.Process().memory_info().rss - memory < 8 * 2**20
    # No call, task or lock is left.
    assert tasks_now() == tasks
    assert not client._sender.lifecycle._calls
    assert pacer._in_flight == 0
    assert not any(queue.lock.locked() for queue in pacer._queues.values())
    session = client._sender.credentials.tokens
    assert isinstance(session, LoginTokenSource)
    assert session._in_flight is None
    assert server.open_connections <= LIMIT

    # The pool serves again, as many at once as ever, and no connection is taken.
    operation = Operation("listings.get", "GET", "/listings/{id}")
    request = Request(operation, "GET", f"{server.origin}/v1/listings/1", {}, timeout=10)
    statuses: list[int] = []

    async def again() -> None:
        for _ in range(10):
            # The server closes a tenth of the connections, some of them under a request.
            with suppress(APIConnectionError):
                statuses.append((await transport.send(request)).status_code)

    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            for _ in range(LIMIT):
                group.start_soon(again)
    assert len(statuses) > LIMIT * 9
    idle = list(transport._pool._available)
    pools: list[Any] = [connection.opener._pool for connection in idle]
    assert len(pools) <= LIMIT
    assert all(c.is_idle() or c.is_closed() for pool in pools for c in pool.connections)

    await client.aclose()
    await transport.aclose()
    assert not any(pool.connections for pool in pools)
    for _ in range(500):
        if server.open_connections == 0:
            break
        await anyio.sleep(0.02)
    assert server.open_connections == 0


async def run_it(count: int) -> None:
    def fault(connection: Connection) -> bool:
        return respond(connection)

    with serving(fault) as server:
        respond = answer(server)
        await prove(server, count)


@pytest.mark.anyio
async def test_500_cancelled_calls_leave_nothing_behind() -> None:
    await run_it(500)


@pytest.mark.anyio
@pytest.mark.slow
async def test_10_000_cancelled_calls_leave_nothing_behind() -> None:
    await run_it(10_000)
