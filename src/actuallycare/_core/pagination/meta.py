"""The metadata of a page: where the versions of the API have it, and how they spell it. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..json_value import is_object
from ..operation import PageLayout, get_path


@frozen
class PageMeta:
    """Pagination metadata as received; None for what the server did not send."""

    page: int | None = None
    limit: int | None = None
    total: int | None = None
    """Items on all pages together."""
    total_pages: int | None = None
    has_more: bool | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The meta object as received, unknown fields included."""


_META_PLACES: tuple[tuple[str, ...], ...] = (
    ("data", "meta"),
    ("meta",),
    ("pagination",),
    ("data", "pagination"),
    ("meta", "pagination"),
)
"""Places of the metadata in the versions of the API, the published one first."""
_FLAT_PLACES: tuple[tuple[str, ...], ...] = (("data",), ())
"""Objects that may have the metadata among other members."""
_NO_META = PageMeta()


def find_meta(body: Any, layout: PageLayout) -> tuple[PageMeta, tuple[str, ...]]:
    """Read the pagination metadata and return it with its place: the documented one, else another.

    An object may have that name and say nothing of the page; then the next place is tried. Without
    any metadata, return empty metadata and an empty place.
    """
    documented = () if layout.meta is None else (layout.meta,)
    empty: tuple[PageMeta, tuple[str, ...]] | None = None
    for place in (*documented, *(_META_PLACES if layout.is_paginated else ())):
        meta = _meta_at(body, place)
        if meta is not None and meta != _NO_META:
            return meta, place
        if meta is not None and empty is None:
            empty = meta, place
    for place in _FLAT_PLACES if layout.is_paginated else ():
        meta = _meta_at(body, place)
        if meta is not None and _describes_page(meta):
            return meta, place
    return empty or (_NO_META, ())


def _meta_at(body: Any, place: tuple[str, ...]) -> PageMeta | None:
    try:
        raw: Any = get_path(body, place)
    except (KeyError, TypeError):
        return None
    return read_meta(raw) if is_object(raw) else None


def _describes_page(meta: PageMeta) -> bool:
    """Whether members that are beside others are metadata: `total` alone may be an aggregate."""
    is_numbered = meta.page is not None or meta.limit is not None
    return (
        meta.has_more is not None
        or meta.total_pages is not None
        or (meta.total is not None and is_numbered)
    )


def read_meta(raw: Mapping[str, Any]) -> PageMeta:
    """Read pagination metadata; absent and invalid values become None."""
    return PageMeta(
        _integer(_member(raw, "page")),
        _integer(_member(raw, "limit")),
        _integer(_member(raw, "total")),
        _integer(_member(raw, "total_pages")),
        _boolean(_member(raw, "has_more")),
        raw,
    )


_SPELLINGS = {
    "page": ("page", "currentPage", "current_page"),
    "limit": ("limit", "perPage", "per_page", "pageSize", "page_size"),
    "total": ("total", "totalCount", "total_count", "totalItems", "total_items"),
    "total_pages": ("totalPages", "total_pages", "pages", "pageCount", "page_count", "lastPage"),
    "has_more": ("hasMore", "has_more", "hasNextPage", "has_next_page", "hasNext", "has_next"),
}
"""Usual names of each member of the metadata; the vendor's name is first."""


def _member(raw: Mapping[str, Any], name: str) -> Any:
    for key in _SPELLINGS[name]:
        value = raw.get(key)
        if value is not None:
            return value
    return None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    # Some back ends send counts from SQL as strings.
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    return None
