"""Lists that change, or lie, while they are read: they end, and nothing comes twice."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import Request, Response, RetryPolicy
from actuallycare._core.auth.credentials import Credentials
from actuallycare._core.operation import Call
from actuallycare._core.pagination.page import Page, PageMeta, Seen
from actuallycare._core.pagination.pager import Pager
from actuallycare._core.sender import Options, Sender
from tests.doubles import ManualClock, ScriptedTransport, success
from tests.unit.test_pager import LIST, asked

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
Change = tuple[Literal["add", "remove"], int]
"""Add so many records at the head of the list, or remove the one at a place."""

SIZE = 3
ENOUGH = 200
"""Requests after which a list that has not ended goes on for ever."""


class Changing(ScriptedTransport):
    """A list, newest first, that changes after each request; its facts may be lies."""

    def __init__(self, total: int, changes: list[Change], facts: list[dict[str, Any]]) -> None:
        super().__init__(self.page)
        self.records = [f"old {n}" for n in range(total)]
        self.always = set(self.records)
        """What was there from the first request to the last."""
        self.removed = 0
        self._changes, self._facts = changes, facts

    def page(self, request: Request) -> Response:
        served = len(self.requests)
        assert served < ENOUGH, "the list does not end"
        number = asked(request).get("page", 1)
        rows = [{"id": name} for name in self.records[(number - 1) * SIZE : number * SIZE]]
        pages = math.ceil(len(self.records) / SIZE)
        meta = {"page": number, "limit": SIZE, "hasMore": number < pages, "totalPages": pages}
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


CHANGES = st.lists(st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 7)), max_size=8)
FACTS = st.lists(
    st.dictionaries(st.sampled_from(["hasMore", "totalPages", "total"]), st.none() | st.booleans())
    | st.fixed_dictionaries({"totalPages": st.integers(-1, 50), "hasMore": st.none()}),
    max_size=8,
)


@pytest.mark.parametrize("read", [iterated, every_item, paged, collected, collected_at_once])
@given(total=st.integers(0, 12), changes=CHANGES, facts=FACTS)
def test_a_list_that_changes_or_lies_ends(
    read: Callable[[Pager[str]], Awaitable[list[str]]],
    total: int,
    changes: list[Change],
    facts: list[dict[str, Any]],
) -> None:
    got = anyio.run(read, pager(Changing(total, changes, facts)))
    if read in (iterated, collected, collected_at_once):
        assert len(set(got)) == len(got)


@given(total=st.integers(0, 12), added=st.lists(st.integers(0, SIZE), max_size=6))
def test_what_stays_comes_when_nothing_is_removed(total: int, added: list[int]) -> None:
    # Up to a whole page more before every other request.
    changes: list[Change] = [change for n in added for change in (("add", n), ("add", 0))]
    transport = Changing(total, changes, [])
    got = anyio.run(iterated, pager(transport))
    assert transport.always <= set(got)


def test_a_record_that_is_added_pushes_none_through_twice(run: Run) -> None:
    changes: list[Change] = [("add", 1)]
    assert run(lambda: iterated(pager(Changing(6, changes, [])))) == [f"old {n}" for n in range(6)]
    twice = run(lambda: every_item(pager(Changing(6, changes, []))))
    assert twice.count("old 2") == 2


@pytest.mark.parametrize("read", [iterated, every_item, paged, collected, collected_at_once])
def test_a_server_that_goes_round_in_circles_ends_the_list(
    run: Run, read: Callable[[Pager[str]], Awaitable[list[str]]]
) -> None:
    def page(request: Request) -> Response:
        assert len(transport.requests) < ENOUGH, "the list does not end"
        number = asked(request).get("page", 1)
        row = {"id": f"{number % 3}", "seen": len(transport.requests)}
        return success({"rows": [row], "meta": {"hasMore": True}})

    transport = ScriptedTransport(page)
    got = run(lambda: read(pager(transport)))
    assert sorted(set(got)) == ["0", "1", "2"]


def test_a_page_that_comes_again_with_other_facts_ends_the_list(run: Run) -> None:
    # Beyond its last page this server gives the last page, with a counter that moves.
    def page(request: Request) -> Response:
        assert len(transport.requests) < ENOUGH, "the list does not end"
        row = {"id": "1", "views": len(transport.requests)}
        return success({"rows": [row], "meta": {"hasMore": True}})

    transport = ScriptedTransport(page)
    assert run(lambda: iterated(pager(transport))) == ["1"]
    assert len(transport.requests) == 3


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
def test_only_an_id_tells_that_an_item_came_before(
    pages: list[list[Any]], fresh: list[list[Any]]
) -> None:
    seen = Seen()
    assert [seen.fresh(page_of(*rows)) for rows in pages] == fresh


def test_a_list_ends_after_two_pages_without_news() -> None:
    seen = Seen()
    ended: list[bool] = []
    for rows in (["a"], ["a"], ["b"], ["a"], ["b"]):
        seen.fresh(page_of(*rows))
        ended.append(seen.ended)
    assert ended == [False, False, False, False, True]
