"""Lists that change while they are read, and servers with wrong facts or pages that never end."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import DecodeError, Request, Response, RetryPolicy
from actuallycare._core.auth.credentials import Credentials
from actuallycare._core.operation import Call
from actuallycare._core.pagination.meta import PageMeta
from actuallycare._core.pagination.page import Deduplicator, LoopGuard, Page
from actuallycare._core.pagination.pager import Pager
from actuallycare._core.sender import Options, Sender
from tests.fakes import ManualClock, ScriptedTransport, success
from tests.unit.pagination.test_pager import LIST, asked

Change = tuple[Literal["add", "remove"], int]
"""Add so many records at the head of the list, or remove the one at a place."""

SIZE = 3
ENOUGH = 200
"""Requests after which a list that has not ended goes on for ever."""


class Changing(ScriptedTransport):
    """A list, newest first, that changes after each request; its metadata may be wrong."""

    def __init__(
        self,
        total: int,
        changes: list[Change],
        facts: list[dict[str, Any]],
        *,
        omitted: tuple[str, ...] = (),
        turns: tuple[int, ...] = (0,),
    ) -> None:
        super().__init__(self.page)
        self._omitted, self._turns, self._arrived = omitted, turns, 0
        self.records = [f"old {n}" for n in range(total)]
        self.always = set(self.records)
        """What was there from the first request to the last."""
        self.removed = 0
        self._changes, self._facts = changes, facts

    async def send(self, request: Request) -> Response:
        # Requests that are sent at the same time are answered in another order.
        self._arrived += 1
        for _ in range(self._turns[self._arrived % len(self._turns)]):
            await anyio.lowlevel.checkpoint()
        return await super().send(request)

    def page(self, request: Request) -> Response:
        served = len(self.requests)
        assert served < ENOUGH, "the list does not end"
        number = asked(request).get("page", 1)
        rows = [{"id": name} for name in self.records[(number - 1) * SIZE : number * SIZE]]
        pages = math.ceil(len(self.records) / SIZE)
        meta = {"page": number, "limit": SIZE, "hasMore": number < pages, "totalPages": pages}
        meta["total"] = len(self.records)
        meta = {name: value for name, value in meta.items() if name not in self._omitted}
        if served <= len(self._facts):
            meta |= self._facts[served - 1]
        if served <= len(self._changes):
            self.change(served, *self._changes[served - 1])
        return success({"rows": rows, "meta": meta})

    def change(self, served: int, kind: Literal["add", "remove"], count: int) -> None:
        if kind == "add":
            self.records[:0] = [f"new {served} {n}" for n in range(count)]
        elif self.records:
            self.always.discard(self.records.pop(count % len(self.records)))
            self.removed += 1


def pager(transport: ScriptedTransport) -> Pager[str]:
    sender = Sender(
        transport=transport,
        base_url="https://api.example.com/v1",
        headers={},
        credentials=Credentials(),
        options=Options(timeout=30, retry=RetryPolicy()),
        clock=ManualClock(),
    )
    return Pager(sender, Call(LIST, "/rows"), lambda row: str(row["id"]))


async def iterated(rows: Pager[str]) -> list[str]:
    return [row async for row in rows]


async def every_item(rows: Pager[str]) -> list[str]:
    return [row async for row in rows.items(dedupe=False)]


async def paged(rows: Pager[str]) -> list[str]:
    return [row async for page in rows.pages() for row in page.items]


async def collected(rows: Pager[str]) -> list[str]:
    return await rows.collect()


async def collected_at_once(rows: Pager[str]) -> list[str]:
    return await rows.collect(concurrency=4)


async def prefetched(rows: Pager[str]) -> list[str]:
    async with rows.prefetch(3) as items:
        return [row async for row in items]


READERS = [iterated, every_item, paged, collected, collected_at_once, prefetched]
Reader = Callable[[Pager[str]], Awaitable[list[str]]]


CHANGES = st.lists(st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 7)), max_size=8)
FACTS = st.lists(
    st.dictionaries(st.sampled_from(["hasMore", "totalPages", "total"]), st.none() | st.booleans())
    | st.fixed_dictionaries({"totalPages": st.integers(-1, 50), "hasMore": st.none()}),
    max_size=8,
)


@pytest.mark.parametrize("read", READERS)
@given(total=st.integers(0, 12), changes=CHANGES, facts=FACTS)
def test_iteration_ends_whatever_the_server_reports(
    read: Reader,
    total: int,
    changes: list[Change],
    facts: list[dict[str, Any]],
) -> None:
    # Only wrong facts may look like a server that never ends.
    with contextlib.suppress(*([DecodeError] if facts else [])):
        got = anyio.run(read, pager(Changing(total, changes, facts)))
        assert read in (every_item, paged) or len(set(got)) == len(got)


@pytest.mark.parametrize("read", READERS)
@given(
    total=st.integers(0, 30),
    added=st.lists(st.integers(0, 30), max_size=8),
    turns=st.lists(st.integers(0, 4), min_size=1, max_size=5),
)
def test_what_stays_comes_when_records_are_added(
    read: Reader, total: int, added: list[int], turns: list[int]
) -> None:
    changes: list[Change] = [("add", count) for count in added]
    transport = Changing(total, changes, [], turns=tuple(turns))
    assert transport.always <= set(anyio.run(read, pager(transport)))


@pytest.mark.parametrize("read", READERS)
@given(
    total=st.integers(0, 30),
    changes=CHANGES,
    turns=st.lists(st.integers(0, 4), min_size=1, max_size=5),
)
def test_what_stays_comes_when_records_are_removed(
    read: Reader, total: int, changes: list[Change], turns: list[int]
) -> None:
    removed: list[Change] = [("remove", place) for _, place in changes]
    transport = Changing(total, removed, [], turns=tuple(turns))
    assert transport.always <= set(anyio.run(read, pager(transport)))


@pytest.mark.parametrize("read", [iterated, every_item, paged, collected])
@given(total=st.integers(0, 30), changes=CHANGES)
def test_what_stays_comes_when_records_are_added_and_removed(
    read: Reader, total: int, changes: list[Change]
) -> None:
    transport = Changing(total, changes, [])
    assert transport.always <= set(anyio.run(read, pager(transport)))


@pytest.mark.anyio
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("omitted", [(), ("total",), ("page",)])
@pytest.mark.parametrize("count", [SIZE, 2 * SIZE + 1])
async def test_a_bulk_removal_hides_no_record(
    read: Reader, omitted: tuple[str, ...], count: int
) -> None:
    class Cleared(Changing):
        def change(self, served: int, kind: str, count: int) -> None:
            for _ in range(count):
                super().change(served, "remove", 0)

    changes: list[Change] = [("add", 0), ("remove", 0), ("remove", count)]
    transport = Cleared(9 * SIZE, changes, [], omitted=omitted)
    assert transport.always <= set(await read(pager(transport)))


@pytest.mark.anyio
async def test_the_page_before_is_read_again_when_the_total_shrinks() -> None:
    transport = Changing(9, [("add", 0), ("remove", 0)], [])
    assert await iterated(pager(transport)) == [f"old {n}" for n in range(9)]
    numbers = [asked(request).get("page", 1) for request in transport.requests]
    assert numbers == [1, 2, 3, 2]


@pytest.mark.anyio
async def test_a_total_that_depends_on_the_page_costs_few_requests() -> None:
    facts = [{"total": 3 * (40 - number), "totalPages": 40} for number in range(200)]

    def page(request: Request) -> Response:
        number = asked(request).get("page", 1)
        rows = [{"id": f"{number} {n}"} for n in range(SIZE)]
        return success({"rows": rows, "meta": {**facts[number], "hasMore": number < 40}})

    transport = ScriptedTransport(page)
    assert len(await iterated(pager(transport))) == 40 * SIZE
    assert len(transport.requests) <= 40 + 3 * 10


OMITTED = [(), ("total",), ("total", "totalPages"), ("hasMore",), ("page", "total", "totalPages")]


@pytest.mark.anyio
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("omitted", OMITTED)
@pytest.mark.parametrize("count", [SIZE, 2 * SIZE, 5 * SIZE, 20 * SIZE])
@pytest.mark.parametrize("after", [1, 2, 4])
async def test_a_bulk_import_hides_no_record(
    read: Reader, omitted: tuple[str, ...], count: int, after: int
) -> None:
    changes: list[Change] = [("add", 0)] * (after - 1) + [("add", count)]
    transport = Changing(8 * SIZE, changes, [], omitted=omitted)
    assert transport.always <= set(await read(pager(transport)))


@pytest.mark.anyio
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("omitted", [(), ("total",), ("page",)])
async def test_an_import_as_fast_as_the_reader_is_no_error(
    read: Reader, omitted: tuple[str, ...]
) -> None:
    # The same page comes again and again, as each request finds one page more before it.
    transport = Changing(4 * SIZE, [("add", SIZE)] * 60, [], omitted=omitted)
    assert transport.always <= set(await read(pager(transport)))


@pytest.mark.anyio
@pytest.mark.parametrize("read", [iterated, paged, collected])
async def test_a_repeated_page_that_is_the_last_one_is_no_error(read: Reader) -> None:
    pages = [
        success({"rows": [{"id": "1"}], "meta": {"page": 1, "hasMore": more}})
        for more in (True, True, False)
    ]
    assert set(await read(pager(ScriptedTransport(*pages[1:])))) == {"1"}


@pytest.mark.anyio
async def test_a_record_that_is_added_pushes_none_through_twice() -> None:
    changes: list[Change] = [("add", 1)]
    assert await iterated(pager(Changing(6, changes, []))) == [f"old {n}" for n in range(6)]
    twice = await every_item(pager(Changing(6, changes, [])))
    assert twice.count("old 2") == 2


def first_page(number: int, served: int) -> dict[str, Any]:
    return {"rows": [{"id": "1"}], "meta": {"page": 1, "totalPages": 99, "hasMore": True}}


def number_echoed(number: int, served: int) -> dict[str, Any]:
    return {"rows": [{"id": "1"}], "meta": {"page": number, "total": 99, "hasMore": True}}


def counter_that_moves(number: int, served: int) -> dict[str, Any]:
    return {"rows": [{"id": "1", "views": served}], "meta": {"hasMore": True}}


def cycle(number: int, served: int) -> dict[str, Any]:
    return {"rows": [{"id": f"{number % 3}"}], "meta": {"hasMore": True}}


def no_facts(number: int, served: int) -> dict[str, Any]:
    return {"rows": [{"id": f"{n}"} for n in range(25)]}


LOOPS = [(first_page, 3), (number_echoed, 8), (counter_that_moves, 5), (cycle, 9), (no_facts, 5)]


@pytest.mark.anyio
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(("content", "requests"), LOOPS)
async def test_a_server_that_repeats_pages_ends_in_an_error(
    read: Reader, content: Callable[[int, int], dict[str, Any]], requests: int
) -> None:
    def page(request: Request) -> Response:
        assert len(transport.requests) < ENOUGH, "the list does not end"
        return success(content(asked(request).get("page", 1), len(transport.requests)))

    transport = ScriptedTransport(page)
    with pytest.raises(DecodeError):
        await read(pager(transport))
    # Pages that are read at once are requested before the first of them is looked at.
    most = {prefetched: requests + 3, collected_at_once: 4 * requests + 1}.get(read, requests)
    assert requests <= len(transport.requests) <= most


@pytest.mark.anyio
async def test_iterating_after_the_error_raises_it_again() -> None:
    transport = ScriptedTransport(success(first_page(1, 1)))

    rows = pager(transport).items()
    assert await anext(rows) == "1"
    for _ in range(2):
        with pytest.raises(DecodeError):
            await anext(rows)
    assert len(transport.requests) == 4


def page_of(*raw: Any) -> Page[Any]:
    return Page(list(raw), PageMeta(), True, raw_items=list(raw))


FRESH: list[tuple[list[list[Any]], list[list[Any]]]] = [
    ([[{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 3}]], [[{"id": 1}, {"id": 2}], [{"id": 3}]]),
    ([[{"id": "1"}], [{"id": 1}]], [[{"id": "1"}], [{"id": 1}]]),
    ([[{"id": "1", "a": 1}], [{"id": "1", "a": 2}]], [[{"id": "1", "a": 1}], []]),
    ([["a"], ["a", "b"]], [["a"], ["a", "b"]]),
    ([[{}], [{}]], [[{}], [{}]]),
    ([[{"id": None}], [{"id": None}]], [[{"id": None}], [{"id": None}]]),
    ([[{"id": []}], [{"id": []}]], [[{"id": []}], [{"id": []}]]),
    ([[]], [[]]),
]


@pytest.mark.parametrize(("pages", "fresh"), FRESH)
def test_only_an_id_identifies_a_repeated_item(
    pages: list[list[Any]], fresh: list[list[Any]]
) -> None:
    deduplicator = Deduplicator()
    assert [deduplicator.new_items(page_of(*rows)) for rows in pages] == fresh


def test_a_total_that_grows_for_ever_ends_in_an_error() -> None:
    guard = LoopGuard(LIST)

    def check(number: int) -> None:
        page = Page(["a"], PageMeta(page=number, total=number + 1), True, raw_items=["a"])
        guard.check(page, {"a"}, number=number, found_new=number == 1)

    for number in range(1, 1_003):
        check(number)
    with pytest.raises(DecodeError):
        check(1_003)
