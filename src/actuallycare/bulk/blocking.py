"""Bulk runs without asyncio: the engine runs on the background loop of the blocking clients.

    caller's thread     rows, key, journal, on_progress, and the loop over the results
    worker threads      the function that makes the calls for one row
    background loop     the engine, and the calls

The caller's thread works while it waits for a result. So rows may come from a database cursor or a
blocking pager, which belong to the thread that made them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

import anyio
from anyio.to_thread import run_sync

from ..blocking.loop import BackgroundLoop, CallGroup
from ..blocking.options import plain_result
from ..blocking.runner import shared_loop
from .background import BackgroundTask
from .engine import BulkRun, RunOptions
from .host import Host
from .journal import FileJournal
from .result import BulkResult
from .row import ENDED, Row

R = TypeVar("R")
T = TypeVar("T")
V = TypeVar("V")


class _Task(Generic[V]):
    """A function for the caller's thread."""

    def __init__(self, function: Callable[[], V]) -> None:
        self._function = function
        self._outcome: list[V] = []
        self._error: Exception | None = None
        self.done: Future[None] = Future()

    def run(self) -> None:
        """Run the function, unless the engine does not wait for it any more."""
        if not self.done.set_running_or_notify_cancel():
            return
        try:
            self._outcome.append(self._function())
        except Exception as error:
            self._error = error
        except BaseException:
            # For the caller alone: in the event loop it would end all calls.
            self._error = RuntimeError("interrupted")
            raise
        finally:
            self.done.set_result(None)

    def result(self) -> V:
        """Return what the function returned, or raise its error."""
        if self._error is not None:
            raise self._error
        return self._outcome[0]


class BlockingHost(Host[R, T]):
    """A caller in a thread without an event loop."""

    def __init__(self, rows: Iterable[R], call: Callable[[R], T], concurrency: int) -> None:
        self._rows = rows
        self._call = call
        self._source: Iterator[R] | None = None
        self._threads = anyio.CapacityLimiter(concurrency)
        self._tasks: SimpleQueue[_Task[Any] | None] = SimpleQueue()
        """Functions for the caller's thread."""
        self._results: deque[BulkResult[R, T]] = deque()
        self._is_open = True
        self._has_thread = True
        self._is_served = False

    # On the background loop.

    async def next_row(self) -> R:
        for item in await self.invoke(self._pull):
            return item
        raise StopAsyncIteration

    async def process(self, row: Row, item: R) -> T:
        calls = CallGroup(ENDED)
        row.stop = calls.end
        with calls.joined():
            try:
                return await run_sync(
                    self._checked_call, item, abandon_on_cancel=True, limiter=self._threads
                )
            except anyio.get_cancelled_exc_class():
                calls.end()
                raise

    async def invoke(self, function: Callable[[], V]) -> V:
        if not self._has_thread:
            return function()
        task = _Task(function)
        self._tasks.put(task)
        await asyncio.wrap_future(task.done)
        return task.result()

    async def deliver(self, result: BulkResult[R, T]) -> bool:
        return await self.invoke(lambda: self._take(result))

    async def close_rows(self) -> None:
        pass  # a generator that is left ends when it is collected

    def end(self) -> None:
        """Let `results` return."""
        self._tasks.put(None)

    def end_serving(self) -> None:
        """Let `serve` return."""
        self._is_served = True
        self._tasks.put(None)

    def leave(self) -> None:
        """Run the functions here from now on, because the caller's thread does not wait."""
        self._has_thread = False
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task.run()

    # In a worker thread.

    def _checked_call(self, item: R) -> T:
        return plain_result(
            self._call(item),
            "The function returned an awaitable: make the calls with the blocking client "
            "ActuallyCare, or use `bulk.run`.",
        )

    # In the caller's thread.

    def results(self, loop: BackgroundLoop) -> Generator[BulkResult[R, T]]:
        """Work for the engine, and yield results, until `end`."""
        while (task := self._tasks.get()) is not None:
            task.run()
            while self._results:
                yield self._results.popleft()
            loop.check_process()

    def serve(self) -> None:
        """Work for the engine until `end_serving`."""
        while not self._is_served:
            task = self._tasks.get()
            if task is not None:
                task.run()

    def close(self) -> None:
        """Take no more rows and results."""
        self._is_open = False

    def _pull(self) -> list[R]:
        if not self._is_open:
            return []
        if self._source is None:
            self._source = iter(self._rows)
        return list(islice(self._source, 1))

    def _take(self, result: BulkResult[R, T]) -> bool:
        if self._is_open:
            self._results.append(result)
        return self._is_open


def results(
    rows: Iterable[R], call: Callable[[R], T], options: RunOptions[R], opened: FileJournal | None
) -> Generator[BulkResult[R, T]]:
    """Run the engine on the background loop; yield the results in the calling thread."""
    host = BlockingHost(rows, call, options.concurrency)

    async def start() -> tuple[BulkRun[R, T], BackgroundTask]:
        run = BulkRun(host, rows, options, opened)

        async def work() -> None:
            try:
                await run.main()
            finally:
                host.end()

        return run, BackgroundTask(work)

    with shared_loop() as loop:
        run, task = loop.run(start())
        try:
            yield from host.results(loop)
            loop.run(task.wait())
        finally:
            _shut_down(host, loop, run, task)


def _shut_down(
    host: BlockingHost[R, T], loop: BackgroundLoop, run: BulkRun[R, T], task: BackgroundTask
) -> None:
    """Finish the rows in flight, and wait for them."""

    async def shut_down() -> None:
        try:
            await run.shut_down(task)
        finally:
            host.end_serving()

    if not loop.is_usable:
        return  # in a fork, which has no part of the run
    host.close()
    loop.start(shut_down())
    if not loop.can_wait:
        loop.schedule(host.leave)
        return
    try:
        host.serve()
    except BaseException:
        loop.schedule(host.leave)
        raise
