"""Where a run meets its caller: how it reads rows, calls functions and delivers results.

The engine is the same for both clients. Only this differs: see `AsyncHost` here, and
`BlockingHost` in `blocking.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from anyio import BrokenResourceError
from anyio.streams.memory import MemoryObjectSendStream
from attrs import define, field

from .result import BulkResult
from .row import Row

R = TypeVar("R")
T = TypeVar("T")
V = TypeVar("V")
R_co = TypeVar("R_co", covariant=True)


class Host(Protocol[R, T]):
    """The caller's side of a run."""

    async def next_row(self) -> R:
        """Return the next row; raise StopAsyncIteration after the last one."""
        ...

    async def process(self, row: Row, item: R) -> T:
        """Return what the caller's function returns for a row."""
        ...

    async def invoke(self, function: Callable[[], V]) -> V:
        """Return the result of another function of the caller, such as a method of its journal."""
        ...

    async def deliver(self, result: BulkResult[R, T]) -> bool:
        """Wait until the caller takes the result; return False if it takes none any more."""
        ...

    async def close_rows(self) -> None:
        """End an iterator of rows that has not ended by itself."""
        ...


@define(eq=False)
class AsyncHost(Host[R, T]):
    """A caller in the same event loop."""

    rows: Iterable[R] | AsyncIterable[R]
    call: Callable[[R], Awaitable[T]]
    results: MemoryObjectSendStream[BulkResult[R, T]]
    _source: Iterator[R] | AsyncIterator[R] | None = field(default=None, init=False)

    async def next_row(self) -> R:
        if self._source is None:
            rows = self.rows
            self._source = aiter(rows) if isinstance(rows, AsyncIterable) else iter(rows)
        if isinstance(self._source, AsyncIterator):
            return await anext(self._source)
        for item in self._source:
            return item
        raise StopAsyncIteration

    async def process(self, row: Row, item: R) -> T:
        return await self.call(item)

    async def invoke(self, function: Callable[[], V]) -> V:
        return function()

    async def deliver(self, result: BulkResult[R, T]) -> bool:
        try:
            await self.results.send(result)
        except BrokenResourceError:
            return False
        return True

    async def close_rows(self) -> None:
        aclose = getattr(self._source, "aclose", None)
        if aclose is not None:  # of an async generator, whose block would stay open
            await aclose()
