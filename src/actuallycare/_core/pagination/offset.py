"""Lists that are paged by the number of items to skip. Only such operations import it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from attrs import evolve

from ..http import Exchange
from ..operation import Call
from ..sender import Sender
from ..settings import validate_count
from .iterators import ItemIterator
from .page import Page
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

    async def _send(self, number: int) -> Exchange:
        call = self._call
        if number != self.first_number:
            call = call.with_params({self._parameter: number})
        return await self._sender.send(call)

    def _read(self, exchange: Exchange, number: int) -> Page[T]:
        page = super()._read(exchange, 1)
        meta, count = page.meta, len(page.raw_items)
        if meta.has_more is not None or meta.total is None:
            return page
        return evolve(page, has_more=count > 0 and number + count < meta.total)
