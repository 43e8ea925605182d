"""Pages as values: reading one, and deciding whether another follows. No I/O.

Source: the vendor's page api/pagination: lists end when `hasMore` is false or, defensively, when a
page is empty.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from attrs import define, field, frozen

from ..envelope.decode import decode
from ..envelope.unwrap import payload
from ..errors import DecodeError
from ..json_value import is_array, is_object, json_type
from ..operation import ListShape, Operation, dig

T = TypeVar("T")

_NO_EXTRA: Mapping[str, Any] = {}


@frozen
class PageMeta:
    """Paging facts as the server gave them; None where it gave none."""

    page: int | None = None
    limit: int | None = None
    total: int | None = None
    """Items on all pages together."""
    total_pages: int | None = None
    has_more: bool | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The meta object as received, unknown fields included."""


@frozen
class Page(Generic[T]):
    """One page of a list."""

    items: list[T]
    meta: PageMeta
    has_more: bool
    """Whether another page follows, judged from everything the page says."""
    extra: Mapping[str, Any] = field(default=_NO_EXTRA, repr=False, eq=False)
    """What stands beside the items, such as `stats` (aggregates) or `cursors`, as received."""
    raw_items: list[Any] = field(factory=list[Any], repr=False, eq=False)
    """The items as received."""

    def __len__(self) -> int:
        return len(self.items)


def read_page(
    body: Any,
    operation: Operation,
    parse: Callable[[Any], T],
    *,
    number: int,
    limit: int | None,
) -> Page[T]:
    """The page that `body` holds; `number` and `limit` are what was asked for."""
    shape = operation.shape or ListShape()
    container = payload(body, operation)
    where = ".".join([*operation.unwrap, *shape.items])
    try:
        rows: Any = dig(container, shape.items)
    except (KeyError, TypeError):
        rows = None
    if not is_array(rows):
        got = json_type(rows) if rows is not None else "nothing"
        raise DecodeError(operation.name, f"expected an array, got {got}", field=where)
    items: list[T] = decode(
        lambda values: [parse(value) for value in values],
        rows,
        operation=operation.name,
        at=where,
        confidential=operation.confidential,
    )
    meta = read_meta(body, shape)
    return Page(
        items,
        meta,
        has_next(shape, meta, number=number, limit=limit, count=len(items)),
        _extra(body, container, shape),
        rows,
    )


def read_meta(body: Any, shape: ListShape) -> PageMeta:
    """Paging facts of a body; what is absent or not of its type reads as None."""
    try:
        raw: Any = dig(body, shape.meta) if shape.meta is not None else None
    except (KeyError, TypeError):
        raw = None
    if not is_object(raw):
        return PageMeta()
    more = _fact(raw, "has_more")
    return PageMeta(
        _integer(_fact(raw, "page")),
        _integer(_fact(raw, "limit")),
        _integer(_fact(raw, "total")),
        _integer(_fact(raw, "total_pages")),
        more if isinstance(more, bool) else None,
        raw,
    )


_SPELLINGS = {
    "page": ("page", "currentPage", "current_page"),
    "limit": ("limit", "perPage", "per_page", "pageSize", "page_size"),
    "total": ("total", "totalCount", "total_count", "totalItems", "total_items"),
    "total_pages": ("totalPages", "total_pages", "pages", "pageCount", "page_count", "lastPage"),
    "has_more": ("hasMore", "has_more", "hasNextPage", "has_next_page", "hasNext", "has_next"),
}
"""Usual names of each paging fact; the vendor's comes first."""


def _fact(raw: Mapping[str, Any], name: str) -> Any:
    return next((raw[key] for key in _SPELLINGS[name] if raw.get(key) is not None), None)


def has_next(
    shape: ListShape, meta: PageMeta, *, number: int, limit: int | None, count: int
) -> bool:
    """Whether page `number`, which held `count` items, is followed by another."""
    if not shape.paged or count == 0:
        return False
    if meta.has_more is not None:
        return meta.has_more
    if meta.total_pages is not None:
        return number < meta.total_pages
    size = meta.limit or limit or shape.page_size
    if meta.total is not None and size:
        return number * size < meta.total
    # Nothing is told: a short page is the last one; without a known size, an empty page is.
    return size is None or count >= size


_STALE_PAGES = 2
"""Successive pages without anything new after which a list has ended."""


@define(eq=False)
class Seen:
    """The items of a list that have come already; so none comes twice, and every list ends.

    Pages are numbered, so a record that is added while a list is read pushes another one from its
    page onto the next, where it comes again.
    """

    _keys: set[Any] = field(factory=set[Any], init=False)
    _stale: int = field(default=0, init=False)

    def fresh(self, page: Page[T]) -> list[T]:
        """The items of the next page without those whose `id` has come before.

        Items without an `id` are never left out, as two of them may well be alike.
        """
        keys, fresh, news = self._keys, list[T](), False
        for item, raw in zip(page.items, page.raw_items, strict=True):
            key = raw.get("id") if is_object(raw) else None
            if not isinstance(key, (str, int)):
                key, told = (_fingerprint(raw),), False
            else:
                told = True
            new = key not in keys
            if new:
                keys.add(key)
                news = True
            if new or not told:
                fresh.append(item)
        self._stale = 0 if news else self._stale + 1
        return fresh

    @property
    def ended(self) -> bool:
        """Whether the server goes round in circles, whatever it says of further pages."""
        return self._stale >= _STALE_PAGES


def _fingerprint(raw: Any) -> int:
    try:
        return hash(json.dumps(raw, sort_keys=True))
    except RecursionError:  # nested more deeply than the encoder goes
        return 0


def repeats(page: Page[Any], previous: Page[Any]) -> bool:
    """Whether a page is its predecessor again: the server ignores `page`, so the list has ended.

    Not when it says that it is another page: then as many records were added as a page holds.
    """
    if page.meta.page is not None and page.meta.page != previous.meta.page:
        return False
    return page.raw_items == previous.raw_items


def _extra(body: Any, container: Any, shape: ListShape) -> Mapping[str, Any]:
    """What the server sent beside the items: in the container, or at the top when it is bare."""
    if is_object(container):
        taken = {*shape.items[:1], *(shape.meta[-1:] if shape.meta else ())}
        return {key: value for key, value in container.items() if key not in taken}
    if is_object(body):
        known = {"success", "data", "timestamp", *(shape.meta[:1] if shape.meta else ())}
        return {key: value for key, value in body.items() if key not in known}
    return _NO_EXTRA


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    # Some back ends send counts from SQL as strings.
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    return None
