"""Pagers, on asyncio and trio: one page, every item, every page, all at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import pytest

from actuallycare import (
    ConfigurationError,
    DecodeError,
    NotFoundError,
    Request,
    Response,
    RetryPolicy,
)
from actuallycare._core.auth.credentials import Credentials
from actuallycare._core.operation import Call, Operation, PageLayout
from actuallycare._core.pagination.pager import Pager
from actuallycare._core.sender import Options, Sender
from tests.fakes import ManualClock, ScriptedTransport, failure, success

SHAPE = PageLayout(("rows",), ("data", "meta"), page_size=25)
LIST = Operation("rows.list", "GET", "/rows", kind="page", unwrap=("data",), page_layout=SHAPE)


def asked(request: Request) -> dict[str, int]:
    query = parse_qs(urlsplit(request.url).query)
    return {name: int(values[0]) for name, values in query.items()}


class Rows(ScriptedTransport):
    """A list of `total` numbers, served by page and limit."""

    def __init__(self, total: int, *, meta: bool = True, fail_on: int | None = None) -> None:
        super().__init__(self.page)
        self.total, self.meta, self.fail_on = total, meta, fail_on
        self.at_once = self.most_at_once = 0

    async def send(self, request: Request) -> Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await super().send(request)
        finally:
            self.at_once -= 1

    def page(self, request: Request) -> Response:
        query = asked(request)
        number, limit = query.get("page", 1), query.get("limit", 25)
        if number == self.fail_on:
            return failure(404, "NOT_FOUND")
        rows = list(range(self.total))[(number - 1) * limit : number * limit]
        pages = -(-self.total // limit)
        meta = {
            "page": number,
            "limit": limit,
            "total": self.total,
            "totalPages": pages,
            "hasMore": number < pages,
        }
        return success({"rows": rows, **({"meta": meta} if self.meta else {})})


def pager(transport: ScriptedTransport, **params: Any) -> Pager[int]:
    sender = Sender(
        transport=transport,
        base_url="https://api.example.com/v1",
        headers={},
        credentials=Credentials(),
        options=Options(timeout=30, retry=RetryPolicy()),
        clock=ManualClock(),
    )
    return Pager(sender, Call(LIST, "/rows", params=params), int)


async def drain(rows: Pager[int]) -> list[int]:
    return [row async for row in rows]


@pytest.mark.anyio
async def test_awaiting_gives_one_page() -> None:
    transport = Rows(60)

    page = await pager(transport, limit=10)
    assert page.items == list(range(10))
    assert (page.meta.total, page.has_more) == (60, True)
    assert len(transport.requests) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(("total", "requests"), [(0, 1), (1, 1), (25, 1), (26, 2), (60, 3)])
@pytest.mark.parametrize("meta", [True, False])
async def test_iterating_gives_every_item_once(total: int, requests: int, meta: bool) -> None:
    transport = Rows(total, meta=meta)
    assert await drain(pager(transport)) == list(range(total))
    # Without paging facts a full last page cannot be known for the last: one more request.
    assert len(transport.requests) == requests + (not meta and total == 25)


@pytest.mark.anyio
async def test_iterating_starts_at_the_requested_page() -> None:
    transport = Rows(60)
    assert await drain(pager(transport, page=3)) == list(range(50, 60))


@pytest.mark.anyio
async def test_a_pager_may_be_used_again() -> None:
    rows = pager(Rows(30))

    first, second = await drain(rows), await drain(rows)
    assert first == second == list(range(30))


@pytest.mark.anyio
async def test_pages_are_requested_only_when_needed() -> None:
    transport = Rows(100)

    async for page in pager(transport).pages():
        assert page.items == list(range(25))
        break
    assert len(transport.requests) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("concurrency", [1, 3])
async def test_a_server_that_ignores_page_ends_in_an_error(concurrency: int) -> None:
    same = success({"rows": [1, 2], "meta": {"page": 1, "totalPages": 9, "hasMore": True}})
    transport = ScriptedTransport(same)
    with pytest.raises(DecodeError) as caught:
        await pager(transport).collect(concurrency=concurrency)
    assert caught.value.field == "data.meta"
    # Pages that are read at once are requested before the first of them is looked at.
    assert len(transport.requests) <= 3 * concurrency + 1


@pytest.mark.anyio
@pytest.mark.parametrize("concurrency", [1, 2, 4, 100])
@pytest.mark.parametrize("total", [0, 1, 25, 26, 510])
async def test_collecting_keeps_the_order(total: int, concurrency: int) -> None:
    transport = Rows(total)
    rows = await pager(transport).collect(concurrency=concurrency)
    assert rows == list(range(total))
    assert transport.most_at_once <= concurrency
    assert len(transport.requests) == max(1, -(-total // 25))


@pytest.mark.anyio
async def test_collecting_uses_the_concurrency_it_was_given() -> None:
    transport = Rows(500)
    await pager(transport).collect(concurrency=4)
    assert transport.most_at_once == 4


@pytest.mark.anyio
@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (25, 1), (26, 2), (70, 3)])
async def test_collecting_stops_at_its_limit(limit: int, requests: int) -> None:
    transport = Rows(1_000)
    rows = await pager(transport).collect(limit=limit, concurrency=8)
    assert rows == list(range(limit))
    assert len(transport.requests) == requests


@pytest.mark.anyio
async def test_a_failing_page_is_raised_as_it_is() -> None:
    with pytest.raises(NotFoundError):
        await pager(Rows(500, fail_on=7)).collect(concurrency=4)


@pytest.mark.anyio
async def test_cancelling_leaves_nothing_running() -> None:
    transport = Rows(10_000)

    with anyio.move_on_after(0):
        await pager(transport).collect(concurrency=8)
    assert transport.at_once == 0


@pytest.mark.anyio
@pytest.mark.parametrize("bad", [{"limit": -1}, {"concurrency": 0}])
async def test_invalid_bounds_are_rejected(bad: dict[str, int]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(bad))):
        await pager(Rows(1)).collect(**bad)
