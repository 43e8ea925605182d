"""Iterate over the pages and the items of a list.

The iterators are classes rather than async generators, which must be closed when a caller leaves
its loop early (PEP 533). `aclose` is optional: it exists for `contextlib.aclosing`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

from .page import Deduplicator, LoopGuard, Page, removed_between

T = TypeVar("T")


class OnlyAsync(ABC):
    """Names `async for` in the error of a plain `for`."""

    __slots__ = ()

    if not TYPE_CHECKING:  # type checkers report a plain `for` only when this method is absent

        def __iter__(self) -> NoReturn:
            self.mark_used()
            raise TypeError(
                f"{type(self).__name__} cannot be read with a plain `for`: the pages are requested "
                "while it is read. Use `async for item in …`, or `await ….collect()` for a list"
            )

    @abstractmethod
    def mark_used(self) -> None:
        """Do not warn when this is never used."""


class Positions(Protocol[T]):
    """How the pages of a list are numbered and requested: a `Pager`."""

    @property
    def first_number(self) -> int: ...

    def next_number(self, number: int, page: Page[T], /) -> int: ...

    def earlier_number(self, number: int, page: Page[T], removed: int, /) -> int: ...

    def fetch(self, number: int, /) -> Awaitable[Page[T]]: ...

    def mark_used(self) -> None: ...


_MAX_CONTRADICTIONS = 10
"""Times that a page read again may report a larger `total` than the page after it did.

Each is a list that grows and shrinks, or a server whose `total` depends on the page. After that,
the totals are not compared any more."""


class PageIterator(OnlyAsync, AsyncIterator[Page[T]]):
    """The pages of a list, in order.

    When `total` shrinks from one page to the next, removed records may have moved others back onto
    a page that has been read. Then the pages before are read again:

        page 1   page 2   page 3                  read
        total 9  total 9  total 8: 1 removed  →   page 2 again, then page 3

    Page 3 is kept meanwhile. It is requested again only if records were added in between.
    """

    def __init__(
        self,
        fetch: Callable[[int], Awaitable[Page[T]]],
        position: Positions[T],
        *,
        guard: LoopGuard,
    ) -> None:
        self._fetch = fetch
        self._position = position
        self._number = position.first_number
        self._furthest: int | None = None
        """The last page that has been requested in order."""
        self._kept: Page[T] | None = None
        """That page, while those before it are read again."""
        self._previous: Page[T] | None = None
        self._contradictions = 0
        self._has_more = True
        self._deduplicator = Deduplicator()
        self._guard = guard
        self.new_items: list[T] = []
        """The items of the last page that were on no earlier page."""

    async def __anext__(self) -> Page[T]:
        if not self._has_more:
            raise StopAsyncIteration
        page = await self._request()
        removed = self._removed_since_previous(page)
        while removed:
            self._go_back(page, removed)
            page = await self._request()
            removed = self._removed_since_previous(page)
        return self._accept(page)

    async def _request(self) -> Page[T]:
        """Return the page whose turn it is."""
        number = self._number
        if self._furthest is None or number > self._furthest:
            # `fetch` may prefetch, so it gets increasing numbers only.
            page = await self._fetch(number)
            self._furthest = number
            self._kept = None
            return page
        kept = self._kept
        if number == self._furthest and kept is not None:
            self._kept = None
            if not removed_between(self._previous, kept):
                return kept
            self._contradictions += 1
        return await self._position.fetch(number)

    def _removed_since_previous(self, page: Page[T]) -> int:
        if self._contradictions >= _MAX_CONTRADICTIONS:
            return 0
        return removed_between(self._previous, page)

    def _go_back(self, page: Page[T], removed: int) -> None:
        """Continue with the first page onto which an unread record may have moved."""
        if self._number == self._furthest:
            self._kept = page
        self._number = self._position.earlier_number(self._number, page, removed)
        self._previous = None

    def _accept(self, page: Page[T]) -> Page[T]:
        number = self._number
        new_items = self._deduplicator.new_items(page)
        if number == self._furthest:
            seen = self._deduplicator
            self._guard.check(page, seen.keys, number=number, found_new=seen.found_new)
        self.new_items = new_items
        self._previous = page
        self._has_more = page.has_more or number != self._furthest
        self._number = self._position.next_number(number, page)
        return page

    async def aclose(self) -> None:
        """End the iteration: no further page is requested."""
        self._has_more = False
        self.mark_used()

    def mark_used(self) -> None:
        """Do not warn when this is never used."""
        self._position.mark_used()


class ItemIterator(OnlyAsync, AsyncIterator[T]):
    """The items of a list, in order."""

    def __init__(self, pages: PageIterator[T], *, dedupe: bool) -> None:
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

    async def aclose(self) -> None:
        """End the iteration: no further item is returned, no further page is requested."""
        self._items = iter(())
        await self._pages.aclose()

    def mark_used(self) -> None:
        """Do not warn when this is never used."""
        self._pages.mark_used()
