"""Reading ahead, on asyncio and trio: in order, bounded, and nothing left running."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import anyio
import pytest

from actuallycare import ConfigurationError, NotFoundError, RateLimitError, Request, Response
from tests.fakes import ScriptedTransport, failure
from tests.unit.pagination.test_pager import Rows, asked, pager


class Held(Rows):
    """Answers the request for one page only when it is let through."""

    def __init__(self, total: int, *, page: int) -> None:
        super().__init__(total)
        self.held, self.there = page, anyio.Event()

    async def send(self, request: Request) -> Response:
        if asked(request).get("page") == self.held:
            await self.there.wait()
        return await super().send(request)


async def consume(items: AsyncIterator[int], pause: Callable[[], Awaitable[None]]) -> list[int]:
    seen: list[int] = []
    async for item in items:
        seen.append(item)
        await pause()
    return seen


@pytest.mark.anyio
@pytest.mark.parametrize("ahead", [1, 2, 7, 100])
@pytest.mark.parametrize("total", [0, 1, 25, 26, 60, 510])
@pytest.mark.parametrize("meta", [True, False])
async def test_every_item_comes_once_and_in_order(total: int, ahead: int, meta: bool) -> None:
    transport = Rows(total, meta=meta)

    async with pager(transport).prefetch(ahead) as rows:
        items = await consume(rows, anyio.lowlevel.checkpoint)
    assert items == list(range(total))
    # The page that is waited for, and those after it.
    assert transport.most_at_once <= ahead + 1
    assert transport.at_once == 0


@pytest.mark.anyio
@pytest.mark.parametrize("ahead", [1, 3])
async def test_later_pages_are_requested_while_one_is_awaited(ahead: int) -> None:
    """Else a consumer that is faster than the server would never get ahead."""
    transport = Held(500, page=2)

    async def let_through() -> None:
        await anyio.wait_all_tasks_blocked()
        pages = [asked(request).get("page", 1) for request in transport.requests]
        assert sorted([*pages, 2]) == list(range(1, 3 + ahead))
        transport.there.set()

    async with anyio.create_task_group() as group, pager(transport).prefetch(ahead) as rows:
        group.start_soon(let_through)
        items = await consume(rows, anyio.lowlevel.checkpoint)
    assert items == list(range(500))


class Slow(Rows):
    """Takes a few turns of the event loop until a request has left, as httpx does."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.left: list[int] = []

    async def send(self, request: Request) -> Response:
        for _ in range(4):
            await anyio.lowlevel.checkpoint()
        self.left.append(asked(request).get("page", 1))
        await anyio.sleep(0.001)
        return await super().send(request)


@pytest.mark.anyio
@pytest.mark.parametrize("pages", [1, 3])
async def test_requests_overlap_with_work_that_awaits(pages: int) -> None:
    transport = Slow(250)

    requested: list[int] = []
    async with pager(transport).prefetch(pages) as rows:
        async for row in rows:
            if row % 25 == 0:
                for _ in range(5):
                    await anyio.lowlevel.checkpoint()
                requested.append(max(transport.left))
    assert requested == [min(number + pages, 10) for number in range(1, 11)]


@pytest.mark.anyio
@pytest.mark.parametrize("ahead", [1, 3])
async def test_the_next_pages_are_requested_while_one_is_worked_on(ahead: int) -> None:
    transport = Rows(1_000)

    async with pager(transport).prefetch(ahead) as rows:
        async for row in rows:
            # Enough for every task to run: no more is requested, however long it takes.
            await anyio.wait_all_tasks_blocked()
            pages = [asked(request).get("page", 1) for request in transport.requests]
            assert sorted(pages) == list(range(1, row // 25 + 2 + ahead))
            if row == 60:
                break


@pytest.mark.anyio
async def test_leaving_the_block_leaves_nothing_running() -> None:
    transport = Rows(1_000)

    async with pager(transport).prefetch(5) as rows:
        async for _ in rows:
            break
    assert transport.at_once == 0
    sent = len(transport.requests)
    await anyio.wait_all_tasks_blocked()
    assert len(transport.requests) == sent


class Interrupted(BaseException):
    pass


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [SystemExit, Interrupted])
async def test_a_base_exception_is_raised_where_its_page_is_due(kind: type[BaseException]) -> None:
    class Interrupting(Rows):
        def page(self, request: Request) -> Response:
            if asked(request).get("page") == 4:
                raise kind
            return super().page(request)

    seen: list[int] = []

    async def read_all() -> None:
        async with pager(Interrupting(500)).prefetch(8) as rows:
            async for row in rows:
                seen.append(row)
                await anyio.wait_all_tasks_blocked()

    with pytest.raises(kind):
        await read_all()
    assert seen == list(range(75))


@pytest.mark.anyio
async def test_a_page_that_nobody_fetches_can_end_the_program() -> None:
    class Interrupting(Rows):
        def page(self, request: Request) -> Response:
            if asked(request).get("page") == 2:
                raise SystemExit(3)
            return super().page(request)

    async def read_one() -> None:
        async with pager(Interrupting(500)).prefetch(8) as rows:
            await anext(rows)
            await anyio.wait_all_tasks_blocked()

    with pytest.raises(SystemExit):
        await read_one()


@pytest.mark.anyio
async def test_a_failing_page_is_raised_after_earlier_pages() -> None:
    seen: list[int] = []

    async def read_all() -> None:
        async with pager(Rows(500, fail_on=4)).prefetch(8) as rows:
            async for row in rows:
                seen.append(row)
                await anyio.wait_all_tasks_blocked()

    with pytest.raises(NotFoundError):
        await read_all()
    assert seen == list(range(75))


@pytest.mark.anyio
@pytest.mark.parametrize("gather", [True, False])
async def test_nothing_is_requested_after_a_page_that_failed(gather: bool) -> None:
    transport = Rows(5_000, fail_on=4)

    async def read_all() -> None:
        if gather:
            await pager(transport).collect(concurrency=3)
        async with pager(transport).prefetch(2) as rows:
            async for _ in rows:
                await anyio.wait_all_tasks_blocked()

    with pytest.raises(NotFoundError):
        await read_all()
    pages = [asked(request).get("page", 1) for request in transport.requests]
    assert max(pages) <= 4 + 2  # those that were under way when it failed


@pytest.mark.anyio
async def test_an_error_of_the_block_is_raised_unchanged() -> None:
    async def fail_in_the_block() -> None:
        async with pager(Rows(500)).prefetch(8) as rows:
            async for _ in rows:
                raise KeyError("the caller's own")

    with pytest.raises(KeyError, match="the caller's own"):
        await fail_in_the_block()


@pytest.mark.anyio
async def test_cancelling_comes_through_and_leaves_nothing_running() -> None:
    transport = Rows(10_000)

    with anyio.move_on_after(0.05) as scope:
        async with pager(transport).prefetch(4) as rows:
            async for _ in rows:
                await anyio.sleep_forever()
    assert transport.at_once == 0
    assert scope.cancelled_caught


@pytest.mark.anyio
async def test_a_failing_page_that_is_not_reached_is_not_raised() -> None:
    transport = Rows(500, fail_on=2)

    async with pager(transport).prefetch() as rows:
        assert await anext(rows) == 0
        await anyio.wait_all_tasks_blocked()
    assert len(transport.requests) == 2


@pytest.mark.anyio
async def test_prefetching_less_than_one_page_is_rejected() -> None:
    with pytest.raises(ConfigurationError, match="pages is 0"):
        async with pager(Rows(1)).prefetch(0):
            pass


@pytest.mark.anyio
async def test_a_page_that_is_gone_ends_the_call() -> None:
    rows = Rows(60)

    def page(request: Any) -> Any:
        return failure(404, "NOT_FOUND") if asked(request).get("page") == 2 else rows.page(request)

    rows._steps = [page]

    with pytest.raises(NotFoundError):
        await pager(rows).collect(concurrency=3)


class Flaky(Rows):
    """Fails the first request for one page."""

    def __init__(self, total: int, *, page: int) -> None:
        super().__init__(total, fail_on=page)

    async def send(self, request: Request) -> Response:
        response = await super().send(request)
        if asked(request).get("page", 1) == self.fail_on:
            self.fail_on = None
        return response


@pytest.mark.anyio
@pytest.mark.parametrize("page", [1, 2, 4, 8])
@pytest.mark.parametrize("ahead", [1, 3])
async def test_a_failed_page_is_requested_again_on_the_next_item(ahead: int, page: int) -> None:
    transport = Flaky(200, page=page)

    seen: list[int] = []
    async with pager(transport).prefetch(ahead) as rows:
        while True:
            try:
                seen.append(await anext(rows))
            except NotFoundError:
                continue
            except StopAsyncIteration:
                break
    assert seen == list(range(200))
    pages = [asked(request).get("page", 1) for request in transport.requests]
    assert sorted(pages) == sorted([*range(1, 9), page])


@pytest.mark.anyio
@pytest.mark.parametrize("turns", range(12))
@pytest.mark.parametrize("ahead", [1, 3])
async def test_iteration_after_a_cancelled_item_misses_nothing(ahead: int, turns: int) -> None:
    async def cancel(scope: anyio.CancelScope) -> None:
        for _ in range(turns):
            await anyio.lowlevel.checkpoint()
        scope.cancel()

    seen: list[int] = []
    async with anyio.create_task_group() as group, pager(Slow(250)).prefetch(ahead) as rows:
        while len(seen) < 250:
            item = None
            with anyio.CancelScope() as scope:
                if len(seen) % 25 == 0:
                    group.start_soon(cancel, scope)
                item = await anext(rows)
            if item is None:
                item = await anext(rows)
            seen.append(item)
        with pytest.raises(StopAsyncIteration):
            await anext(rows)
    assert seen == list(range(250))


@pytest.mark.anyio
async def test_a_callers_deadline_bounds_the_wait_for_a_page() -> None:
    """The server asks for a longer wait than the deadline allows, so its error is raised."""
    transport = ScriptedTransport(failure(429, headers={"Retry-After": "20"}))

    async with pager(transport).prefetch() as rows:
        with anyio.fail_after(5), pytest.raises(RateLimitError):
            await anext(rows)
    assert len(transport.requests) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("first", [-1, 0, 3])
async def test_prefetching_starts_at_the_requested_page(first: int) -> None:
    transport = Rows(500)

    async with pager(transport, page=first).prefetch() as rows:
        async for _ in rows:
            break
    assert asked(transport.requests[0])["page"] == first
    assert min(asked(request)["page"] for request in transport.requests) == first
