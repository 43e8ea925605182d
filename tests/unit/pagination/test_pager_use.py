"""Pagers in the places where Python expects a coroutine, an iterator or a sequence."""

from __future__ import annotations

import asyncio
import gc
import pickle
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from importlib.metadata import version
from typing import Any, cast

import anyio
import pytest

from actuallycare import ConfigurationError, NotFoundError
from actuallycare._core.pagination.pager import Pager
from tests.fakes import ScriptedTransport, failure
from tests.unit.pagination.test_pager import Rows, pager

FIRST = list(range(10))
ANYIO = tuple(int(part) for part in version("anyio").split(".")[:2])


def rows(total: int = 30) -> Pager[int]:
    return pager(Rows(total), limit=10)


@pytest.mark.asyncio
async def test_asyncio_runs_a_pager_as_a_task() -> None:
    assert (await asyncio.create_task(rows())).items == FIRST
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rows())
        named = group.create_task(rows().fetch(), name="first page")
    assert task.result().items == named.result().items == FIRST
    first, second = await asyncio.gather(rows(), rows())
    assert first.items == second.items == FIRST
    assert (await asyncio.wait_for(rows(), 5)).items == FIRST


@pytest.mark.anyio
async def test_a_task_group_starts_a_list_method() -> None:
    if ANYIO < (4, 14):
        pytest.skip("before 4.14, task groups of anyio accept coroutines of CPython alone")
    transport = Rows(30)
    async with anyio.create_task_group() as group:
        group.start_soon(lambda: pager(transport))
    assert len(transport.requests) == 1


@pytest.mark.asyncio
async def test_a_task_may_be_cancelled_and_the_pager_used_again() -> None:
    class Silent(Rows):
        async def send(self, request: Any) -> Any:
            if not self.requests:
                self.requests.append(request)
                await asyncio.Event().wait()
            return await super().send(request)

    waiting = pager(Silent(30), limit=10)
    task = asyncio.create_task(waiting)
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await asyncio.create_task(waiting)).items == FIRST
    waiting.close()


@pytest.mark.asyncio
async def test_tasks_may_share_a_pager() -> None:
    class Slow(Rows):
        async def send(self, request: Any) -> Any:
            await asyncio.sleep(0)
            return await super().send(request)

    shared = pager(Slow(30), limit=10)
    tasks = [asyncio.create_task(shared) for _ in range(3)]
    tasks[1].cancel()
    pages = await asyncio.gather(*tasks, shared.fetch(2), return_exceptions=True)
    assert isinstance(pages.pop(1), asyncio.CancelledError)
    assert [list(cast("Any", page)) for page in pages] == [FIRST, FIRST, list(range(10, 20))]


OneRequest = Callable[[Pager[Any]], Awaitable[Any]]
INVALID: list[tuple[dict[str, Any], OneRequest, str]] = [
    ({"limit": 2.5}, Pager.fetch, "`limit` is 2.5"),
    ({"limit": "all"}, Pager.collect, "`limit` is 'all'"),
    ({"limit": True}, Pager.with_raw_response, "`limit` is True"),
    ({"page": "two"}, Pager.with_raw_response, "`page` is 'two'"),
    ({}, lambda p: p.fetch(cast("int", "two")), "`number` is 'two'"),
]


@pytest.mark.anyio
@pytest.mark.parametrize(("params", "use", "problem"), INVALID)
async def test_a_number_that_is_none_is_an_error_before_anything_is_sent(
    params: dict[str, Any], use: OneRequest, problem: str
) -> None:
    transport = Rows(30)
    with pytest.raises(ConfigurationError, match=rf"^rows\.list: {problem}; a whole number"):
        await use(pager(transport, **params))
    assert transport.requests == []
    assert (await pager(transport, limit=10).fetch(cast("int", "2"))).items == list(range(10, 20))


@pytest.mark.asyncio
async def test_a_task_raises_the_error_of_the_call() -> None:
    with pytest.raises(NotFoundError):
        await asyncio.create_task(pager(ScriptedTransport(failure(404))))


@pytest.mark.anyio
async def test_iterators_close() -> None:
    listing = rows()
    async with aclosing(listing.items()) as items:
        assert await anext(items) == 0
    async with aclosing(listing.pages()) as pages:
        assert (await anext(pages)).items == FIRST
    assert [row async for row in items] == []
    assert [page async for page in pages] == []


@pytest.mark.anyio
async def test_a_plain_for_names_async_for() -> None:
    listing: Any = rows()
    for wrong in (listing, listing.items(), listing.pages()):
        with pytest.raises(TypeError, match="async for"):
            list(wrong)
    assert (await listing).items == FIRST


@pytest.mark.parametrize("use", [lambda p: p, Pager.pages, Pager.items, aiter, Pager.prefetch])
def test_a_pager_that_is_never_used_warns(use: Callable[[Pager[Any]], Any]) -> None:
    listing = [use(rows())]
    with pytest.warns(RuntimeWarning, match=r"rows\.list was never awaited"):
        listing.clear()


@pytest.mark.anyio
async def test_a_pager_that_is_used_does_not_warn() -> None:
    for use in (Pager.collect, Pager.with_raw_response, Pager.fetch):
        await use(rows())
    await rows()
    async for _ in rows():
        break
    async with rows().prefetch() as items:
        await anext(items)
    rows().close()
    await rows().pages().aclose()
    await rows().items().aclose()
    for wrong in (rows(), rows().items(), rows().pages()):
        with pytest.raises(TypeError):
            list(cast("Any", wrong))
    used = rows()
    await used
    used.pages()
    del wrong, used
    gc.collect()  # a warning is an error here


@pytest.mark.anyio
async def test_a_page_is_a_sequence() -> None:
    page = await rows()
    assert (len(page), page[0], page[-1], page[2:4]) == (10, 0, 9, [2, 3])
    assert list(page) == page.items == FIRST
    assert 3 in page
    assert "3" not in page
    assert page.index(4) == 4
    assert list(reversed(page)) == FIRST[::-1]
    assert not await pager(Rows(0))
    match page:
        case [first, *_]:
            assert first == 0
        case _:
            pytest.fail("a page matches no sequence pattern")
    assert pickle.loads(pickle.dumps(page)) == page  # noqa: S301
