"""Bulk work: thousands of calls inside the rate limit, with a result for each row.

from actuallycare import AsyncActuallyCare, bulk

async with AsyncActuallyCare() as client:
    async for result in bulk.run(rows, lambda row: client.listings.create(**row)):
        if result.error:
            print(result.index, result.error)

`run_blocking` does the same for the blocking client.
"""

from __future__ import annotations

import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Awaitable,
    Callable,
    Generator,
    Iterable,
)
from typing import TypeVar

import anyio

from .._core.public import set_public_module
from .background import BackgroundTask
from .engine import BulkRun, RunOptions
from .host import AsyncHost
from .journal import FileJournal, Journal, State
from .result import BulkResult, OutcomeUnknownError, Progress, Status

__all__ = [
    "BulkResult",
    "FileJournal",
    "Journal",
    "OutcomeUnknownError",
    "Progress",
    "State",
    "Status",
    "run",
    "run_blocking",
]

R = TypeVar("R")
T = TypeVar("T")


def run(
    rows: Iterable[R] | AsyncIterable[R],
    call: Callable[[R], Awaitable[T]],
    *,
    concurrency: int = 8,
    ordered: bool = False,
    key: Callable[[R], str] | None = None,
    journal: str | os.PathLike[str] | Journal | None = None,
    deadline: float | None = None,
    shutdown_timeout: float = 30.0,
    on_progress: Callable[[Progress], object] | None = None,
    progress_interval: float = 1.0,
) -> AsyncGenerator[BulkResult[R, T]]:
    """Call a function for each row, several at once, and yield a result for each.

    A row that fails does not end the others. Calls of the function stay inside the rate limit and
    wait for the next window, as with `rate_limiter=Pacer()` and `retry=RetryPolicy.patient()`.

    When the loop is left early, or the task is cancelled, no more rows are started and requests in
    flight are finished. `contextlib.aclosing` makes that happen at the end of its block.

    Args:
        rows: any iterable or async iterable, of any length; it is read when rows are needed.
        call: makes the calls for one row, with a client of this package.
        concurrency: rows that are processed at the same time.
        ordered: yield results in the order of the rows instead of as they finish.
        key: the key of a row, such as `lambda row: row["mls_number"]`; a journal needs it.
        journal: a path, or a `Journal`. A run with the journal of an earlier one skips the rows
            that are done. It reports the rows whose outcome is unknown, and does not send them.
        deadline: seconds after which no row is started and no wait continues. When rows are left,
            the loop ends with TimeoutError.
        shutdown_timeout: seconds for requests in flight to finish, after the deadline or when the
            loop is left.
        on_progress: called with a `Progress` after each row, and each `progress_interval` seconds.
        progress_interval: see `on_progress`.

    Raises:
        ConfigurationError: a concurrency below 1, seconds that are negative or NaN, a journal
            without a key, or a file that is no journal or that another run uses.
        Exception: what reading `rows`, `on_progress` or the journal raises, after the rows in
            flight are finished.
    """
    options = RunOptions(
        concurrency=concurrency,
        ordered=ordered,
        key=key,
        journal=journal,
        deadline=deadline,
        shutdown_timeout=shutdown_timeout,
        on_progress=on_progress,
        progress_interval=progress_interval,
    )
    return _results(rows, call, options, options.open_journal())


async def _results(
    rows: Iterable[R] | AsyncIterable[R],
    call: Callable[[R], Awaitable[T]],
    options: RunOptions[R],
    opened: FileJournal | None,
) -> AsyncGenerator[BulkResult[R, T]]:
    send, receive = anyio.create_memory_object_stream[BulkResult[R, T]](0)
    engine = BulkRun(AsyncHost(rows, call, send), rows, options, opened)

    async def work() -> None:
        async with send:
            await engine.main()

    task = BackgroundTask(work)
    try:
        async for result in receive:
            yield result
        await task.wait()
    finally:
        receive.close()
        await engine.shut_down(task)


def run_blocking(
    rows: Iterable[R],
    call: Callable[[R], T],
    *,
    concurrency: int = 8,
    ordered: bool = False,
    key: Callable[[R], str] | None = None,
    journal: str | os.PathLike[str] | Journal | None = None,
    deadline: float | None = None,
    shutdown_timeout: float = 30.0,
    on_progress: Callable[[Progress], object] | None = None,
    progress_interval: float = 1.0,
) -> Generator[BulkResult[R, T]]:
    """Call a function for each row, in several threads, and yield a result for each.

        for result in bulk.run_blocking(rows, lambda row: client.listings.create(**row)): ...

    See `run` for the arguments and the errors. Differences:

    - `call` makes its calls with a blocking client. It runs in `concurrency` worker threads.
    - `rows` is an iterable, such as a list of the blocking client. It, `key`, `journal` and
      `on_progress` are used in the thread of the loop, while that waits for a result.
    - Leaving the loop, and Ctrl-C, wait until the requests in flight are finished. A second Ctrl-C
      does not.
    """
    from .blocking import results  # loads the blocking client

    options = RunOptions(
        concurrency=concurrency,
        ordered=ordered,
        key=key,
        journal=journal,
        deadline=deadline,
        shutdown_timeout=shutdown_timeout,
        on_progress=on_progress,
        progress_interval=progress_interval,
    )
    return results(rows, call, options, options.open_journal())


set_public_module(globals(), __all__)
