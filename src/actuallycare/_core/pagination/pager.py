"""Lists that are awaited for one page, or iterated for every item of every page."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

from ..envelope.decode import without_frames
from ..http import Exchange
from ..operation import Call, Operation
from ..response import Reply, make_reply
from ..sender import Sender
from .page import Deduplicator, LoopGuard, Page, read_page

T = TypeVar("T")


class Pager(Generic[T]):
    """A list call that has not been sent yet.

    - `await pager` sends one request and gives one `Page[T]`.
    - `async for item in pager` gives each item of each page, one request a page, as needed.
    - `pager.pages()` iterates over the pages, `pager.collect()` gathers all items.

    A pager may be used more than once; each use starts from the first page asked for.
    """

    __slots__ = ("_call", "_parse", "_sender")

    def __init__(self, sender: Sender, call: Call, parse: Callable[[Any], T]) -> None:
        self._sender, self._call, self._parse = sender, call, parse

    def __repr__(self) -> str:
        return f"<Pager of {self._call.operation}>"

    def __await__(self) -> Generator[Any, Any, Page[T]]:
        return self.fetch(self.first_number).__await__()

    def __aiter__(self) -> AsyncIterator[T]:
        return self.items()

    def items(self, *, dedupe: bool = True) -> AsyncIterator[T]:
        """Each item of each page in order, one request a page, as needed; `async for item in pager`
        is short for it.

        A record that is added while a list is read pushes others onto the next page, where they
        come again. `dedupe` leaves out an item whose `id` has come before: on by default, because
        an item that comes twice is hardly ever wanted and looks like two records, while an id takes
        some 150 bytes. False gives every item that the server sends.

        The list ends when the server says so, or on an empty page. Iterating raises DecodeError
        when the server repeats the same pages for ever, and what any call raises.
        """
        return _Items(_Pages(self, self.fetch), dedupe=dedupe)

    def pages(self) -> AsyncIterator[Page[T]]:
        """Each page in order as the server gives it, requested when it is needed."""
        return _Pages(self, self.fetch)

    async def collect(
        self, *, limit: int | None = None, concurrency: int = 1, dedupe: bool = True
    ) -> list[T]:
        """All items as a list, in order; `dedupe` as in `items`.

        `limit` bounds the items gathered (None: all of them). `concurrency` is the number of pages
        requested at once after the first, which tells how many there are; where it does not, pages
        are requested one by one. Pages that are added meanwhile are read too, and a page that is
        older than the one before it by its `total` is requested again. Memory grows with the number
        of items.

        Raises ValueError for a limit below 0 or a concurrency below 1, DecodeError when the server
        repeats the same pages for ever, and what any call raises.
        """
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit}; 0 or more was expected")
        if concurrency < 1:
            raise ValueError(f"concurrency is {concurrency}; 1 or more was expected")
        if limit == 0:
            return []
        if concurrency == 1:
            return await self._gather(self.fetch, limit, dedupe)
        from .prefetch import Window

        async with Window(
            self._send, self._read, concurrency, limit=limit, keep_all=True
        ) as window:
            return await self._gather(window.fetch, limit, dedupe)

    async def _gather(
        self, fetch: Callable[[int], Awaitable[Page[T]]], limit: int | None, dedupe: bool
    ) -> list[T]:
        pages, items = _Pages(self, fetch), list[T]()
        async for page in pages:
            items += pages.new_items if dedupe else page.items
            if limit is not None and len(items) >= limit:
                break
        return items[:limit]

    @asynccontextmanager
    async def ahead(
        self, pages: int = 1, *, dedupe: bool = True
    ) -> AsyncGenerator[AsyncIterator[T]]:
        """Each item, as `items` gives them, while the next `pages` pages are requested already.

            async with client.listings.list().ahead() as listings:
                async for listing in listings: ...

        A consumer that takes as long over a page as the server does waits for neither. At most
        `pages` pages are kept or under way beside the one that is worked on or waited for; where
        the server does not tell how many there are, the next page is requested once that one has
        come. When the block ends, nothing is left running.

        Raises ValueError for less than one page ahead.
        """
        if pages < 1:
            raise ValueError(f"pages is {pages}; 1 or more was expected")
        from .prefetch import Window

        async with Window(self._send, self._read, pages) as window:
            yield _Items(_Pages(self, window.fetch), dedupe=dedupe)

    async def with_response(self) -> Reply[Page[T]]:
        """One page together with its HTTP response."""
        exchange = await self._sender.send(self._call)
        return make_reply(self._read(exchange, self.first_number), exchange)

    @property
    def operation(self) -> Operation:
        """The operation that gives the list."""
        return self._call.operation

    @property
    def first_number(self) -> int:
        """Number of the first page, 1 unless the caller named another."""
        return int(self._call.params.get("page") or 1)

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
        limit, operation = self._call.params.get("limit"), self._call.operation
        return without_frames(
            lambda: read_page(exchange.body, operation, self._parse, number=number, limit=limit)
        )


# Iterators are classes rather than async generators: nothing is suspended inside them, so a caller
# that leaves its loop early leaves nothing behind to be closed.


class _Pages(AsyncIterator[Page[T]]):
    def __init__(self, pager: Pager[T], fetch: Callable[[int], Awaitable[Page[T]]]) -> None:
        self._pager = pager
        self._fetch = fetch
        self._number = pager.first_number
        self._last: Page[T] | None = None
        self._deduplicator = Deduplicator()
        self._guard = LoopGuard(pager.operation)
        self.new_items: list[T] = []
        """The items of the last page that no page before it had."""

    async def __anext__(self) -> Page[T]:
        if self._last is not None and not self._last.has_more:
            raise StopAsyncIteration
        page = await self._fetch(self._number)
        items, seen = self._deduplicator.new_items(page), self._deduplicator
        self._guard.check(page, seen.keys, number=self._number, found_new=seen.found_new)
        self.new_items = items
        self._last = page
        self._number = self._pager.next_number(self._number, page)
        return page


class _Items(AsyncIterator[T]):
    def __init__(self, pages: _Pages[T], *, dedupe: bool) -> None:
        self._pages, self._dedupe = pages, dedupe
        self._items: Iterator[T] = iter(())

    async def __anext__(self) -> T:
        while True:
            for item in self._items:
                return item
            page = await anext(self._pages)
            self._items = iter(self._pages.new_items if self._dedupe else page.items)
