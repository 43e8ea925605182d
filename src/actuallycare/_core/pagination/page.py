"""Pages as values: read one, and decide whether another follows. No I/O.

Source: the vendor's page api/pagination: lists end when `hasMore` is false or, defensively, when a
page is empty. Nothing else ends a list; `LoopGuard` raises an error for one that never ends.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, SupportsIndex, TypeVar, overload

from attrs import define, field, frozen

from ..decode_policy import DecodePolicy
from ..envelope.decode import decode
from ..envelope.unwrap import rows_named, unwrap_envelope
from ..errors import DecodeError
from ..json_value import is_array, is_object, json_type
from ..operation import Operation, PageLayout, get_path
from .meta import PageMeta, find_meta

T = TypeVar("T")

_NO_EXTRA: Mapping[str, Any] = {}


_SHOWN = 3
"""Items in the repr of a page."""


def _first_items(items: list[Any]) -> str:
    shown = [repr(item) for item in items[:_SHOWN]]
    if len(items) > _SHOWN:
        shown.append(f"… {len(items) - _SHOWN} more")
    return f"[{', '.join(shown)}]"


@frozen
class Page(Sequence[T]):
    """One page of a list: a sequence of its items."""

    items: list[T] = field(repr=_first_items)
    meta: PageMeta
    has_more: bool
    """Whether another page follows, according to the metadata and the number of items."""
    extra: Mapping[str, Any] = field(default=_NO_EXTRA, repr=False, eq=False)
    """Other members beside the items, such as `stats` (aggregates) or `cursors`, as received."""
    raw_items: list[Any] = field(factory=list[Any], repr=False, eq=False)
    """The items as received."""

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | list[T]:
        return self.items[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __contains__(self, value: object) -> bool:
        return value in self.items


def read_page(
    body: Any,
    operation: Operation,
    parse: Callable[[Any], T],
    *,
    number: int,
    limit: int | None,
    first_page_size: int | None = None,
    policy: DecodePolicy | None = None,
) -> Page[T]:
    """Read the page in `body`; `number` and `limit` are the requested ones.

    `first_page_size` is the number of items on page 1, if that was read.
    """
    layout = operation.page_layout or PageLayout()
    container = unwrap_envelope(body, operation)
    where = ".".join([*operation.unwrap, *layout.items])
    rows = _find_rows(container, layout, operation)
    if not is_array(rows):
        got = json_type(rows) if rows is not None else "nothing"
        raise DecodeError(operation.name, f"expected an array, got {got}", field=where)
    items: list[T] = decode(
        lambda values: [parse(value) for value in values],
        rows,
        operation=operation.name,
        at=where,
        sensitive=operation.sensitive,
        policy=policy,
    )
    meta, place = find_meta(body, layout)
    return Page(
        items,
        meta,
        has_next(
            layout,
            meta,
            number=number,
            limit=limit,
            count=len(items),
            first_page_size=first_page_size,
        ),
        _extra(body, container, rows, place),
        rows,
    )


def _find_rows(container: Any, layout: PageLayout, operation: Operation) -> Any:
    """Return the items: at their documented place, else where other versions have them.

    Other versions of the API send the array as `data` itself, or under the name of the resource.
    """
    try:
        found: Any = get_path(container, layout.items)
    except (KeyError, TypeError):
        found = None
    if is_array(found):
        return found
    if is_array(container):
        return container
    other = rows_named(container, operation)
    return found if other is None else other


def has_next(
    layout: PageLayout,
    meta: PageMeta,
    *,
    number: int,
    limit: int | None,
    count: int,
    first_page_size: int | None = None,
) -> bool:
    """Whether another page follows page `number`, which has `count` items."""
    if not layout.is_paginated or count == 0:
        return False
    if meta.has_more is not None:
        return meta.has_more
    if meta.total_pages is not None:
        return number < meta.total_pages
    size = meta.limit or requested_size(layout, limit)
    if meta.total is not None:
        if number == 1:
            return count < meta.total
        # A server may give fewer items than were requested, and page 1 shows how many. If it was
        # not read, a short page may be the last one or not: requesting another loses nothing.
        return number * (first_page_size or meta.limit or min(size or count, count)) < meta.total
    # Without metadata, a short page is the last one; without a known size, an empty page is.
    return size is None or count >= size


def requested_size(layout: PageLayout, limit: int | None) -> int | None:
    """Return the number of items that a full page has, as far as the request decides it."""
    size = limit or layout.page_size
    if size is None or layout.max_page_size is None:
        return size
    return min(size, layout.max_page_size)


@define(eq=False)
class Deduplicator:
    """Tracks ids so that no item is returned twice.

    Pages are numbered, so a record that is added while a list is read pushes another one from its
    page onto the next, where it occurs again.
    """

    _keys: set[Any] = field(factory=set[Any], init=False)
    keys: set[Any] = field(factory=set[Any], init=False)
    """The keys of the items of the last page."""
    found_new: bool = field(default=False, init=False)
    """Whether the last page had a new item."""

    def new_items(self, page: Page[T]) -> list[T]:
        """Return the items of the next page without those whose `id` has occurred before.

        Items without an `id` are always returned, because two records may have the same content.
        """
        known, items = self._keys, list[T]()
        self.keys = set()
        for item, raw in zip(page.items, page.raw_items, strict=True):
            id_ = _id(raw)
            key = (_fingerprint(raw),) if id_ is None else id_
            if id_ is None or (key not in known and key not in self.keys):
                items.append(item)
            self.keys.add(key)
        self.found_new = not self.keys <= known
        known |= self.keys
        return items


# Repeated pages in a row that are accepted besides those that the growth of the list explains.
_NEXT_NUMBER = 5
"""If the server reports another number (`meta.page`) than for the page before."""
_NO_NUMBER = 2
"""If it reports no numbers."""
_MOST_PAGES = 1_000
"""Whatever it reports: its `total` may be computed from the requested number."""


@define(eq=False)
class LoopGuard:
    """Detects a server that sends the same pages without end while it reports that more follow.

    Pages without a new item are no proof: records that are inserted at the head of the list push
    known ones onto the pages that are read next. But one insertion repeats each known record at
    most once. A page whose items have all been repeated before, since the last new one, needs
    another insertion of a whole page. Such pages are counted and compared with the growth and
    the page numbers that the server reports.
    """

    operation: Operation
    _known: set[Any] = field(factory=set[Any], init=False)
    """Keys of the items received since the last page with a new one."""
    _repeated: int = field(default=0, init=False)
    """Pages since then whose items had all been received since then."""
    _start: PageMeta = field(factory=PageMeta, init=False)
    """Metadata of the last page with a new item."""
    _previous: PageMeta = field(factory=PageMeta, init=False)

    def check(self, page: Page[Any], keys: set[Any], *, number: int, found_new: bool) -> None:
        """Record the next page; DecodeError if the server repeats the same pages without end."""
        previous = self._previous
        self._previous = page.meta
        if found_new:
            self._known = set()
            self._repeated = 0
            self._start = page.meta
            return
        self._repeated += keys <= self._known
        self._known |= keys
        if page.has_more and self._repeated > self._allowed(page, previous):
            raise self._error(number)

    def _allowed(self, page: Page[Any], previous: PageMeta) -> int:
        """Return the number of repeated pages that insertions can explain."""
        if page.meta.page is None:
            spare = _NO_NUMBER
        elif page.meta.page == previous.page:
            return 0  # the server ignores the requested number
        else:
            spare = _NEXT_NUMBER
        return min(spare + _growth(self._start, page), _MOST_PAGES)

    def _error(self, number: int) -> DecodeError:
        layout = self.operation.page_layout or PageLayout()
        return DecodeError(
            self.operation.name,
            f"page {number} only repeats items of the pages before it, again and again, but says "
            "that another page follows. Each page was expected to continue the list: the server "
            "seems to ignore the parameter `page`, so the rest of the list cannot be read. Await "
            "the list for one page with the highest `limit`, and report this to the API's vendor",
            field=".".join(layout.meta or self.operation.unwrap),
        )


def _growth(start: PageMeta, page: Page[Any]) -> int:
    """Return the number of pages by which a list has grown, according to its metadata."""
    if start.total is not None and page.meta.total is not None:
        return max(0, page.meta.total - start.total) // max(1, len(page.items))
    if start.total_pages is not None and page.meta.total_pages is not None:
        return max(0, page.meta.total_pages - start.total_pages)
    return 0


def is_older(page: PageMeta, previous: PageMeta) -> bool:
    """Whether a page may show the list before records were added that the page before it counts.

    Responses to concurrent requests arrive in any order. If records are added in between, those
    that they push from the older page onto the newer one would be missed. A list from which records
    were removed looks the same.
    """
    if page.total is not None and previous.total is not None:
        return page.total < previous.total
    if page.total_pages is not None and previous.total_pages is not None:
        return page.total_pages < previous.total_pages
    return False


def removed_between(previous: Page[Any] | None, page: Page[Any]) -> int:
    """Return how many records, at most, were removed from the list between two responses.

    Records that were added meanwhile hide as many that were removed. Where records are added at
    the head, they also undo the shift, so that none is missed.
    """
    if previous is None:
        return 0
    before, after = previous.meta, page.meta
    if before.total is not None and after.total is not None:
        return max(0, before.total - after.total)
    if before.total_pages is not None and after.total_pages is not None:
        pages = before.total_pages - after.total_pages
        return (pages + 1) * full_page_size(previous) - 1 if pages > 0 else 0
    return 0


def full_page_size(page: Page[Any]) -> int:
    """Return the number of items that a full page has, as far as this one shows it."""
    return max(1, page.meta.limit or 0, len(page.raw_items))


def _id(raw: Any) -> str | int | None:
    """Return the id of an item; None for one that names no record, such as an empty text."""
    value = raw.get("id") if is_object(raw) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return value if isinstance(value, str) and value else None


def _fingerprint(raw: Any) -> int:
    try:
        return hash(json.dumps(raw, sort_keys=True))
    except RecursionError:  # nested more deeply than the encoder goes
        return 0


def _extra(body: Any, container: Any, rows: Any, meta: tuple[str, ...]) -> Mapping[str, Any]:
    """Return what the server sent beside the items: in their container, or at the top level."""
    if is_object(container):
        taken = meta[-1:] if len(meta) > 1 else ()
        return {k: v for k, v in container.items() if v is not rows and k not in taken}
    if is_object(body):
        known = {"success", "data", "timestamp", *meta[:1]}
        return {key: value for key, value in body.items() if key not in known}
    return _NO_EXTRA
