"""Pages as values: whether another follows, and what surrounds the items."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import DecodeError
from actuallycare._core.decode_policy import DecodePolicy
from actuallycare._core.envelope.unreadable import current_policy
from actuallycare._core.operation import Operation, PageLayout
from actuallycare._core.pagination.meta import PageMeta, find_meta
from actuallycare._core.pagination.page import (
    Page,
    has_next,
    is_older,
    read_page,
)

KEYED = PageLayout(("listings",), ("data", "meta"), is_paginated=True, page_size=25)
BARE = PageLayout((), None, is_paginated=True, page_size=25)
UNPAGED = PageLayout((), None, is_paginated=False)


def operation(shape: PageLayout) -> Operation:
    return Operation(
        "listings.list", "GET", "/listings", kind="page", unwrap=("data",), page_layout=shape
    )


CASES = [
    # shape, meta, number, limit, count → another page?
    (KEYED, PageMeta(has_more=True), 1, None, 25, True),
    (KEYED, PageMeta(has_more=False), 1, None, 25, False),
    (KEYED, PageMeta(has_more=True), 1, None, 0, False),  # an empty page ends it, defensively
    (KEYED, PageMeta(total_pages=3), 2, None, 25, True),
    (KEYED, PageMeta(total_pages=3), 3, None, 25, False),
    (KEYED, PageMeta(has_more=False, total_pages=3), 1, None, 25, False),
    (KEYED, PageMeta(total=60, limit=25), 2, None, 25, True),
    (KEYED, PageMeta(total=60, limit=25), 3, None, 10, False),
    (KEYED, PageMeta(total=20), 1, 10, 10, True),
    (KEYED, PageMeta(total=230), 3, 100, 30, True),  # perhaps the server gave less before, too
    (KEYED, PageMeta(total=230), 2, 100, 50, True),  # the server gives 50 at most
    (KEYED, PageMeta(total=230), 5, 100, 0, False),
    (KEYED, PageMeta(total=200), 2, 100, 100, False),
    (KEYED, PageMeta(total=30), 1, 100, 30, False),
    (KEYED, PageMeta(total=60, limit=25), 2, 100, 25, True),
    (PageLayout((), None, is_paginated=True), PageMeta(total=60), 1, None, 30, True),
    (PageLayout((), None, is_paginated=True), PageMeta(total=60), 2, None, 30, False),
    (evolve(BARE, max_page_size=100), PageMeta(), 1, 500, 100, True),  # more than the API allows
    (evolve(BARE, max_page_size=100), PageMeta(), 1, 500, 99, False),
    (BARE, PageMeta(), 1, None, 25, True),
    (BARE, PageMeta(), 1, None, 24, False),
    (BARE, PageMeta(), 1, 10, 10, True),
    (BARE, PageMeta(), 1, 10, 9, False),
    (PageLayout((), None, is_paginated=True), PageMeta(), 1, None, 1, True),
    (UNPAGED, PageMeta(has_more=True), 1, None, 25, False),
]


@pytest.mark.parametrize(("shape", "meta", "number", "limit", "count", "more"), CASES)
def test_whether_another_page_follows(
    shape: PageLayout, meta: PageMeta, number: int, limit: int | None, count: int, more: bool
) -> None:
    assert has_next(shape, meta, number=number, limit=limit, count=count) is more


SIZES = [
    # meta, number, count, items on page 1 → another page?
    (PageMeta(total=25), 3, 5, 10, False),  # the last page is short
    (PageMeta(total=25), 2, 10, 10, True),
    (PageMeta(total=300, limit=500), 1, 100, None, True),  # less than the server says
    (PageMeta(total=300, limit=500), 2, 100, 100, True),
    (PageMeta(total=300, limit=500), 3, 100, 100, False),
]


@pytest.mark.parametrize(("meta", "number", "count", "size", "more"), SIZES)
def test_page_1_shows_how_many_items_a_page_has(
    meta: PageMeta, number: int, count: int, size: int | None, more: bool
) -> None:
    found = has_next(KEYED, meta, number=number, limit=None, count=count, first_page_size=size)
    assert found is more


OLDER = [
    # page, the page before it → does it show an older state of the list?
    (PageMeta(total=50), PageMeta(total=75), True),
    (PageMeta(total=75), PageMeta(total=75), False),
    (PageMeta(total=75), PageMeta(total=50), False),
    (PageMeta(total_pages=2), PageMeta(total_pages=3), True),
    (PageMeta(total_pages=3), PageMeta(total_pages=3), False),
    (PageMeta(total=75, total_pages=2), PageMeta(total=75, total_pages=3), False),
    (PageMeta(total=50), PageMeta(total_pages=3), False),
    (PageMeta(), PageMeta(total=50), False),
]


@pytest.mark.parametrize(("page", "previous", "older"), OLDER)
def test_whether_a_page_shows_an_older_list(
    page: PageMeta, previous: PageMeta, older: bool
) -> None:
    assert is_older(page, previous) is older


def test_a_page_keeps_everything_beside_its_items() -> None:
    body = {
        "success": True,
        "data": {
            "listings": [{"id": 1}],
            "meta": {"page": 2, "limit": 1, "total": 3, "totalPages": 3, "hasMore": True, "x": 1},
            "stats": {"active": 3},
            "cursors": {"next": "c"},
        },
        "timestamp": "2026-06-11T18:24:09.123Z",
    }
    page = read_page(body, operation(KEYED), lambda row: row["id"], number=2, limit=1)
    assert page.items == [1]
    assert (page.meta.page, page.meta.limit, page.meta.total, page.meta.total_pages) == (2, 1, 3, 3)
    assert page.meta.raw["x"] == 1
    assert page.has_more
    assert page.extra == {"stats": {"active": 3}, "cursors": {"next": "c"}}
    assert len(page) == 1


def test_a_page_is_a_sequence_of_its_items() -> None:
    page = read_page({"data": [1, 2]}, operation(UNPAGED), str, number=1, limit=None)
    assert list(page) == ["1", "2"]
    assert (len(page), page[0], page[1:]) == (2, "1", ["2"])
    assert "2" in page
    assert 2 not in page


def test_a_bare_array_keeps_top_level_fields() -> None:
    body = {"success": True, "data": [1, 2], "meta": {"total": 2}, "categories": 27}
    page = read_page(body, operation(UNPAGED), int, number=1, limit=None)
    assert (page.items, page.has_more) == ([1, 2], False)
    assert page.extra == {"meta": {"total": 2}, "categories": 27}


META = [
    ({"page": "2", "total": "87"}, (2, 87)),
    ({"page": True, "total": None}, (None, None)),
    ({"page": 2.0, "total": -1}, (None, -1)),
    ({"page": "", "total": "8e1"}, (None, None)),
    ("text", (None, None)),
    (None, (None, None)),
]
MORE = [
    (True, True),
    (False, False),
    ("true", True),
    ("False", False),
    ("", None),
    ("yes", None),
    (1, None),
    (None, None),
    ([], None),
]


@pytest.mark.parametrize(("value", "more"), MORE)
@pytest.mark.parametrize("name", ["hasMore", "has_more", "hasNextPage"])
def test_whether_more_follow_is_a_boolean_or_its_text(
    name: str, value: Any, more: bool | None
) -> None:
    found, _ = find_meta({"data": {"meta": {name: value}}}, KEYED)
    assert found.has_more is more


NONE: tuple[str, ...] = ()
FOUND: list[tuple[dict[str, Any], int | None, tuple[str, ...]]] = [
    # An object of that name which says nothing of the page does not hide another.
    ({"data": {"meta": {"requestId": "r"}}, "pagination": {"total": 9}}, 9, ("pagination",)),
    ({"data": {"pagination": {"total": 9}}, "meta": {"v": 1}}, 9, ("data", "pagination")),
    ({"data": [], "meta": {"pagination": {"total": 9}}}, 9, ("meta", "pagination")),
    ({"data": {"meta": {"requestId": "r"}}}, None, ("data", "meta")),
    # Beside the items, or beside `data`.
    ({"data": {"listings": [], "total": 9, "page": 1}}, 9, ("data",)),
    ({"data": {"listings": [], "total": 9, "hasMore": True}}, 9, ("data",)),
    ({"data": {"listings": [], "total": 9, "totalPages": 2}}, 9, ("data",)),
    ({"data": [], "total": "9", "limit": "5"}, 9, NONE),
    # `total` alone may be an aggregate, and `page` alone anything.
    ({"data": {"listings": [], "total": 9}}, None, NONE),
    ({"data": [], "count": 9, "page": 1}, None, NONE),
]


@pytest.mark.parametrize(("body", "total", "place"), FOUND, ids=str)
def test_where_the_paging_facts_are(
    body: dict[str, Any], total: int | None, place: tuple[str, ...]
) -> None:
    found, where = find_meta({"success": True, **body}, KEYED)
    assert (found.total, where) == (total, place)


def test_a_list_that_is_not_paged_has_only_documented_facts() -> None:
    body = {"data": [], "total": 9, "page": 1, "pagination": {"total": 9}}
    assert find_meta(body, UNPAGED) == (PageMeta(), ())


@pytest.mark.parametrize(("meta", "read"), META)
def test_odd_paging_facts_read_as_absent(meta: Any, read: tuple[int | None, int | None]) -> None:
    found, _ = find_meta({"data": {"meta": meta}}, KEYED)
    assert (found.page, found.total) == read


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"listings": None},
        {"listings": {}},
        "text",
    ],
)
def test_a_list_that_is_none_is_a_decode_error(data: Any) -> None:
    with pytest.raises(DecodeError) as caught:
        read_page({"data": data}, operation(KEYED), int, number=1, limit=None)
    assert caught.value.field == "data.listings"


def test_an_unreadable_item_is_named_by_its_place() -> None:
    body = {"data": {"listings": [{"id": "1"}, {"id": "2"}, {"id": "x"}]}}
    with pytest.raises(DecodeError) as caught:
        read_page(body, operation(KEYED), lambda row: int(row["id"]), number=1, limit=None)
    assert (caught.value.operation, caught.value.field) == ("listings.list", "data.listings[2].id")
    assert caught.value.excerpt == '"x"'
    secret = evolve(operation(KEYED), sensitive=True)
    with pytest.raises(DecodeError) as confidential:
        read_page(body, secret, lambda row: int(row["id"]), number=1, limit=None)
    assert confidential.value.excerpt == ""


@pytest.mark.parametrize("policy", [DecodePolicy(), DecodePolicy(strict=True)])
def test_items_are_read_by_the_policy(policy: DecodePolicy) -> None:
    found = read_page(
        {"data": [1]},
        operation(BARE),
        lambda _: current_policy(),
        number=1,
        limit=None,
        policy=policy,
    )
    assert found.items[0] is policy


@given(
    st.dictionaries(
        st.sampled_from(["page", "limit", "total", "totalPages", "hasMore"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    ),
    st.lists(st.integers(), max_size=3),
)
def test_no_meta_makes_a_page_unreadable(meta: dict[str, Any], rows: list[int]) -> None:
    body = {"data": {"listings": rows, "meta": meta}}
    page = read_page(body, operation(KEYED), int, number=1, limit=None)
    assert page.items == rows
    assert not (page.has_more and not rows)


ROWS = [{"id": "a"}, {"id": "b"}]
FACTS = {"page": 2, "limit": 2, "total": 9, "totalPages": 5, "hasMore": True}


@pytest.mark.parametrize("shape", [KEYED, BARE], ids=["keyed", "bare"])
@pytest.mark.parametrize("beside", [{}, {"stats": {"total": 9}}], ids=["alone", "stats"])
@pytest.mark.parametrize(
    ("meta", "body"),
    [
        (FACTS, lambda rows, more: {"data": {**rows, **more, "meta": FACTS}}),
        (FACTS, lambda rows, more: {"data": {**rows, **more}, "meta": FACTS}),
        (FACTS, lambda rows, more: {"data": {**rows, **more}, "pagination": FACTS}),
        (FACTS, lambda rows, more: {"data": {**rows, **more, "pagination": FACTS}}),
        (
            FACTS,
            lambda rows, more: {"data": rows["listings"], "pagination": FACTS, **more},
        ),
        (FACTS, lambda rows, more: {"data": rows["listings"], "meta": FACTS, **more}),
        ({}, lambda rows, more: {"data": rows["listings"], **more}),
    ],
    ids=["data.meta", "meta", "pagination", "data.pagination", "bare", "bare+meta", "no facts"],
)
def test_a_page_is_read_in_each_known_form(
    shape: PageLayout, meta: dict[str, Any], body: Any, beside: dict[str, Any]
) -> None:
    whole = {"success": True, **body({"listings": ROWS}, beside)}
    page = read_page(whole, operation(shape), lambda row: row["id"], number=2, limit=2)
    assert page.items == ["a", "b"]
    assert page.meta.raw == meta
    assert page.has_more is True
    assert page.extra == beside


OFFERS = PageLayout(("page", "offers"), ("data", "meta"))
PLACES: list[tuple[Any, list[int]]] = [
    ({"page": {"offers": [1]}, "listings": [2]}, [1]),  # the documented place
    ({"page": {"offers": 5}, "listings": [2]}, [2]),  # the name of the resource
    ({"listings": [2]}, [2]),
    ({"Offers": [4], "listings": [2]}, [4]),  # the documented name, spelled in another way
    ([3], [3]),
]


@pytest.mark.parametrize(("data", "items"), PLACES)
def test_items_are_found_at_each_place(data: Any, items: list[int]) -> None:
    called = evolve(operation(OFFERS), name="listings.offers.list")
    page = read_page({"data": data}, called, int, number=1, limit=None)
    assert (page.items, page.raw_items) == (items, items)


@pytest.mark.parametrize(
    ("data", "got"), [({"page": {"offers": 5}}, "a number"), ({"page": {}}, "nothing")]
)
def test_items_at_no_place_are_an_error(data: Any, got: str) -> None:
    with pytest.raises(DecodeError, match=f": expected an array, got {got}") as caught:
        read_page({"data": data}, operation(OFFERS), int, number=1, limit=None)
    assert caught.value.field == "data.page.offers"


EXTRA: list[tuple[PageLayout, dict[str, Any], dict[str, Any]]] = [
    (KEYED, {"data": {"listings": [], "meta": FACTS, "data": 5}}, {"data": 5}),
    (KEYED, {"data": {"listings": [], "meta": "m"}, "meta": FACTS}, {"meta": "m"}),
    (KEYED, {"data": {"listings": []}, "timestamp": "t", "x": 1}, {}),
    (BARE, {"success": True, "data": [], "timestamp": "t", "meta": FACTS, "x": 1}, {"x": 1}),
    (BARE, {"data": [], "meta": 5, "x": 1}, {"meta": 5, "x": 1}),
]


@pytest.mark.parametrize(("shape", "body", "extra"), EXTRA)
def test_what_is_beside_the_items(
    shape: PageLayout, body: dict[str, Any], extra: dict[str, Any]
) -> None:
    assert read_page(body, operation(shape), int, number=1, limit=None).extra == extra


@pytest.mark.parametrize("name", ["api_keys", "apiKeys"])
def test_a_list_beside_success_is_found_in_any_spelling(name: str) -> None:
    called = evolve(operation(BARE), name="api_keys.list")
    page = read_page({"success": True, name: [1]}, called, int, number=1, limit=None)
    assert page.items == [1]


def test_a_whole_body_may_be_the_array() -> None:
    page = read_page(ROWS, operation(KEYED), lambda row: row["id"], number=1, limit=None)
    assert (page.items, page.has_more, page.extra) == (["a", "b"], False, {})


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "[]"), (1, "[0]"), (3, "[0, 1, 2]"), (4, "[0, 1, 2, … 1 more]"), (100, "2, … 97 more]")],
)
def test_the_repr_shows_the_first_items(count: int, shown: str) -> None:
    page = Page([*range(count)], PageMeta(), False)
    assert f"{shown}, meta=" in repr(page)
