"""Ways to page a list: every item comes, or a call gives one page and a finding says so."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.api import Operation

from .documents import (
    Json,
    array,
    document,
    envelope,
    json_response,
    obj,
    operation,
    operation_at,
    ref,
    run,
    string,
)

INTEGER: Json = {"type": "integer"}


def query(name: str, **schema: Any) -> Json:
    return {"name": name, "in": "query", "schema": schema or INTEGER}


def listing(success: Json, *parameters: Json, **more: Any) -> Json:
    """A document with one list."""
    given = {"parameters": [*parameters], "responses": {"200": json_response(success)}, **more}
    return document({"/things": {"get": operation(**given)}})


def listed(made: Json) -> tuple[Operation, list[str]]:
    """The list of a document, and the kinds of the findings about it."""
    described = run(made)
    found = operation_at(described, "/things")
    return found, [f.kind for f in described.findings.fallbacks]


BARE = array(ref("Thing"))

PAGED_BY_NUMBER: dict[str, Json] = {
    "facts beside data": obj(
        {"success": {"type": "boolean"}, "data": BARE, "page": INTEGER, "totalPages": INTEGER}
    ),
    "pagination beside data": obj(
        {"success": {"type": "boolean"}, "data": BARE, "pagination": obj({"pages": INTEGER})}
    ),
    "pageInfo inside data": envelope(
        obj({"items": BARE, "pageInfo": obj({"hasNextPage": {"type": "boolean"}})})
    ),
    "snake case": envelope(obj({"rows": BARE, "paging": obj({"has_more": {"type": "boolean"}})})),
    "a bare array": BARE,
}


@pytest.mark.parametrize("success", PAGED_BY_NUMBER.values(), ids=PAGED_BY_NUMBER.keys())
def test_a_list_with_page_is_iterated(success: Json) -> None:
    found, fallbacks = listed(listing(success, query("page"), query("limit")))
    assert found.gives_pager
    assert found.paging is not None
    assert found.paging.paged
    assert str(found.result) == "Thing"
    assert fallbacks == []


ONE_PAGE = {
    "cursor": query("cursor", type="string"),
    "after": query("after", type="string"),
    "starting_after": query("starting_after", type="string"),
    "pageToken": query("pageToken", type="string"),
    "page[number]": query("page[number]"),
    "page[cursor]": query("page[cursor]", type="string"),
    "pageNo": query("pageNo"),
    "page_num": query("page_num"),
    "pageNum": query("pageNum"),
    "_page": query("_page"),
    "Page": query("Page"),
    "p": query("p"),
    "pg": query("pg"),
    "current": query("current"),
    "_start": query("_start"),
    "$skip": query("$skip"),
    "since_id": query("since_id", type="string"),
    "max_id": query("max_id", type="string"),
    "lastId": query("lastId", type="string"),
    "marker": query("marker", type="string"),
    "continuationToken": query("continuationToken", type="string"),
    "next": query("next", type="string"),
    "lastEvaluatedKey": query("lastEvaluatedKey", type="string"),
    "a page of zero": query("page", type="integer", default=0),
    "a page from zero": query("page", type="integer", minimum=0),
    "a page in the path": {"name": "page", "in": "path", "required": True, "schema": INTEGER},
    "a page in a header": {"name": "X-Page", "in": "header", "schema": INTEGER},
}


@pytest.mark.parametrize("parameter", ONE_PAGE.values(), ids=ONE_PAGE.keys())
def test_a_list_that_is_paged_in_another_way_gives_one_page(parameter: Json) -> None:
    path = "/things/{page}" if parameter["in"] == "path" else "/things"
    responses = {"200": json_response(envelope(BARE))}
    given = operation(parameters=[parameter, query("limit")], responses=responses)
    made = run(document({path: {"get": given}}))
    found = operation_at(made, path)
    assert found.kind == "page"
    assert not found.gives_pager
    assert [(f.kind, f.place) for f in made.findings.fallbacks] == [("page", f"GET {path}")]


def test_a_search_whose_page_is_in_the_body_gives_one_page() -> None:
    body = {"content": {"application/json": {"schema": obj({"page": INTEGER, "text": string()})}}}
    responses = {"200": json_response(envelope(BARE))}
    made = run(document({"/things": {"post": operation(requestBody=body, responses=responses)}}))
    assert not operation_at(made, "/things", "post").gives_pager
    assert [f.kind for f in made.findings.fallbacks] == ["page"]


@pytest.mark.parametrize("name", ["offset", "skip"])
def test_a_list_with_an_offset_is_iterated(name: str) -> None:
    found, fallbacks = listed(listing(envelope(BARE), query(name), query("limit")))
    assert found.gives_pager
    assert found.paging is not None
    assert found.paging.offset == name
    assert fallbacks == []


def test_a_list_without_any_paging_is_iterated() -> None:
    found, fallbacks = listed(listing(envelope(BARE), query("status", type="string")))
    assert found.gives_pager
    assert fallbacks == []


CURSOR_FACTS = ["nextCursor", "next_cursor", "nextPageToken", "next_page_token", "next", "cursor"]


@pytest.mark.parametrize("fact", CURSOR_FACTS)
def test_a_cursor_beside_the_items_gives_one_page(fact: str) -> None:
    success = obj({"success": {"type": "boolean"}, "data": BARE, fact: string()})
    found, fallbacks = listed(listing(success, query("limit")))
    assert found.kind == "page"
    assert not found.gives_pager
    assert fallbacks == ["page"]


def test_a_list_of_two_arrays_is_one_record() -> None:
    both = obj({"a": BARE, "b": BARE, "pagination": obj({"page": INTEGER})})
    found, _ = listed(listing(envelope(both), query("page")))
    assert found.kind == "record"


NUMBERED = obj({"title": string(), "page": INTEGER, "sections": BARE})


def test_an_array_beside_a_page_number_is_one_record() -> None:
    described = run(listing(envelope(NUMBERED)))
    found = operation_at(described, "/things")
    assert (found.kind, found.unwrap) == ("record", ("data",))
    assert described.findings.lines() == [
        (
            "GET /things → success: one array beside `page`, without another sign of a list: the "
            "whole is one record"
        ),
    ]


SIGNS: dict[str, tuple[Json, list[Json]]] = {
    "a parameter": ({"page": INTEGER}, [query("page")]),
    "a size": ({"page": INTEGER, "pageSize": INTEGER}, []),
    "a total": ({"page": INTEGER, "total": INTEGER}, []),
    "a second fact": ({"next": string(), "pages": INTEGER}, []),
    "a clear fact": ({"totalPages": INTEGER}, []),
}


@pytest.mark.parametrize(("facts", "parameters"), SIGNS.values(), ids=SIGNS.keys())
def test_an_array_beside_facts_of_a_list_is_a_list(facts: Json, parameters: list[Json]) -> None:
    success = envelope(obj({"rows": BARE, **facts}))
    found, _ = listed(listing(success, *parameters))
    assert found.kind == "page"


NEXT = obj({"self": string(), "next": string()})
HAL: dict[str, Json] = {
    "links in data": envelope(obj({"things": BARE, "links": NEXT})),
    "links beside data": obj({"success": {"type": "boolean"}, "data": BARE, "links": NEXT}),
    "without an envelope": obj({"things": BARE, "_links": obj({"next": obj({"href": string()})})}),
}


@pytest.mark.parametrize("success", HAL.values(), ids=HAL.keys())
def test_a_list_with_a_link_to_the_next_page_gives_one_page(success: Json) -> None:
    found, fallbacks = listed(listing(success))
    assert (found.kind, found.gives_pager) == ("page", False)
    assert fallbacks == ["page"]


@pytest.mark.parametrize("success", HAL.values(), ids=HAL.keys())
def test_a_list_with_links_and_a_page_number_is_iterated(success: Json) -> None:
    found, fallbacks = listed(listing(success, query("page")))
    assert found.gives_pager
    assert fallbacks == []


def test_a_link_to_the_next_page_without_an_array_is_reported() -> None:
    described = run(listing(envelope(obj({"_embedded": obj({"things": BARE}), "_links": NEXT}))))
    assert operation_at(described, "/things").kind == "record"
    assert any("has `_links.next`" in line for line in described.findings.lines())


def test_a_record_with_links_is_a_record_without_a_finding() -> None:
    chapter = obj({"id": string(), "sections": BARE, "links": NEXT})
    described = run(listing(envelope(chapter)))
    assert operation_at(described, "/things").kind == "record"
    assert described.findings.lines() == []
