"""Pages requested before they are needed: some at once, given in order, bounded in number."""

from __future__ import annotations

import math
import sys
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import anyio.lowlevel
from anyio.abc import TaskGroup
from attrs import define, field

from ..http import Exchange
from .page import Page

T = TypeVar("T")

_TURNS = 6
"""Turns of the event loop until a request has left: httpx takes four, aiohttp one."""


@define(eq=False)
class _Asked(Generic[T]):
    """A page that has been requested."""

    there: anyio.Event = field(factory=anyio.Event)
    exchange: Exchange | None = None
    """None once it is read."""
    page: Page[T] | None = None
    failure: Exception | None = None

    def read(self, read: Callable[[Exchange, int], Page[T]], number: int) -> Page[T]:
        """The page, read when it is first asked for."""
        if self.page is None:
            assert self.exchange is not None
            self.page, self.exchange = read(self.exchange, number), None
        return self.page


class Window(Generic[T]):
    """The page that is wanted and the next `size` after it, under way or there already.

    Entering it opens a task group, and leaving it cancels what is under way, so that nothing
    outlives the block. An error is raised for the page that it belongs to, as it is, and so is what
    the block raises.

    With `keep_all`, for a caller who gathers all pages, it is the requests under way that are
    bounded by `size`.
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
        self._next, self._wanted, self._under_way = -sys.maxsize, 0, 0
        self._last: int | None = None
        self._failed = False
        """Whether a page failed that the caller has not come to yet."""
        self._asked: dict[int, _Asked[T]] = {}
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
        """One page; pages are asked for in order, one again if need be. Requests those after it."""
        self._wanted, self._next = number, max(self._next, number + 1)
        # Those after it need not wait for it: the page that is wanted is one of the window.
        self._fill()
        asked = self._asked.get(number)
        if asked is None:
            # By the task of the caller, whose deadlines are heeded then.
            exchange = await self._send(number)
            asked = self._asked[number] = _Asked[T](exchange=exchange)
            asked.there.set()
        await asked.there.wait()
        self._asked.pop(number, None)
        if asked.failure is not None:
            self._failed = False
            raise asked.failure
        page = asked.read(self._read, number)
        if self._last is None:
            self._last = last_number(page, number, self._limit)
        if page.has_more:
            if not self._keep_all:
                # Where nobody tells how many there are, a guess goes one page ahead.
                self._last = max(self._last, number + 1)
            self._fill()
        if self._under_way and not self._keep_all:
            # A caller who works on the page without awaiting anything would hold up the requests.
            # One who is cancelled here gets the page when asking again.
            self._asked[number] = asked
            for _ in range(_TURNS):
                await anyio.lowlevel.checkpoint()
            self._asked.pop(number, None)
        return page

    def _fill(self) -> None:
        most = self._size if self._keep_all else self._size + 1
        while self._under_way < most and (asked := self._take()) is not None:
            self._under_way += 1
            self._group.start_soon(self._ask, *asked)

    def _take(self) -> tuple[int, _Asked[T]] | None:
        """The next page to request, if one may be requested now."""
        number, last = self._next, self._last
        if last is None or self._failed or number > last:
            return None
        if not self._keep_all and number > self._wanted + self._size:
            return None
        self._next += 1
        asked = self._asked[number] = _Asked[T]()
        return number, asked

    async def _ask(self, number: int, asked: _Asked[T]) -> None:
        more: tuple[int, _Asked[T]] | None = (number, asked)
        while more is not None:
            number, asked = more
            try:
                asked.exchange = await self._send(number)
                # The next request goes from here, at once: a new task would wait for its turn
                # behind the other answers that have come, and the pages would come in bursts.
                more = self._take()
                if more is None:
                    asked.read(self._read, number)
            except Exception as failure:
                # Of whatever kind: `fetch` raises it, as it is, to whoever comes to this page.
                asked.failure, more = failure, None
                self._failed = True  # nobody may come to the pages after it
            asked.there.set()
        self._under_way -= 1


def last_number(first: Page[Any], number: int, limit: int | None) -> int:
    """The last page worth requesting, or `number`, the first one, when nothing tells."""
    last = first.meta.total_pages
    if last is None:
        return number
    if limit is not None and first.items:
        last = min(last, number - 1 + math.ceil(limit / len(first.items)))
    return last
