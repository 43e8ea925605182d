"""Tables for the decisions about pages: repeated items, endless lists, records that went away."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare import DecodeError
from actuallycare._core.operation import Operation, PageLayout
from actuallycare._core.pagination.meta import PageMeta, find_meta, read_meta
from actuallycare._core.pagination.page import (
    Deduplicator,
    LoopGuard,
    Page,
    full_page_size,
    has_next,
    read_page,
    removed_between,
)

KEYED = PageLayout(("listings",), ("data", "meta"), is_paginated=True, page_size=25)
LIST = Operation(
    "listings.list", "GET", "/listings", kind="page", unwrap=("data",), page_layout=KEYED
)


def page(raw: list[Any], *, has_more: bool = True, **meta: Any) -> Page[Any]:
    return Page(list(range(len(raw))), PageMeta(**meta), has_more, {}, raw)


REPEATED: list[tuple[list[list[Any]], list[list[int]], bool]] = [
    ([[{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 3}]], [[0, 1], [1]], True),
    ([[{"id": 1}], [{"id": 1}]], [[0], []], False),
    ([[{"id": 1}, {"id": 1}]], [[0]], True),
    # Without an id, each one is returned; it is new to the guard when its content is.
    ([[{"a": 1, "b": 2}], [{"b": 2, "a": 1}]], [[0], [0]], False),
    ([[{"a": 1}], [{"a": 2}]], [[0], [0]], True),
    ([[5], [5]], [[0], [0]], False),
    ([[{"id": None}], [{"id": None}]], [[0], [0]], False),
    ([[{"ID": 1}], [{"ID": 1}]], [[0], [0]], False),
    ([[{"id": ""}, {"id": ""}]], [[0, 1]], True),
    ([[{"id": True}, {"id": True}, {"id": 1}]], [[0, 1, 2]], True),
    ([[{"id": "1"}], [{"id": 1}]], [[0], [0]], True),
]


@pytest.mark.parametrize(("pages", "new", "found_new"), REPEATED)
def test_no_item_is_returned_twice(
    pages: list[list[Any]], new: list[list[int]], found_new: bool
) -> None:
    seen = Deduplicator()
    assert [seen.new_items(page(raw)) for raw in pages] == new
    assert seen.found_new is found_new


def test_items_and_their_json_belong_together() -> None:
    with pytest.raises(ValueError, match="zip"):
        Deduplicator().new_items(Page([1, 2], PageMeta(), has_more=True, extra={}, raw_items=[{}]))


def checked(guard: LoopGuard, *pages: tuple[Page[Any], set[Any], bool]) -> int:
    """Return after how many pages the guard stops the list; 0 if it does not."""
    for number, (read, keys, found_new) in enumerate(pages, 1):
        try:
            guard.check(read, keys, number=number, found_new=found_new)
        except DecodeError:
            return number
    return 0


def endless(count: int, *, same_number: bool = False, **meta: Any) -> list[Any]:
    numbers = [1 if same_number else n for n in range(1, count + 1)]
    pages = [page([{}, {}], page=n, **meta) for n in numbers]
    return [(read, {1, 2}, n == 0) for n, read in enumerate(pages)]


def test_a_server_that_ignores_the_number_is_stopped() -> None:
    # Page 1 is new; page 2 repeats it for the first time; page 3 repeats what was repeated.
    assert checked(LoopGuard(LIST), *endless(9, same_number=True)) == 3


def test_five_repeated_pages_are_accepted_with_numbers() -> None:
    assert checked(LoopGuard(LIST), *endless(20)) == 8


def test_two_repeated_pages_are_accepted_without_numbers() -> None:
    pages = [(page([{}]), {1}, n == 0) for n in range(20)]
    assert checked(LoopGuard(LIST), *pages) == 5


GROWTH: list[tuple[dict[str, Any], dict[str, Any], int]] = [
    ({"total": 10}, {"total": 14}, 10),  # 4 records more are 2 pages of 2
    ({"total": 10}, {"total": 15}, 10),
    ({"total": 10}, {"total": 9}, 8),
    ({"total_pages": 5}, {"total_pages": 8}, 11),
    ({"total_pages": 5}, {"total_pages": 4}, 8),
    ({"total": 10}, {"total_pages": 8}, 8),
    ({"total_pages": 5}, {"total": 80}, 8),
    ({"total": 10, "total_pages": 5}, {"total": 10, "total_pages": 9}, 8),
]


@pytest.mark.parametrize(("start", "later", "stopped"), GROWTH)
def test_growth_explains_repeated_pages(
    start: dict[str, Any], later: dict[str, Any], stopped: int
) -> None:
    first = (page([{}, {}], page=1, **start), {1, 2}, True)
    pages = [(page([{}, {}], page=n, **later), {1, 2}, False) for n in range(2, 30)]
    assert checked(LoopGuard(LIST), first, *pages) == stopped


@pytest.mark.parametrize(("later", "stopped"), [(10, 8), (12, 10)])
def test_growth_of_pages_with_one_item(later: int, stopped: int) -> None:
    first = (page([{}], page=1, total=10), {1}, True)
    pages = [(page([{}], page=n, total=later), {1}, False) for n in range(2, 30)]
    assert checked(LoopGuard(LIST), first, *pages) == stopped


def test_a_new_item_starts_the_count_again() -> None:
    guard = LoopGuard(LIST)
    assert checked(guard, *endless(7)) == 0
    assert checked(guard, *endless(7)) == 0
    assert checked(guard, *endless(8)) == 8


def test_the_last_page_may_repeat_others() -> None:
    pages = [(page([{}], page=1, has_more=False), {1}, n == 0) for n in range(20)]
    assert checked(LoopGuard(LIST), *pages) == 0


def test_pages_that_repeat_others_in_turn_count_when_all_are_known() -> None:
    keys: list[set[int]] = [{1}, {2}, {3}, {1}, {2}, {3}]
    pages = [(page([{}], page=1), each, n == 0) for n, each in enumerate(keys)]
    assert checked(LoopGuard(LIST), *pages) == 5


def test_the_error_names_operation_place_and_page() -> None:
    guard = LoopGuard(LIST)
    *before, (third, keys, found_new) = endless(3, same_number=True)
    assert checked(guard, *before) == 0
    with pytest.raises(DecodeError) as caught:
        guard.check(third, keys, number=3, found_new=found_new)
    assert (caught.value.operation, caught.value.field) == ("listings.list", "data.meta")
    assert "page 3 only repeats items" in str(caught.value)


REMOVED: list[tuple[dict[str, Any], dict[str, Any], int]] = [
    ({"total": 9}, {"total": 7}, 2),
    ({"total": 7}, {"total": 9}, 0),
    ({"total": 9}, {}, 0),
    ({}, {"total": 9}, 0),
    ({"total_pages": 5, "limit": 10}, {"total_pages": 4}, 19),
    ({"total_pages": 5, "limit": 10}, {"total_pages": 3}, 29),
    ({"total_pages": 5, "limit": 10}, {"total_pages": 5}, 0),
    ({"total_pages": 5}, {"total_pages": 4}, 3),  # two items on a page
    ({"total_pages": 5}, {}, 0),
    ({}, {"total_pages": 5}, 0),
]


@pytest.mark.parametrize(("before", "after", "removed"), REMOVED)
def test_how_many_records_were_removed(
    before: dict[str, Any], after: dict[str, Any], removed: int
) -> None:
    assert removed_between(page([{}, {}], **before), page([{}], **after)) == removed
    assert removed_between(None, page([{}], **after)) == 0


@pytest.mark.parametrize(
    ("limit", "rows", "size"), [(None, 0, 1), (0, 0, 1), (3, 2, 3), (2, 3, 3), (None, 3, 3)]
)
def test_the_size_of_a_page(limit: int | None, rows: int, size: int) -> None:
    assert full_page_size(page([{}] * rows, limit=limit)) == size


@pytest.mark.parametrize(("number", "follows"), [(1, True), (2, False), (3, False)])
def test_a_total_that_fills_the_last_page(number: int, follows: bool) -> None:
    meta = PageMeta(total=50)
    assert has_next(KEYED, meta, number=number, limit=25, count=25) is follows


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ({"total": "9" * 18}, int("9" * 18)),
        ({"total": "9" * 19}, None),
        ({"total": True}, None),
        ({"total": 9}, 9),
    ],
)
def test_counts_as_text_have_18_digits(raw: dict[str, Any], read: int | None) -> None:
    assert read_meta(raw).total == read


def test_metadata_at_the_documented_place_comes_first() -> None:
    body = {"data": {"meta": {"total": 1}}, "own": {"total": 2}}
    own = PageLayout((), ("own",), is_paginated=True)
    assert find_meta(body, own)[1] == ("own",)
    assert find_meta(body, PageLayout((), None, is_paginated=True))[1] == ("data", "meta")
    assert find_meta(body, PageLayout((), None, is_paginated=False)) == (PageMeta(), ())
    unpaged = PageLayout((), ("own",), is_paginated=False)
    assert find_meta(body, unpaged)[1] == ("own",)


NO_ARRAYS: list[tuple[Any, str]] = [
    ({"listings": 5}, "a number"),
    ({}, "nothing"),
    ({"listings": {}}, "an object"),
]


@pytest.mark.parametrize(("data", "got"), NO_ARRAYS)
def test_items_that_are_no_array_are_named(data: Any, got: str) -> None:
    with pytest.raises(DecodeError, match=f": expected an array, got {got}") as caught:
        read_page({"data": data}, LIST, lambda item: item, number=1, limit=None)
    assert caught.value.operation == "listings.list"
