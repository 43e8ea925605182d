"""Bulk runs on asyncio and trio: one result for each row, whatever happens to it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from actuallycare import AsyncActuallyCare, bulk
from actuallycare.bulk.background import BackgroundTask
from actuallycare.testing import InstantClock
from tests.bulk.clients import Back, creating
from tests.fakes import ScriptedTransport, failure

pytestmark = pytest.mark.anyio


def client(transport: ScriptedTransport, **options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare("ab" * 32, transport=transport, clock=InstantClock(), **options)


async def test_a_failure_after_a_successful_call_may_have_happened() -> None:
    async with client(Back()) as c:

        async def call(row: str) -> None:
            await c.listings.create(address=row, list_price=1)
            raise KeyError(row)

        (result,) = [result async for result in bulk.run(["a"], call)]
    assert result.may_have_happened


async def test_rows_are_read_when_they_are_needed() -> None:
    taken = 0

    async def rows() -> AsyncIterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    async def call(row: int) -> int:
        return row

    for ordered in (True, False):
        taken = 0
        async with aclosing(bulk.run(rows(), call, concurrency=3, ordered=ordered)) as run:
            async for result in run:
                await anyio.wait_all_tasks_blocked()
                assert taken <= result.index + 1 + 3 * 5
                if result.index >= 30:
                    break


async def test_other_calls_of_the_client_stay_impatient() -> None:
    transport = ScriptedTransport(failure(429, headers={"Retry-After": "890"}))
    async with client(transport) as c:
        run = bulk.run([1], lambda row: anyio.lowlevel.checkpoint())
        assert [bool(result) async for result in run] == [True]
        with pytest.raises(Exception, match="429"):
            await c.listings.get("1")


async def test_a_run_that_is_left_early_has_no_deadline_to_report() -> None:
    errors: list[BaseException] = []

    class Recorded(BackgroundTask):
        async def settle(self) -> None:
            await super().settle()
            if self._error is not None:
                errors.append(self._error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "BackgroundTask", Recorded)
        async with aclosing(bulk.run(range(100), anyio.sleep)) as run:
            async for _ in run:
                break
    assert errors == []


async def test_requests_in_flight_finish_when_the_loop_is_left() -> None:
    back = Back(pause=0.05)
    async with client(back) as c:
        async with aclosing(
            bulk.run((f"{n}" for n in range(99)), creating(c), concurrency=4)
        ) as run:
            async for _ in run:
                break
        assert back.at_once == 0
        assert len(back.created) == len(back.requests)
        sent = len(back.requests)
        await anyio.sleep(0.1)
        assert len(back.requests) == sent


async def test_a_cancelled_run_leaves_nothing_running() -> None:
    back = Back(pause=0.02)
    async with client(back) as c:
        with anyio.move_on_after(0.1) as scope:
            async with aclosing(bulk.run(map(str, range(10**9)), creating(c))) as run:
                async for _ in run:
                    pass
        assert scope.cancelled_caught
        assert back.at_once == 0
        assert len(back.created) == len(back.requests)


async def test_a_run_that_is_never_read_starts_nothing() -> None:
    back = Back()
    async with client(back) as c:
        run = bulk.run(["a"], creating(c))
        await anyio.wait_all_tasks_blocked()
        del run
        gc.collect()
    assert back.requests == []


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("concurrency", [1, 3])
async def test_a_foreign_cancellation_fails_only_its_row(concurrency: int) -> None:
    async def call(row: int) -> int:
        if row == 2:
            raise asyncio.CancelledError  # as when a task that it awaits was cancelled
        return row

    run = bulk.run(range(6), call, concurrency=concurrency, ordered=True)
    results = [(result.item, result.status) async for result in run]
    assert results == [(row, "failed" if row == 2 else "done") for row in range(6)]
