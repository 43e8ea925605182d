"""Pages requested before they are needed: some at once, given in order, bounded in number."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import anyio.lowlevel
from anyio.abc import TaskGroup
from attrs import define, field

from .paging import Page
from .sender import Exchange

T = TypeVar("T")


@define(eq=False)
class _Asked(Generic[T]):
    """A page that has been requested."""

    there: anyio.Event = field(factory=anyio.Event)
    page: Page[T] | None = None
    failure: Exception | None = None


class Window(Generic[T]):
    """The next `size` pages after the one that is worked on, under way or there already.

    Entering it opens a task group, and leaving it cancels what is under way, so that nothing
    outlives the block. An error is raised for the page that it belongs to, as it is, and so is what
    the block raises.

    With `keep_all` only the requests under way are bounded, for a caller who gathers all pages.
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
        self._send, self._read = send, read
        self._size, self._limit, self._keep_all = size, limit, keep_all
        self._guess = not keep_all
        self._next = self._under_way = 0
        self._asked: dict[int, _Asked[T]] = {}
        self._last: int | None = None
        self._group: TaskGroup

    async def __aenter__(self) -> Self:
        self._group = anyio.create_task_group()
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._group.cancel_scope.cancel()
        # It is not told of the block's exception, which it would wrap into a group.
        await self._group.__aexit__(None, None, None)

    async def fetch(self, number: int) -> Page[T]:
        """One page; pages are asked for in order. Requests those after it."""
        asked = self._asked.pop(number, None)
        if asked is None:
            page = self._read(await self._send(number), number)
        else:
            await asked.there.wait()
            if asked.failure is not None:
                raise asked.failure
            assert asked.page is not None
            page = asked.page
        if self._last is None:
            self._last = last_number(page, number, self._limit)
        self._next = max(self._next, number + 1)
        if page.has_more:
            # Where nobody tells how many there are, a guess goes one page ahead.
            last = max(self._last, number + 1) if self._guess else self._last
            while self._next <= min(number + self._size, last) and self._under_way < self._size:
                self._start()
        return page

    def _start(self) -> None:
        asked = self._asked[self._next] = _Asked[T]()
        self._under_way += 1
        self._group.start_soon(self._ask, self._next, asked)
        self._next += 1

    async def _ask(self, number: int, asked: _Asked[T]) -> None:
        try:
            exchange = await self._send(number)
            self._under_way -= 1
            if self._keep_all and self._last is not None and self._next <= self._last:
                # The next request is on its way before this page is read.
                self._start()
                await anyio.lowlevel.checkpoint()
            asked.page = self._read(exchange, number)
        except Exception as failure:
            asked.failure = failure
        asked.there.set()


def last_number(first: Page[Any], number: int, limit: int | None) -> int:
    """The last page worth requesting, or `number`, the first one, when nothing tells."""
    last = first.meta.total_pages
    if last is None:
        return number
    if limit is not None and first.items:
        last = min(last, number - 1 + math.ceil(limit / len(first.items)))
    return last
