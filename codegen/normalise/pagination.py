"""Pagination: what is a page, where its paging facts are, and how the next one is requested."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from attrs import frozen

from ..api import Paging, ResultKind
from ..document import Json, as_object, is_object
from ..findings import Findings
from ..names import words
from .parameters import Parameter
from .schemas import SchemaNormaliser

META_NAMES = ("meta", "pagination", "paging", "pageInfo", "page_info")
"""Usual names of the object of paging facts; the first one is the vendor's."""

FLAT_FACTS = frozenset({
    "page", "currentPage", "current_page", "totalPages", "total_pages", "pageCount", "lastPage",
    "hasMore", "has_more", "hasNext", "hasNextPage", "has_next", "nextPage", "next_page", "pages",
    "nextCursor", "next_cursor", "offset", "cursor", "next", "nextToken", "next_token",
    "nextPageToken", "next_page_token", "continuationToken", "endCursor",
})  # fmt: skip
"""Facts that say which page follows. A total alone is none: catalogs have one."""

_AMBIGUOUS_FACTS = frozenset({"page", "pages", "next", "offset", "cursor"})
"""Facts whose names records have too, such as the `page` of a quotation."""

_SIZES = frozenset({
    "limit", "perPage", "per_page", "pageSize", "page_size", "size", "total", "count", "totalCount",
    "total_count", "totalItems", "total_items", "totalDocs", "totalRecords", "totalResults",
    "previous", "prev",
})  # fmt: skip
"""Names that say, beside an ambiguous fact, that an array is a page."""

LINK_NAMES = ("links", "_links")
"""Names of the object of links in JSON:API and in HAL."""

_OTHER_PAGING = frozenset({
    "start", "from", "startindex", "startkey", "startingafter", "endingbefore", "exclusivestartkey",
    "cursor", "pagecursor", "nextcursor", "after", "before", "pageafter", "pagebefore", "sinceid",
    "maxid", "minid", "lastid", "afterid", "lastkey", "lastevaluatedkey", "marker", "bookmark",
    "scrollid", "next", "nexttoken", "pagetoken", "nextpagetoken", "continuation",
    "continuationtoken", "pagenumber", "pageno", "pagenum", "pagenr", "pageid", "pageindex",
    "pageoffset", "currentpage", "current", "page", "xpage", "p", "pg", "skip", "offset",
})  # fmt: skip
"""Parameters that page a list in another way, in one word of lower case."""

_OFFSETS = ("offset", "skip")
"""Parameters that say how many items to skip."""

_FACTS = FLAT_FACTS | {"limit"}


@frozen
class Payload:
    """The result of an operation, and where it is in the body."""

    kind: ResultKind
    schema: Json | None
    """Of the payload; of one item, for a page."""
    unwrap: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    meta: tuple[str, ...] | None = None
    extra: tuple[str, ...] = ()
    item_owner: str = ""
    """Wire name that an inline item is named after."""


def is_meta(schema: Any, schemas: SchemaNormaliser) -> bool:
    """Whether a normalised schema is an object of paging facts."""
    if not is_object(schema):
        return False
    return bool(_FACTS & as_object(schemas.target(schema).get("properties")).keys())


def is_next_link(schema: Any, schemas: SchemaNormaliser) -> bool:
    """Whether a normalised schema is an object of links with one to the next page."""
    return is_object(schema) and "next" in as_object(schemas.target(schema).get("properties"))


def has_flat_facts(names: set[str], *, asks_pages: bool) -> bool:
    """Whether the names beside an array say that it is a page of a list.

    `asks_pages` is whether the operation has a parameter that pages, which settles doubts.
    """
    if asks_pages and names and names <= FLAT_FACTS | _SIZES:
        return True
    found = names & FLAT_FACTS
    if found - _AMBIGUOUS_FACTS:
        return True
    return bool(found) and (asks_pages or len(found) > 1 or bool(names & _SIZES))


def asks_for_pages(parameters: Iterable[Parameter]) -> bool:
    """Whether an operation has a query parameter that chooses a page, or its size."""
    query = (_plain(p.wire) for p in parameters if p.location == "query")
    return any(name == "limit" or name in _OTHER_PAGING for name in query)


def paging_of(
    payload: Payload,
    parameters: Collection[Parameter],
    body_fields: Iterable[str],
    place: str,
    findings: Findings,
) -> Paging | None:
    """Return what the pager has to know of a list; None for other operations.

    A list that is paged by neither `page` nor an offset cannot be iterated: a call gives one page.
    """
    if payload.kind != "page":
        return None
    query = {p.wire: p for p in parameters if p.location == "query"}
    from_zero = "page" in query and _starts_at_zero(query["page"])
    paged = "page" in query and not from_zero
    offset = "" if paged else next((name for name in query if name in _OFFSETS), "")
    other = _other_paging(parameters, body_fields)
    iterable = paged or bool(offset) or (payload.meta is None and not other)
    if not iterable:
        means = f"paged by {', '.join(other)}" if other else "paged, but takes no `page`"
        means += ", which starts at 0" if from_zero else ""
        findings.fall_back("page", place, f"is {means}")
    limit = query.get("limit")
    return Paging(
        payload.items,
        payload.meta,
        payload.extra,
        paged or bool(offset),
        None if limit is None else _page_size(limit.default),
        offset,
        iterable,
        None if limit is None else _page_size(limit.maximum),
    )


def _page_size(value: Any) -> int | None:
    known = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return value if known else None


def _other_paging(parameters: Iterable[Parameter], body_fields: Iterable[str]) -> list[str]:
    """Names of the arguments that page a list, except those that a pager can count up."""
    # A label in the path is often the slug of a page, so it has to be a number there.
    found = {
        p.wire for p in parameters if p.location != "path" or p.schema.get("type") == "integer"
    }
    return sorted(name for name in {*found, *body_fields} if _plain(name) in _OTHER_PAGING)


def _starts_at_zero(page: Parameter) -> bool:
    """Whether the first page has the number 0, so that a pager would miss it."""
    first: Any = page.minimum if page.default is None else page.default
    return bool(first == 0)


def _plain(name: str) -> str:
    return "".join(words(name))
