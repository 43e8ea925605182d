"""Iterate over the pages and the items of a list.

The iterators are classes rather than async generators, which must be closed when a caller leaves
its loop early (PEP 533). `aclose` is optional: it exists for `contextlib.aclosing`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

from .page import Deduplicator, LoopGuard, Page

T = TypeVar("T")


class OnlyAsync:
    """Names `async for` in the error of a plain `for`."""

    __slots__ = ()

    if not TYPE_CHECKING:  # type checkers report a plain `for` only when this method is absent

        def __iter__(self) -> NoReturn:
            raise TypeError(
                f"{type(self).__name__} cannot be read with a plain `for`: the pages are requested "
                "while it is read. Use `async for item in …`, or `await ….collect()` for a list"
            )


class PageIterator(OnlyAsync, AsyncIterator[Page[T]]):
    """The pages of a list, in order."""

    def __init__(
        self,
        fetch: Callable[[int], Awaitable[Page[T]]],
        next_number: Callable[[int, Page[T]], int],
        *,
        first_number: int,
        guard: LoopGuard,
    ) -> None:
        self._fetch = fetch
        self._next_number = next_number
        self._number = first_number
        self._has_more = True
        self._deduplicator = Deduplicator()
        self._guard = guard
        self.new_items: list[T] = []
        """The items of the last page that were on no earlier page."""

    async def __anext__(self) -> Page[T]:
        if not self._has_more:
            raise StopAsyncIteration
        page = await self._fetch(self._number)
        seen = self._deduplicator
        new_items = seen.new_items(page)
        self._guard.check(page, seen.keys, number=self._number, found_new=seen.found_new)
        self.new_items = new_items
        self._has_more = page.has_more
        self._number = self._next_number(self._number, page)
        return page

    async def aclose(self) -> None:
        """End the iteration: no further page is requested."""
        self._has_more = False


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
