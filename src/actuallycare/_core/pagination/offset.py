"""Lists that are paged by the number of items to skip. Only such operations import it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from attrs import evolve

from ..http import Exchange
from ..operation import Call, PageLayout
from ..sender import Sender
from ..settings import validate_count
from .iterators import ItemIterator
from .meta import PageMeta
from .page import Page, requested_size
from .pager import Pager

T = TypeVar("T")


class OffsetPager(Pager[T]):
    """A pager whose next page starts behind the items that came so far.

    The number of a page is its offset. It follows from the items that came, not from the `limit`
    that was requested: a server may give fewer, and no item may be skipped. So pages are requested
    one by one.
    """

    __slots__ = ("_parameter",)

    def __init__(
        self, sender: Sender, call: Call, parse: Callable[[Any], T], parameter: str
    ) -> None:
        super().__init__(sender, call, parse)
        self._parameter = parameter

    @property
    def first_number(self) -> int:
        """Offset of the first page, 0 unless the caller named another."""
        return self._whole_number(self._parameter) or 0

    def next_number(self, number: int, page: Page[T]) -> int:
        """Return the offset of the page that follows."""
        return number + len(page.raw_items)

    def earlier_number(self, number: int, page: Page[T], removed: int) -> int:
        """Return the offset of the first record that may have moved back."""
        return max(self.first_number, number - removed)

    async def collect(
        self, *, limit: int | None = None, concurrency: int = 1, dedupe: bool = True
    ) -> list[T]:
        """Return all items as a list, in order; see `Pager.collect`. Pages are read one by one."""
        self._used = True
        validate_count("concurrency", concurrency)
        return await super().collect(limit=limit, concurrency=1, dedupe=dedupe)

    @asynccontextmanager
    async def prefetch(
        self, pages: int = 1, *, dedupe: bool = True
    ) -> AsyncGenerator[ItemIterator[T]]:
        """Give each item as `items` does: no page can be requested before the previous one."""
        self._used = True
        validate_count("pages", pages)
        yield self.items(dedupe=dedupe)

    def _call_for(self, number: int) -> Call:
        return self._call.with_params({self._parameter: number})

    def _read(self, exchange: Exchange, number: int) -> Page[T]:
        page = super()._read(exchange, 1)
        follows = self._follows(page.meta, number, len(page.raw_items))
        return page if follows is None else evolve(page, has_more=follows)

    def _follows(self, meta: PageMeta, offset: int, count: int) -> bool | None:
        """Whether another page follows; None where `Pager` decides without the offset."""
        if meta.has_more is not None or count == 0:
            return None
        if meta.total is not None:
            return offset + count < meta.total
        if meta.total_pages is None:
            return None
        if meta.page is not None:
            return meta.page < meta.total_pages
        layout = self.operation.page_layout or PageLayout()
        size = meta.limit or requested_size(layout, self._whole_number("limit"))
        # The last page begins behind the full ones. Of an unknown size, an empty page is the last.
        return None if size is None else offset + count <= (meta.total_pages - 1) * size
