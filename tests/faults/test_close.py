"""`aclose()` ends, also when several tasks call it at once while calls are in progress."""

from __future__ import annotations

import anyio
import pytest

from actuallycare import APIConnectionError, AsyncActuallyCare, Request, Response, RetryPolicy
from actuallycare._core.background import BackgroundTasks
from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving
from tests.faults.runner import KEY, WAYS, Library


async def call(client: AsyncActuallyCare, ends: list[str]) -> None:
    try:
        await client.listings.get("1")
    except APIConnectionError:
        ends.append("closed")


@pytest.mark.anyio
@pytest.mark.parametrize(("library", "anyio_backend"), WAYS)
async def test_two_tasks_may_close_a_client_at_once(library: Library) -> None:
    ends: list[str] = []
    with serving(bad.drips) as server:
        client = AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", transport=library)
        with anyio.fail_after(3):
            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(call, client, ends)
                while len(server.requests) < 3:  # noqa: ASYNC110 (counted in another thread)
                    await anyio.sleep(0.001)
                for _ in range(2):
                    group.start_soon(client.aclose)
            while server.open_connections:  # noqa: ASYNC110
                await anyio.sleep(0.001)
    assert ends == ["closed"] * 3


class SlowToEnd:
    """A transport whose requests need time to end after they are cancelled."""

    async def send(self, request: Request) -> Response:
        try:
            await anyio.sleep_forever()
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.sleep(0.02)
        raise AssertionError

    async def aclose(self) -> None: ...


@pytest.mark.anyio
async def test_both_closing_tasks_wait_for_the_calls() -> None:
    ends: list[str] = []
    retry = RetryPolicy(max_attempts=1)
    client = AsyncActuallyCare(KEY, transport=SlowToEnd(), retry=retry)

    async def close() -> None:
        await client.aclose()
        assert ends == ["closed"]

    with anyio.fail_after(3):
        async with anyio.create_task_group() as group:
            group.start_soon(call, client, ends)
            await anyio.wait_all_tasks_blocked()
            for _ in range(3):
                group.start_soon(close)


@pytest.mark.anyio
async def test_background_tasks_may_be_closed_twice_at_once() -> None:
    tasks = BackgroundTasks()
    ended: list[bool] = []

    async def work() -> None:
        try:
            await anyio.sleep_forever()
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.sleep(0.02)
            ended.append(True)

    tasks.start_soon(work)
    await anyio.wait_all_tasks_blocked()
    with anyio.move_on_after(3) as scope:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(tasks.aclose)
    assert not scope.cancelled_caught
    assert ended == [True]
