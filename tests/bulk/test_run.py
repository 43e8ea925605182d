"""Bulk runs on asyncio and trio: one result for each row, whatever happens to it."""

from __future__ import annotations

import gc
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from actuallycare import (
    APIConnectionError,
    AsyncActuallyCare,
    BadRequestError,
    NotFoundError,
    Request,
    Response,
    bulk,
)
from actuallycare.testing import InstantClock
from tests.fakes import ScriptedTransport, answer, failure, success

pytestmark = pytest.mark.anyio


class Back(ScriptedTransport):
    """Creates listings; the address decides what happens."""

    def __init__(self, *, pause: float = 0.0) -> None:
        super().__init__(self.respond)
        self.pause = pause
        self.at_once = self.most_at_once = 0
        self.created: list[str] = []

    async def send(self, request: Request) -> Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await anyio.sleep(self.pause)
            return await super().send(request)
        finally:
            self.at_once -= 1

    def respond(self, request: Request) -> Response:
        address = json.loads(request.content or b"{}")["address"]
        if address == "bad":
            return failure(400, "VALIDATION_ERROR")
        if address == "broken":
            return failure(500)
        if address == "unsent":
            raise APIConnectionError("refused", request=request, sent=False)
        if address == "lost":
            raise APIConnectionError("lost", request=request, sent=True)
        self.created.append(address)
        return success({"id": f"id of {address}"})


def client(transport: ScriptedTransport, **options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare("ab" * 32, transport=transport, clock=InstantClock(), **options)


def creating(c: AsyncActuallyCare) -> Callable[[str], Any]:
    return lambda row: c.listings.create(address=row, list_price=1)


async def test_every_row_has_a_result() -> None:
    back = Back()
    async with client(back) as c:
        rows = [f"{n}" for n in range(100)]
        results = [result async for result in bulk.run(rows, creating(c), concurrency=4)]
    assert sorted(result.index for result in results) == list(range(100))
    assert all(result.value and result.value.id == f"id of {result.item}" for result in results)
    assert back.most_at_once <= 4


STATUS: list[tuple[str, bulk.Status, type[Exception]]] = [
    ("bad", "failed", BadRequestError),
    ("unsent", "failed", APIConnectionError),
    ("broken", "unknown", Exception),
    ("lost", "unknown", APIConnectionError),
]


@pytest.mark.parametrize(("row", "status", "error"), STATUS)
async def test_a_bad_row_is_reported_and_the_others_are_done(
    row: str, status: bulk.Status, error: type[Exception]
) -> None:
    async with client(Back()) as c:
        run = bulk.run(["a", row, "b"], creating(c), ordered=True)
        first, second, third = [result async for result in run]
    assert first
    assert third
    assert not second
    assert second.status == status
    assert isinstance(second.error, error)
    assert second.may_have_happened is (status == "unknown")


async def test_an_error_of_the_function_is_reported() -> None:
    async def call(row: int) -> int:
        return 10 // row

    results = [result async for result in bulk.run([1, 0, 2], call, ordered=True)]
    assert [result.value for result in results] == [10, None, 5]
    assert isinstance(results[1].error, ZeroDivisionError)
    assert results[1].status == "failed"


async def test_a_failure_after_a_successful_call_may_have_happened() -> None:
    async with client(Back()) as c:

        async def call(row: str) -> None:
            await c.listings.create(address=row, list_price=1)
            raise KeyError(row)

        (result,) = [result async for result in bulk.run(["a"], call)]
    assert result.may_have_happened


async def test_results_come_in_order_on_request() -> None:
    async def call(row: int) -> int:
        await anyio.sleep(0.001 * (7 - row % 7))
        return row

    run = bulk.run(range(60), call, ordered=True, concurrency=5)
    assert [result.value async for result in run] == list(range(60))


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


async def test_an_error_while_rows_are_read_is_raised_at_the_end() -> None:
    def rows() -> Any:
        yield 1
        yield 2
        raise ValueError("line 3")

    async def call(row: int) -> int:
        await anyio.sleep(0.01)
        return row

    seen: list[int | None] = []

    async def read() -> None:
        async for result in bulk.run(rows(), call):
            seen.append(result.value)

    with pytest.raises(ValueError, match="line 3"):
        await read()
    assert sorted(seen, key=str) == [1, 2]


async def test_a_run_waits_for_the_next_windows() -> None:
    answered = 0

    def respond(request: Request) -> Response:
        nonlocal answered
        answered += 1
        used = (answered - 1) % 10 + 1
        reset = {"RateLimit-Limit": "10", "RateLimit-Reset": "900"}
        headers = {**reset, "RateLimit-Remaining": str(10 - used)}
        return answer({"success": True, "data": {"id": "1"}}, 201, headers)

    transport = ScriptedTransport(respond)
    progress: list[bulk.Progress] = []
    clock = InstantClock()
    async with AsyncActuallyCare("ab" * 32, transport=transport, clock=clock) as c:
        run = bulk.run(["x"] * 25, creating(c), on_progress=progress.append)
        results = [result async for result in run]
    slept = sum(clock.waits)
    assert all(results)
    assert len(transport.requests) == 25
    assert 1_790 <= slept <= 1_810
    assert max(p.waiting for p in progress) > 0
    assert progress[-1].done == progress[-1].total == 25
    assert any(p.estimated_end and p.seconds_until_reset for p in progress)


async def test_a_rejected_row_waits_as_long_as_the_server_asks() -> None:
    transport = ScriptedTransport(
        failure(429, headers={"Retry-After": "890"}), success({"id": "1"})
    )
    async with client(transport) as c:
        (result,) = [result async for result in bulk.run(["x"], creating(c))]
    assert result
    assert len(transport.requests) == 2


async def test_other_calls_of_the_client_stay_impatient() -> None:
    transport = ScriptedTransport(failure(429, headers={"Retry-After": "890"}))
    async with client(transport) as c:
        run = bulk.run([1], lambda row: anyio.lowlevel.checkpoint())
        assert [bool(result) async for result in run] == [True]
        with pytest.raises(Exception, match="429"):
            await c.listings.get("1")


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


async def test_the_deadline_ends_a_wait_and_reports_it() -> None:
    class Limited(ScriptedTransport):
        def __init__(self) -> None:
            super().__init__(success({"id": "1"}), failure(429, headers={"Retry-After": "500"}))

    async with AsyncActuallyCare("ab" * 32, transport=Limited()) as c:
        results: list[bulk.BulkResult[str, Any]] = []

        async def read() -> None:
            rows = (f"{n}" for n in range(99))
            async for result in bulk.run(rows, creating(c), concurrency=2, deadline=0.1):
                results.append(result)

        with pytest.raises(TimeoutError, match="deadline"):
            await read()
    assert [result.status for result in results].count("done") == 1
    failed = [result for result in results if result.status != "done"]
    assert failed
    assert all(result.status == "failed" for result in failed)  # a 429 has no effect


async def test_invalid_arguments_are_rejected_at_once() -> None:
    async def call(row: int) -> int:
        return row

    with pytest.raises(Exception, match="1 or more"):
        bulk.run([1], call, concurrency=0)
    with pytest.raises(Exception, match="key="):
        bulk.run([1], call, journal="x.jsonl")


async def drain(source: AsyncIterator[int], into: list[int]) -> None:
    async for item in source:
        into.append(item)


async def test_a_failing_callback_ends_the_run() -> None:
    async def call(row: int) -> int:
        return row

    def callback(progress: bulk.Progress) -> None:
        raise RuntimeError("full")

    async def read() -> AsyncGenerator[int]:
        async for result in bulk.run(range(1_000), call, on_progress=callback):
            yield result.index

    got: list[int] = []
    with pytest.raises(RuntimeError, match="full"):
        await drain(read(), got)
    assert len(got) < 20


async def test_a_run_that_is_never_read_starts_nothing() -> None:
    back = Back()
    async with client(back) as c:
        run = bulk.run(["a"], creating(c))
        await anyio.wait_all_tasks_blocked()
        del run
        gc.collect()
    assert back.requests == []


async def test_with_raw_responses_and_missing_records() -> None:
    async with client(ScriptedTransport(failure(404, "NOT_FOUND"))) as c:
        (result,) = [r async for r in bulk.run(["1"], c.listings.with_raw_response.get)]
    assert isinstance(result.error, NotFoundError)
    assert result.status == "failed"
