"""Prefetch pages: request several at once, return them in order, limit their number.

`Prefetcher.fetch` returns page after page. Around each call it starts requests for the pages after
it, in tasks of its own. Each requested page is a `_PendingPage`:

    _next_number            _current
    next page to request    page that the caller waits for or works on

    requested = _current + 1 … _current + size     (`collect`: at most `size` requests in flight)
"""

from __future__ import annotations

import math
import sys
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import anyio.lowlevel
from attrs import define, field

from ..background import BackgroundTasks
from ..event_loop import LoopOwner
from ..http import Exchange
from .meta import PageMeta
from .page import Page, is_older

T = TypeVar("T")


@define(eq=False)
class _PendingPage(Generic[T]):
    """A page that has been requested."""

    done: anyio.Event = field(factory=anyio.Event)
    exchange: Exchange | None = None
    """None once the page has been read from it."""
    page: Page[T] | None = None
    error: BaseException | None = None
    early: bool = True
    """Whether it was requested before the previous page had arrived."""

    def read(self, read: Callable[[Exchange, int], Page[T]], number: int) -> Page[T]:
        """Return the page; read it from the exchange the first time."""
        if self.page is None:
            assert self.exchange is not None
            self.page = read(self.exchange, number)
            self.exchange = None
        return self.page

    def give_up(self) -> None:
        """Say that the page will not come."""
        self.error = RuntimeError("the task that requested this page was cancelled")
        self.done.set()


class Prefetcher(Generic[T]):
    """Fetches the pages of a list in order, and requests up to `size` pages early.

    Leaving it cancels the requests in flight, so that nothing continues after the block. The error
    of a page is raised by the `fetch` of that page.

    With `keep_all`, for a caller who collects all pages, `size` limits the requests in flight
    rather than the pages that are ready.
    """

    def __init__(
        self,
        send: Callable[[int], Awaitable[Exchange]],
        read: Callable[[Exchange, int], Page[T]],
        size: int,
        *,
        limit: int | None = None,
        keep_all: bool = False,
    ) -> None:
        self._send = send
        self._read = read
        self._size = size
        self._limit = limit
        self._keep_all = keep_all
        self._next_number = -sys.maxsize
        self._current = 0
        self._in_flight = 0
        self._last: int | None = None
        self._previous = PageMeta()
        """Metadata of the page that was returned last."""
        self._failed = False
        """Whether a page has failed that the caller has not fetched yet."""
        self._pending: dict[int, _PendingPage[T]] = {}
        self._tasks = BackgroundTasks()
        self._owner = LoopOwner("prefetched list")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._tasks.aclose()
        # Other errors belong to pages that nobody wants any more. These end the program.
        errors = (pending.error for pending in self._pending.values())
        ending = next((e for e in errors if isinstance(e, (KeyboardInterrupt, SystemExit))), None)
        if ending is not None and exc is None:
            raise ending

    async def fetch(self, number: int) -> Page[T]:
        """Return one page and request those after it.

        Call it with increasing numbers. The same number again is allowed after an error.
        """
        self._owner.check()  # elsewhere it would wait for ever
        self._current = number
        self._next_number = max(self._next_number, number + 1)
        # Before this page has arrived: the pages after it do not depend on it.
        self._start_requests()
        pending = self._pending.get(number)
        if pending is None:
            # Fetch in the caller's task, so that its deadline applies.
            exchange = await self._send(number)
            pending = self._pending[number] = _PendingPage[T](exchange=exchange, early=False)
            pending.done.set()
        await pending.done.wait()
        self._pending.pop(number, None)
        if pending.error is not None:
            self._failed = False
            raise pending.error
        page = pending.read(self._read, number)
        if pending.early and is_older(page.meta, self._previous):
            page = pending.page = self._read(await self._send(number), number)
        self._previous = page.meta
        self._plan(page, number)
        if page.has_more:
            self._start_requests()
        if self._in_flight and not self._keep_all:
            # Let the new tasks start. Prefetching overlaps with work that awaits something; work
            # that never awaits blocks the event loop, and the requests too. A caller that is
            # cancelled here gets the page with the next call.
            self._pending[number] = pending
            await anyio.lowlevel.checkpoint()
            self._pending.pop(number, None)
        return page

    def _plan(self, page: Page[T], number: int) -> None:
        """Set the last page to prefetch, from the metadata of the page that was returned last."""
        if self._last is None:
            self._last = last_number(page, number, self._limit)
        elif self._limit is None:
            # Records may have been added since. Those beyond a limit are not needed.
            self._last = max(self._last, page.meta.total_pages or 0)
        if page.has_more and not self._keep_all:
            # Without a total, prefetch one page.
            self._last = max(self._last, number + 1)

    def _start_requests(self) -> None:
        limit = self._size if self._keep_all else self._size + 1
        while self._in_flight < limit and (pending := self._next_page()) is not None:
            self._in_flight += 1
            # The deadline of the caller applies to the retries of its requests.
            deadline = anyio.current_effective_deadline()
            self._tasks.start_soon(self._request, *pending, deadline=deadline)

    def _next_page(self) -> tuple[int, _PendingPage[T]] | None:
        """Register and return the next page to request, or None if none may be requested now."""
        number, last = self._next_number, self._last
        if last is None or self._failed or number > last:
            return None
        if not self._keep_all and number > self._current + self._size:
            return None
        self._next_number += 1
        pending = self._pending[number] = _PendingPage[T]()
        return number, pending

    async def _request(self, number: int, pending: _PendingPage[T]) -> None:
        more: tuple[int, _PendingPage[T]] | None = (number, pending)
        while more is not None:
            number, pending = more
            try:
                pending.exchange = await self._send(number)
                # Send the next request from this task. A new task would start after all responses
                # that have arrived were handled, so the pages would arrive in bursts.
                more = self._next_page()
                if more is None:
                    pending.read(self._read, number)
            except GeneratorExit:  # perhaps outside of an event loop: anyio cannot be asked
                pending.give_up()
                raise
            except anyio.get_cancelled_exc_class():
                pending.give_up()
                raise
            except BaseException as error:
                # Errors of any kind: the `fetch` of this page raises it unchanged. Raised here, a
                # SystemExit of a callback would end asyncio or trio.
                pending.error = error
                more = None
                self._failed = True  # do not request the pages after it
            pending.done.set()
        self._in_flight -= 1


def last_number(first: Page[Any], number: int, limit: int | None) -> int:
    """Return the last page that is needed; `number`, the first one, if the total is unknown."""
    last = first.meta.total_pages
    if last is None:
        return number
    if limit is not None and first.items:
        last = min(last, number - 1 + math.ceil(limit / len(first.items)))
    return last
