"""List calls: await one for a page, or iterate over every item of every page."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

from ..envelope.decode import strip_traceback
from ..errors import DecodeError
from ..http import Exchange
from ..operation import Call, Operation
from ..response import APIResponse, make_response
from ..sender import Sender
from .page import Deduplicator, LoopGuard, Page, read_page

T = TypeVar("T")


class Pager(Generic[T]):
    """A list call that has not been sent yet.

    - `await pager` sends one request and returns one `Page[T]`.
    - `async for item in pager` yields each item of each page. Pages are requested when needed.
    - `pager.pages()` iterates over the pages, `pager.collect()` returns all items as a list.

    A pager may be used more than once. Each use starts with the first page.
    """

    __slots__ = ("_call", "_parse", "_sender")

    def __init__(self, sender: Sender, call: Call, parse: Callable[[Any], T]) -> None:
        self._sender = sender
        self._call = call
        self._parse = parse

    def __repr__(self) -> str:
        return f"<Pager of {self._call.operation}>"

    def __await__(self) -> Generator[Any, Any, Page[T]]:
        return self.fetch(self.first_number).__await__()

    def __aiter__(self) -> AsyncIterator[T]:
        return self.items()

    def items(self, *, dedupe: bool = True) -> AsyncIterator[T]:
        """Iterate over each item of each page in order; `async for item in pager` does the same.

        A record that is added while a list is read pushes others onto the next page, so they occur
        twice. `dedupe` omits an item whose `id` has occurred before. It needs about 150 bytes per
        item. With `dedupe=False` every item that the server sends is returned.

        Iteration stops when the API says so, or on an empty page. It raises DecodeError when the
        server repeats the same pages without end, and every error of a call.
        """
        return Items(_Pages(self, self.fetch), dedupe=dedupe)

    def pages(self) -> AsyncIterator[Page[T]]:
        """Iterate over the pages in order, unchanged. Each is requested when needed."""
        return _Pages(self, self.fetch)

    async def collect(
        self, *, limit: int | None = None, concurrency: int = 1, dedupe: bool = True
    ) -> list[T]:
        """Return all items as a list, in order; `dedupe` as in `items`.

        `limit` is the maximum number of items (None: all). `concurrency` is the number of pages to
        request at once after the first, if that reports the number of pages; otherwise pages are
        requested one by one. Pages that are added meanwhile are read too, and a page that is
        older than the one before it, by its `total`, is requested again. Memory grows with the
        number of items.

        Raises ValueError for a limit below 0 or a concurrency below 1, DecodeError when the server
        repeats the same pages without end, and every error of a call.
        """
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit}; 0 or more was expected")
        if concurrency < 1:
            raise ValueError(f"concurrency is {concurrency}; 1 or more was expected")
        if limit == 0:
            return []
        if concurrency == 1:
            return await self._gather(self.fetch, limit, dedupe)
        from .prefetch import Prefetcher

        async with Prefetcher(
            self._send, self._read, concurrency, limit=limit, keep_all=True
        ) as prefetcher:
            return await self._gather(prefetcher.fetch, limit, dedupe)

    async def _gather(
        self, fetch: Callable[[int], Awaitable[Page[T]]], limit: int | None, dedupe: bool
    ) -> list[T]:
        pages = _Pages(self, fetch)
        items: list[T] = []
        async for page in pages:
            items += pages.new_items if dedupe else page.items
            if limit is not None and len(items) >= limit:
                break
        return items[:limit]

    @asynccontextmanager
    async def prefetch(
        self, pages: int = 1, *, dedupe: bool = True
    ) -> AsyncGenerator[AsyncIterator[T]]:
        """Iterate as `items` does, and request the next `pages` pages early.

            async with client.listings.list().prefetch() as listings:
                async for listing in listings: ...

        Requests overlap with work that awaits something; work that never awaits delays them. At
        most `pages` pages are ready or requested besides the current one. If the server does not
        report the number of pages, the next page is requested when the current one has arrived. No
        request continues after the block.

        Raises ValueError for less than one page.
        """
        if pages < 1:
            raise ValueError(f"pages is {pages}; 1 or more was expected")
        from .prefetch import Prefetcher

        async with Prefetcher(self._send, self._read, pages) as prefetcher:
            yield Items(_Pages(self, prefetcher.fetch), dedupe=dedupe)

    async def with_raw_response(self) -> APIResponse[Page[T]]:
        """Return one page together with its HTTP response."""
        exchange = await self._sender.send(self._call)
        return make_response(self._read(exchange, self.first_number), exchange)

    @property
    def operation(self) -> Operation:
        """The list operation."""
        return self._call.operation

    @property
    def first_number(self) -> int:
        """Number of the first page: the argument `page`, or 1."""
        return int(self._call.param("page") or 1)

    def next_number(self, number: int, page: Page[T]) -> int:
        """Return the number of the page that follows `page`."""
        return number + 1

    async def fetch(self, number: int) -> Page[T]:
        """Request one page by its number."""
        return self._read(await self._send(number), number)

    async def _send(self, number: int) -> Exchange:
        call = self._call
        if number != self.first_number:
            call = call.with_params({"page": number})
        return await self._sender.send(call)

    def _read(self, exchange: Exchange, number: int) -> Page[T]:
        limit = self._call.param("limit")
        operation = self._call.operation
        try:
            return strip_traceback(
                lambda: read_page(
                    exchange.body,
                    operation,
                    self._parse,
                    number=number,
                    limit=limit,
                    policy=exchange.decode_policy,
                )
            )
        except DecodeError:
            del exchange  # some error trackers show the attributes that a frame names
            raise


# Iterators are classes rather than async generators, which must be closed when a caller leaves its
# loop early (PEP 533).


class _Pages(AsyncIterator[Page[T]]):
    def __init__(self, pager: Pager[T], fetch: Callable[[int], Awaitable[Page[T]]]) -> None:
        self._pager = pager
        self._fetch = fetch
        self._number = pager.first_number
        self._last: Page[T] | None = None
        self._deduplicator = Deduplicator()
        self._guard = LoopGuard(pager.operation)
        self.new_items: list[T] = []
        """The items of the last page that were on no earlier page."""

    async def __anext__(self) -> Page[T]:
        if self._last is not None and not self._last.has_more:
            raise StopAsyncIteration
        page = await self._fetch(self._number)
        seen = self._deduplicator
        new_items = seen.new_items(page)
        self._guard.check(page, seen.keys, number=self._number, found_new=seen.found_new)
        self.new_items = new_items
        self._last = page
        self._number = self._pager.next_number(self._number, page)
        return page


class Items(AsyncIterator[T]):
    def __init__(self, pages: _Pages[T], *, dedupe: bool) -> None:
        self._pages = pages
        self._dedupe = dedupe
        self._items: Iterator[T] = iter(())

    async def __anext__(self) -> T:
        while True:
            for item in self._items:
                return item
            self._items = iter(await self.next_batch())

    async def next_batch(self) -> list[T]:
        """Return the items of the next page; StopAsyncIteration after the last one."""
        page = await anext(self._pages)
        return self._pages.new_items if self._dedupe else page.items
