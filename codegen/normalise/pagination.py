"""Pagination: what is a page, where its paging facts are, and how the next one is requested."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from ..api import Paging, ResultKind
from ..document import Json, as_object, is_object
from .parameters import Parameter
from .schemas import SchemaNormaliser

META_NAMES = ("meta", "pagination", "paging", "pageInfo", "page_info")
"""Usual names of the object of paging facts; the first one is the vendor's."""

FLAT_FACTS = frozenset({
    "page", "currentPage", "totalPages", "total_pages", "hasMore", "has_more", "hasNextPage",
    "nextPage", "pages",
})  # fmt: skip
"""Facts that say which page follows. A total alone is none: catalogs have one."""

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


def paging_of(payload: Payload, parameters: Iterable[Parameter]) -> Paging | None:
    """Return what the pager has to know of a list; None for other operations."""
    if payload.kind != "page":
        return None
    query = {p.wire: p for p in parameters if p.location == "query"}
    size: Any = query["limit"].default if "limit" in query else None
    return Paging(
        payload.items,
        payload.meta,
        payload.extra,
        "page" in query,
        size if isinstance(size, int) and not isinstance(size, bool) else None,
    )
