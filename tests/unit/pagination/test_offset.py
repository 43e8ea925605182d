"""Lists that are paged by the number of items to skip."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from actuallycare import ConfigurationError, Request, Response
from actuallycare._core.http import Exchange
from actuallycare._core.operation import PageLayout
from actuallycare._core.pagination.meta import PageMeta
from actuallycare._core.pagination.offset import OffsetPager
from actuallycare._core.pagination.page import Page
from tests.fakes import START, ScriptedTransport, success
from tests.unit.pagination.test_pager import asked, pager

RESPONSE = Response(200, {}, b"")


class Skipping(ScriptedTransport):
    """A list of `total` numbers, of which it serves at most four at once."""

    def __init__(self, total: int) -> None:
        super().__init__(self.serve)
        self.rows = list(range(total))

    def serve(self, request: Request) -> Response:
        query = asked(request)
        first = query.get("skip", 0)
        rows = self.rows[first : first + min(query.get("limit", 4), 4)]
        total = len(self.rows)
        return success({"rows": rows, "meta": {"total": total, "totalPages": -(-total // 4)}})

    @property
    def asked(self) -> list[dict[str, int]]:
        return [asked(request) for request in self.requests]


def skipping(transport: ScriptedTransport, **params: Any) -> OffsetPager[Any]:
    usual = pager(transport)
    usual.close()  # it is never used, which would warn
    return OffsetPager(usual._sender, evolve(usual._call, params=params), int, "skip")


@pytest.mark.anyio
async def test_the_next_page_starts_behind_the_items_that_came() -> None:
    transport = Skipping(10)
    assert [item async for item in skipping(transport, limit=9)] == list(range(10))
    # The server gives four although nine were requested.
    assert transport.asked == [
        {"limit": 9},
        {"limit": 9, "skip": 4},
        {"limit": 9, "skip": 8},
    ]


@pytest.mark.anyio
async def test_iterating_starts_at_the_requested_offset() -> None:
    transport = Skipping(10)
    rows = skipping(transport, skip=3)
    assert rows.first_number == 3
    assert (await rows).items == [3, 4, 5, 6]
    assert [item async for item in rows] == list(range(3, 10))
    assert transport.asked == [{"skip": 3}, {"skip": 3}, {"skip": 7}]


@pytest.mark.anyio
async def test_collecting_requests_pages_one_by_one() -> None:
    transport = Skipping(20)
    assert await skipping(transport).collect(limit=7, concurrency=4) == list(range(7))
    assert transport.asked == [{}, {"skip": 4}]
    transport = Skipping(20)
    assert await skipping(transport).collect(concurrency=4) == list(range(20))
    assert len(transport.requests) == 5


class CountingPages(Skipping):
    """A list whose metadata has nothing but the number of pages."""

    def serve(self, request: Request) -> Response:
        query = asked(request)
        first, size = query.get("skip", 0), query.get("limit", 25)
        pages = -(-len(self.rows) // size)
        rows = self.rows[first : first + size]
        return success({"rows": rows, "meta": {"totalPages": pages}})


@pytest.mark.parametrize(("limit", "requests"), [({"limit": 4}, 3), ({"limit": 5}, 2), ({}, 1)])
@pytest.mark.anyio
async def test_the_number_of_pages_ends_a_list(limit: dict[str, int], requests: int) -> None:
    transport = CountingPages(10)
    assert [item async for item in skipping(transport, **limit)] == list(range(10))
    assert len(transport.requests) == requests


ROWS = [{"id": 1}, {"id": 1}, {"id": 2}]
"""The first record occurs twice."""


@pytest.mark.parametrize(("dedupe", "count"), [(None, 2), (True, 2), (False, 3)])
@pytest.mark.anyio
async def test_repeated_items_are_left_out_unless_wanted(dedupe: bool | None, count: int) -> None:
    options = {} if dedupe is None else {"dedupe": dedupe}
    rows = skipping(ScriptedTransport(success({"rows": ROWS, "meta": {"total": 3}})))
    rows._parse = lambda row: row["id"]
    assert len(await rows.collect(**options)) == count
    async with rows.prefetch(**options) as found:
        assert len([row async for row in found]) == count


@pytest.mark.anyio
async def test_prefetching_iterates() -> None:
    transport = Skipping(10)
    async with skipping(transport).prefetch(3) as rows:
        assert [row async for row in rows] == list(range(10))
    assert len(transport.requests) == 3


@pytest.mark.anyio
async def test_invalid_numbers_are_named_before_a_request() -> None:
    transport = Skipping(10)
    # A pager that is never used warns, which is an error in tests.
    with pytest.raises(ConfigurationError, match=r"^concurrency is 0"):
        await skipping(transport).collect(concurrency=0)
    with pytest.raises(ConfigurationError, match=r"^limit is -1"):
        await skipping(transport).collect(limit=-1)
    with pytest.raises(ConfigurationError, match=r"^pages is 0"):
        async with skipping(transport).prefetch(0):
            pass
    assert transport.requests == []


FOLLOWS: list[tuple[int, int, dict[str, Any], bool]] = [
    # offset, items, metadata → another page?
    (0, 4, {"total": 5}, True),
    (0, 4, {"total": 4}, False),
    (4, 4, {"total": 9}, True),
    (4, 4, {"total": 8}, False),
    (8, 1, {"total": 9}, False),
    (4, 1, {"total": 9}, True),  # a short page
    (0, 1, {"total": 2, "limit": 1}, True),
    (4, 0, {"total": 9}, False),  # an empty page ends a list
    (4, 4, {"total": 4, "hasMore": True}, True),
    (4, 4, {"total": 99, "hasMore": False}, False),
    (50, 25, {}, True),
    (50, 24, {}, False),
    # Without a total, the number of pages counts: full pages, or the reported number.
    (0, 4, {"totalPages": 1}, False),
    (0, 4, {"totalPages": 3, "limit": 4}, True),
    (4, 4, {"totalPages": 3, "limit": 4}, True),
    (4, 1, {"totalPages": 3, "limit": 4}, True),  # a short page
    (8, 1, {"totalPages": 3, "limit": 4}, False),
    (8, 4, {"totalPages": 3, "limit": 4}, False),
    (8, 0, {"totalPages": 4, "limit": 4}, False),
    (4, 4, {"totalPages": 2, "page": 1}, True),
    (4, 4, {"totalPages": 2, "page": 2}, False),
    (25, 25, {"totalPages": 3}, True),  # the documented size
    (50, 25, {"totalPages": 3}, False),
    (50, 4, {"totalPages": 3}, False),
    (8, 4, {"totalPages": 3}, True),  # the server gives less than it documents
    (4, 4, {"totalPages": 2, "hasMore": True}, True),
]


@pytest.mark.parametrize(("offset", "count", "meta", "follows"), FOLLOWS)
def test_whether_more_follow(offset: int, count: int, meta: dict[str, Any], follows: bool) -> None:
    rows = skipping(Skipping(0))
    rows.close()
    body = {"data": {"rows": list(range(count)), "meta": meta}}
    page = rows._read(Exchange(RESPONSE, body, START), offset)
    assert page.has_more is follows
    assert page.items == list(range(count))


@pytest.mark.parametrize(("pages", "follows"), [(1, False), (2, True)])
def test_pages_of_an_unknown_size_end_with_an_empty_one(pages: int, follows: bool) -> None:
    rows = skipping(Skipping(0))
    rows.close()
    operation = evolve(rows.operation, page_layout=PageLayout(("rows",), ("data", "meta")))
    rows._call = evolve(rows._call, operation=operation)
    body = {"data": {"rows": [1, 2], "meta": {"totalPages": pages}}}
    assert rows._read(Exchange(RESPONSE, body, START), 8).has_more is follows


@pytest.mark.parametrize(
    ("first", "number", "removed", "earlier"), [(None, 10, 3, 7), (None, 2, 3, 0), (5, 10, 9, 5)]
)
def test_records_that_were_removed_move_others_back(
    first: int | None, number: int, removed: int, earlier: int
) -> None:
    rows = skipping(Skipping(0), skip=first)
    rows.close()
    page = Page([1, 2], PageMeta(), has_more=True, raw_items=[1, 2])
    assert rows.earlier_number(number, page, removed) == earlier
    assert rows.next_number(number, page) == number + 2
