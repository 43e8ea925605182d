"""The page size that is requested when every page is read."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from actuallycare import UNSET
from actuallycare._core.pagination.offset import OffsetPager
from actuallycare._core.pagination.pager import Pager
from actuallycare.api import listings
from tests.unit.pagination.test_pager import LIST, SHAPE, Rows, asked, pager

LARGEST = evolve(LIST, page_layout=evolve(SHAPE, max_page_size=100))


def large(transport: Rows, **params: Any) -> Pager[int]:
    usual = pager(transport)
    usual.close()  # it is never used, which would warn
    call = evolve(usual._call, operation=LARGEST, params=params)
    return Pager(usual._sender, call, int)


def limits(transport: Rows) -> list[int | None]:
    return [asked(request).get("limit") for request in transport.requests]


async def items(rows: Pager[int]) -> list[int]:
    return [row async for row in rows]


async def pages(rows: Pager[int]) -> list[int]:
    return [row async for page in rows.pages() for row in page]


async def collected(rows: Pager[int]) -> list[int]:
    return await rows.collect()


async def collected_at_once(rows: Pager[int]) -> list[int]:
    return await rows.collect(concurrency=3)


async def prefetched(rows: Pager[int]) -> list[int]:
    async with rows.prefetch(2) as found:
        return [row async for row in found]


@pytest.mark.anyio
@pytest.mark.parametrize("read", [items, pages, collected, collected_at_once, prefetched])
@pytest.mark.parametrize("limit", [None, UNSET, 40])
async def test_all_pages_are_read_with_the_largest_size(read: Any, limit: Any) -> None:
    transport = Rows(230)

    assert await read(large(transport, limit=limit)) == list(range(230))
    assert limits(transport) == ([40] * 6 if limit == 40 else [100] * 3)


@pytest.mark.anyio
async def test_a_single_page_has_the_usual_size() -> None:
    transport = Rows(230)
    assert len(await large(transport)) == 25
    assert len((await large(transport).with_raw_response()).data) == 25
    assert limits(transport) == [None, None]


@pytest.mark.anyio
async def test_a_page_number_keeps_its_meaning() -> None:
    transport = Rows(60)
    assert await items(large(transport, page=2)) == list(range(25, 60))
    assert limits(transport) == [None, None]


@pytest.mark.anyio
async def test_collecting_requests_no_more_than_it_needs() -> None:
    transport = Rows(230)
    assert len(await large(transport).collect(limit=10)) == 10
    assert limits(transport) == [10]


@pytest.mark.anyio
async def test_offsets_use_the_largest_size_too() -> None:
    usual = large(Rows(0))
    usual.close()
    found = OffsetPager(usual._sender, usual._call, int, "offset")._with_largest_pages()
    found.close()
    assert isinstance(found, OffsetPager)
    assert found._call.params["limit"] == 100


def test_the_document_names_the_largest_size() -> None:
    layout = listings.LIST.page_layout
    assert layout is not None
    assert (layout.page_size, layout.max_page_size) == (25, 100)
