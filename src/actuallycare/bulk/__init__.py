"""Bulk work: thousands of calls inside the rate limit, with a result for each row.

from actuallycare import AsyncActuallyCare, bulk

async with AsyncActuallyCare() as client:
    async for result in bulk.run(rows, lambda row: client.listings.create(**row)):
        if result.error:
            print(result.index, result.error)
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable
from typing import TypeVar

import anyio

from .._core.errors import ConfigurationError
from .._core.public import set_public_module
from .._core.settings import (
    validate_callable,
    validate_count,
    validate_seconds,
    validate_time_limit,
)
from .background import BackgroundTask
from .engine import BulkRun
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
]

_SETTLE = 5.0
"""Seconds for functions and iterators of the caller to end after they were cancelled."""

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
    validate_count("concurrency", concurrency)
    validate_time_limit("deadline", deadline)
    validate_seconds("shutdown_timeout", shutdown_timeout, allow_zero=True)
    validate_seconds("progress_interval", progress_interval)
    if on_progress is not None:
        validate_callable("on_progress", on_progress)
    if journal is not None and key is None:
        raise ConfigurationError("a journal identifies rows by a key: pass key= too.")
    opened = None
    if isinstance(journal, (str, os.PathLike)):
        journal = opened = FileJournal(journal)
    runner = BulkRun(
        rows=rows,
        call=call,
        concurrency=concurrency,
        ordered=ordered,
        key=key,
        journal=journal,
        deadline=deadline,
        shutdown_timeout=shutdown_timeout,
        on_progress=on_progress,
        progress_interval=progress_interval,
    )
    return _results(runner, opened)


async def _results(
    runner: BulkRun[R, T], opened: FileJournal | None
) -> AsyncGenerator[BulkResult[R, T]]:
    send, receive = anyio.create_memory_object_stream[BulkResult[R, T]](0)
    engine = BackgroundTask(lambda: runner.main(send))
    try:
        async for result in receive:
            yield result
        await engine.wait()
    finally:
        receive.close()
        with anyio.CancelScope(shield=True):
            await runner.end()
            with anyio.move_on_after(_SETTLE):
                await engine.settle()
            engine.cancel()
            await engine.settle()
        if opened is not None:
            opened.close()


set_public_module(globals(), __all__)
