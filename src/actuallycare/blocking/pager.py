"""List calls of the blocking client: iterate over every item, or request one page."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, cast

from .._core.pagination.iterators import ItemIterator
from .._core.pagination.page import Page
from .._core.pagination.pager import Pager
from .._core.response import APIResponse
from .runner import CallRunner, Deadline

T = TypeVar("T")
V = TypeVar("V")


class BlockingIterator(Iterator[V]):
    """The items or the pages of a list. Threads may share it.

    An error does not end it, as it would end a generator: the next step requests the same page.
    """

    def __init__(
        self,
        next_batch: Callable[[], Awaitable[list[V]]],
        run: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._next_batch = next_batch
        self._run = run
        self._batch: Iterator[V] = iter(())
        self._has_more = True
        self._lock = threading.Lock()

    def __next__(self) -> V:
        with self._lock:
            while self._has_more:
                for value in self._batch:
                    return value
                self._run(self._fetch())
        raise StopIteration

    async def _fetch(self) -> None:
        # Sets the batch, as a thread that is interrupted while it waits would lose a result.
        try:
            self._batch = iter(await self._next_batch())
        except StopAsyncIteration:
            self._has_more = False

    def close(self) -> None:
        """End the iteration, for `contextlib.closing`: no further page is requested.

        Returns at once. If another thread waits for a page, its request ends as usual, within the
        `deadline` of the call, and the page is dropped. The iteration of that thread ends then.
        """
        # Without the lock, which that thread keeps while it waits. Nothing sets this to True again.
        self._has_more = False


class BlockingPager(Generic[T]):
    """A list call that has not been sent yet.

    - `for item in pager` yields each item of each page. Pages are requested when needed.
    - `pager.first_page()` sends one request and returns one `Page[T]`.
    - `pager.pages()` iterates over the pages, `pager.collect()` returns all items as a list.

    A pager may be used more than once. Each use starts with the first page. The `deadline` of the
    call limits each page, and `collect` as a whole.
    """

    __slots__ = ("_deadline", "_pager", "_runner")

    def __init__(self, runner: CallRunner, pager: Pager[T], deadline: Deadline) -> None:
        self._runner = runner
        self._pager = pager
        pager.close()  # it does not warn when this one is never used
        self._deadline = deadline

    def __repr__(self) -> str:
        return f"<BlockingPager of {self._pager.operation}>"

    def __iter__(self) -> BlockingIterator[T]:
        return self.items()

    def items(self, *, dedupe: bool = True) -> BlockingIterator[T]:
        """Iterate over each item of each page in order; `for item in pager` does the same.

        See `Pager.items` for `dedupe` and the errors.
        """
        return self._items(self._pager.items(dedupe=dedupe))

    def first_page(self) -> Page[T]:
        """Request one page: the first one, or the one of the argument `page`."""
        return self._runner.run(self._pager.fetch(self._pager.first_number), self._deadline)

    def pages(self) -> BlockingIterator[Page[T]]:
        """Iterate over the pages in order, unchanged. Each is requested when needed."""
        pages = self._pager.pages()

        async def next_batch() -> list[Page[T]]:
            return [await anext(pages)]

        return self._iterate(next_batch)

    def collect(
        self, *, limit: int | None = None, concurrency: int = 1, dedupe: bool = True
    ) -> list[T]:
        """Return all items as a list, in order; `concurrency` pages are requested at once.

        See `Pager.collect` for the arguments and the errors.
        """
        collected = self._pager.collect(limit=limit, concurrency=concurrency, dedupe=dedupe)
        return self._runner.run(collected, self._deadline)

    @contextmanager
    def prefetch(self, pages: int = 1, *, dedupe: bool = True) -> Generator[BlockingIterator[T]]:
        """Iterate as `items` does, and request the next `pages` pages early.

            with client.listings.list().prefetch() as listings:
                for listing in listings: ...

        Requests overlap with the work of the block. No request continues after it. See
        `Pager.prefetch` for the errors.
        """
        with self._runner.entered(self._pager.prefetch(pages, dedupe=dedupe)) as items:
            yield self._items(items)

    def with_raw_response(self) -> APIResponse[Page[T]]:
        """Return one page together with its HTTP response."""
        return self._runner.run(self._pager.with_raw_response(), self._deadline)

    def _items(self, items: AsyncIterator[T]) -> BlockingIterator[T]:
        # One change of threads for each page, rather than for each item.
        return self._iterate(cast("ItemIterator[T]", items).next_batch)

    def _iterate(self, next_batch: Callable[[], Awaitable[list[V]]]) -> BlockingIterator[V]:
        return BlockingIterator(next_batch, lambda call: self._runner.run(call, self._deadline))
