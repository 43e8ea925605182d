"""The engine of a bulk run: a fixed number of workers, each processes one row after the other.

    rows ──▶ workers (concurrency) ──▶ results, as they finish or in the order of the rows

Memory is bounded: a worker takes the next row only when a slot of the window is free, and a slot is
freed when the caller takes a result.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar, cast

import anyio
from attrs import define, field, frozen

from .._core.clock import Clock
from .._core.errors import ConfigurationError
from .._core.logs import logger
from .._core.retry.job import current_job
from .._core.retry.rate_limiter import Pacer, RateLimiter
from .._core.settings import (
    validate_callable,
    validate_count,
    validate_seconds,
    validate_time_limit,
)
from .background import BackgroundTask
from .estimate import seconds_left
from .host import Host
from .journal import FileJournal, Journal, State
from .result import BulkResult, OutcomeUnknownError, Progress, Status
from .row import ENDED, Row, SharedLimiter

R = TypeVar("R")
T = TypeVar("T")

_SETTLE = 5.0
"""Seconds for functions and iterators of the caller to end after they were cancelled."""


@frozen(kw_only=True)
class RunOptions(Generic[R]):
    """The options of `bulk.run`."""

    concurrency: int
    ordered: bool
    key: Callable[[R], str] | None
    journal: str | os.PathLike[str] | Journal | None
    deadline: float | None
    shutdown_timeout: float
    on_progress: Callable[[Progress], object] | None
    progress_interval: float

    def __attrs_post_init__(self) -> None:
        validate_count("concurrency", self.concurrency)
        validate_time_limit("deadline", self.deadline)
        validate_seconds("shutdown_timeout", self.shutdown_timeout, allow_zero=True)
        validate_seconds("progress_interval", self.progress_interval)
        if self.on_progress is not None:
            validate_callable("on_progress", self.on_progress)
        if self.journal is not None and self.key is None:
            raise ConfigurationError("a journal identifies rows by a key: pass key= too.")

    def open_journal(self) -> FileJournal | None:
        """Open the journal that is a path; None for another journal."""
        if isinstance(self.journal, (str, os.PathLike)):
            return FileJournal(self.journal)
        return None


@define(eq=False)
class BulkRun(Generic[R, T]):
    """Processes the rows of one run. One that is created must be shut down."""

    host: Host[R, T]
    rows: object
    options: RunOptions[R]
    opened: FileJournal | None
    """The journal, if the run has opened it."""
    on_progress: Callable[[Progress], object] | None = field(init=False)
    journal: Journal | None = field(init=False)
    _taken: int = field(default=0, init=False)
    """Rows taken from the source."""
    _window: anyio.Semaphore = field(init=False)
    _pull: anyio.Lock = field(factory=anyio.Lock, init=False)
    _pull_scope: anyio.CancelScope | None = field(default=None, init=False)
    _deliver_lock: anyio.Lock = field(factory=anyio.Lock, init=False)
    _ready: dict[int, BulkResult[R, T]] = field(factory=dict[int, BulkResult[R, T]], init=False)
    """Results that wait for an earlier one."""
    _next_index: int = field(default=0, init=False)
    _active: set[Row] = field(factory=set[Row], init=False)
    _limiters: dict[int, SharedLimiter] = field(factory=dict[int, SharedLimiter], init=False)
    _keys: set[str] = field(factory=set[str], init=False)
    _counts: dict[Status, int] = field(factory=dict[Status, int], init=False)
    _started_at: float = field(factory=time.monotonic, init=False)
    _ending: bool = field(default=False, init=False)
    _fatal: Exception | None = field(default=None, init=False)
    _exhausted: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        options = self.options
        self.on_progress = options.on_progress
        self._window = anyio.Semaphore(options.concurrency * (4 if options.ordered else 1))
        journal = options.journal
        self.journal = self.opened if isinstance(journal, (str, os.PathLike)) else journal

    async def main(self) -> None:
        """Process every row. Raises the error of the rows' iterator, the journal or a callback."""
        deadline = self.options.deadline
        try:
            await self._run_tasks(deadline)
        except BaseExceptionGroup as group:  # of the task groups; a caller's own comes as `_fatal`
            _, raised = group.split(anyio.get_cancelled_exc_class())
            raise _first(raised or group) from None
        await self.host.close_rows()
        await self._report()
        if self._fatal is not None:
            raise self._fatal
        if deadline is not None and self._ending and not self._exhausted:
            raise TimeoutError(
                f"the deadline of {deadline:g} s has passed after {self._taken} rows; run "
                "again with the same journal to continue"
            )

    async def _run_tasks(self, deadline: float | None) -> None:
        async with anyio.create_task_group() as helpers:
            if self.on_progress is not None:
                helpers.start_soon(self._tick)
            if deadline is not None:
                helpers.start_soon(self._end_at, deadline)
            async with anyio.create_task_group() as workers:
                for _ in range(self.options.concurrency):
                    workers.start_soon(self._work)
            helpers.cancel_scope.cancel()

    async def shut_down(self, task: BackgroundTask) -> None:
        """End the run, which runs in `task`: finish the rows in flight, then release everything."""
        try:
            with anyio.CancelScope(shield=True):
                await self.end()
                with anyio.move_on_after(_SETTLE):
                    await task.settle()
                task.cancel()
                await task.settle()
        finally:
            if self.opened is not None:
                self.opened.close()

    async def end(self) -> None:
        """Start no more rows; wait for those in flight, for `shutdown_timeout` at most."""
        self._ending = True
        if self._pull_scope is not None:
            self._pull_scope.cancel()
        for row in tuple(self._active):
            row.end()
        with anyio.move_on_after(self.options.shutdown_timeout):
            for row in tuple(self._active):
                await row.finished.wait()
        for row in tuple(self._active):
            row.scope.cancel()

    async def _end_at(self, seconds: float) -> None:
        await anyio.sleep(seconds)
        await self.end()

    async def _work(self) -> None:
        while True:
            await self._window.acquire()
            taken = await self._next_row()
            if taken is None:
                self._window.release()
                return
            await self._deliver(await self._process(*taken))

    async def _next_row(self) -> tuple[int, R] | None:
        async with self._pull:
            if self._ending or self._exhausted or self._fatal is not None:
                return None
            try:
                # Ended by `end`: the next row may never come.
                with anyio.CancelScope() as self._pull_scope:
                    item = await self.host.next_row()
                    self._taken += 1
                    return self._taken - 1, item
            except StopAsyncIteration:
                self._exhausted = True
            except Exception as error:
                # Of the caller's iterator. Rows in flight are finished first.
                self._fatal = error
            return None

    async def _process(self, index: int, item: R) -> BulkResult[R, T]:
        key: str | None = None
        try:
            key = await self._key_of(item)
            earlier = await self._earlier_state(key)
        except Exception as error:
            return BulkResult(index=index, item=item, key=key, status="failed", error=error)
        if earlier == "done":
            return BulkResult(index=index, item=item, key=key, status="skipped")
        if earlier in ("started", "unknown"):
            unknown = OutcomeUnknownError(
                f"an earlier run sent the row {key!r} and did not record the outcome. Check "
                "whether the record exists."
            )
            return BulkResult(index=index, item=item, key=key, status="unknown", error=unknown)
        if self._ending:  # since the row was taken
            ended = TimeoutError(ENDED)
            return BulkResult(index=index, item=item, key=key, status="failed", error=ended)
        return await self._send_row(index, item, key)

    async def _key_of(self, item: R) -> str | None:
        key_of = self.options.key
        if key_of is None:
            return None
        key = str(await self.host.invoke(lambda: key_of(item)))
        if key in self._keys:
            raise ConfigurationError(f"the key {key!r} occurs twice. Each row needs its own.")
        if self.journal is not None:
            self._keys.add(key)
        return key

    async def _send_row(self, index: int, item: R, key: str | None) -> BulkResult[R, T]:
        row = Row(self._limiter, lambda: self._record_start(key))
        self._active.add(row)
        token = current_job.set(row)
        value: T | None = None
        error: Exception | None = None
        ended = True
        try:
            with row.scope:
                try:
                    value = await self.host.process(row, item)
                except Exception as caught:
                    # One bad row must not end the others, whatever the caller's function raises.
                    error = caught
                except anyio.get_cancelled_exc_class():
                    # The worker would end, and its rows be missing, without any error.
                    if _is_cancelled():
                        raise
                    error = RuntimeError("The function of the row was cancelled by something else.")
                ended = False
            if ended:
                error = TimeoutError(ENDED)
            status: Status = "done"
            if error is not None:
                status = "unknown" if row.may_have_happened else "failed"
            await self._record_end(key, status, value, error)
        finally:
            current_job.reset(token)
            self._active.discard(row)
            row.finished.set()
        return BulkResult(index=index, item=item, key=key, status=status, value=value, error=error)

    def _limiter(self, own: RateLimiter | None, clock: Clock) -> SharedLimiter:
        # Clients without a limiter share one: the vendor counts per IP address.
        name = 0 if own is None else id(own)
        if name not in self._limiters:
            self._limiters[name] = SharedLimiter(Pacer(clock) if own is None else own, clock)
        return self._limiters[name]

    @contextmanager
    def _journal_errors(self) -> Generator[None]:
        """Keep an error of the journal, which ends the run after the rows in flight."""
        try:
            yield
        except Exception as error:
            self._fatal = self._fatal or error
            raise

    async def _earlier_state(self, key: str | None) -> State | None:
        journal = self.journal
        if journal is None or key is None:
            return None
        with self._journal_errors():
            return await self.host.invoke(lambda: journal.state(key))

    async def _record_start(self, key: str | None) -> None:
        journal = self.journal
        if journal is None or key is None:
            return
        # Raised in the call: without its record, a row must not be sent.
        with self._journal_errors():
            await self.host.invoke(lambda: journal.start(key))

    async def _record_end(
        self, key: str | None, status: Status, value: T | None, error: Exception | None
    ) -> None:
        journal = self.journal
        if journal is None or key is None or status == "skipped":
            return
        note = f"{type(error).__name__}: {error}" if error else str(getattr(value, "id", ""))
        # The row is finished, so its result stays as it is.
        with suppress(Exception), self._journal_errors(), anyio.CancelScope(shield=True):
            await self.host.invoke(lambda: journal.finish(key, status, note))

    async def _deliver(self, result: BulkResult[R, T]) -> None:
        self._counts[result.status] = self._counts.get(result.status, 0) + 1
        await self._report()
        if not self.options.ordered:
            await self._hand_over(result)
            return
        self._ready[result.index] = result
        async with self._deliver_lock:
            while (following := self._ready.pop(self._next_index, None)) is not None:
                self._next_index += 1
                await self._hand_over(following)

    async def _hand_over(self, result: BulkResult[R, T]) -> None:
        if not await self.host.deliver(result):
            # The caller has left the loop; without a journal, only the log knows the outcome.
            logger.warning("bulk row %d finished after the run was left: %s", result.index,
                           result.status)  # fmt: skip
        self._window.release()

    async def _tick(self) -> None:
        while True:
            await anyio.sleep(self.options.progress_interval)
            await self._report()

    async def _report(self) -> None:
        on_progress = self.on_progress
        if on_progress is None:
            return
        try:
            await self.host.invoke(lambda: on_progress(self.progress()))
        except Exception as error:
            # Of the caller's function: end the run after the rows in flight.
            self._fatal = error
            self.on_progress = None

    def progress(self) -> Progress:
        """Return how far the run is."""
        rows: Any = self.rows
        total = len(rows) if hasattr(rows, "__len__") else None
        counts = {status: self._counts.get(status, 0) for status in
                  ("done", "failed", "unknown", "skipped")}  # fmt: skip
        waiting = sum(limiter.waiting for limiter in self._limiters.values())
        resets_in = [
            (limiter.rate_limit.reset_at - limiter.clock.now()).total_seconds()
            for limiter in self._limiters.values()
            if limiter.rate_limit is not None
        ]
        return Progress(
            **counts,
            in_flight=len(self._active),
            waiting=waiting,
            total=total,
            seconds_until_reset=max(0.0, min(resets_in)) if waiting and resets_in else None,
            estimated_end=self._estimated_end(total, sum(counts.values())),
        )

    def _estimated_end(self, total: int | None, finished: int) -> datetime | None:
        sent = finished - self._counts.get("skipped", 0)
        if total is None or not sent:
            return None
        limiter = next(iter(self._limiters.values()), None)
        limit = None if limiter is None else limiter.rate_limit
        now = datetime.now().astimezone() if limiter is None else limiter.clock.now()
        left = seconds_left(
            max(0, total - finished),
            seconds_per_row=(time.monotonic() - self._started_at) / sent,
            limit=None if limit is None else limit.limit,
            remaining=0 if limit is None else limit.remaining,
            resets_in=0.0 if limit is None else (limit.reset_at - now).total_seconds(),
            window=None if limiter is None else limiter.window,
        )
        return now + timedelta(seconds=left)


def _first(error: BaseException) -> BaseException:
    """Return what a task raised first, rather than the groups of the task groups."""
    if isinstance(error, BaseExceptionGroup):
        return _first(cast("BaseExceptionGroup[BaseException]", error).exceptions[0])
    return error


def _is_cancelled() -> bool:
    """Whether the run or the row has been cancelled, rather than something the caller awaits."""
    # anyio reports a deadline of minus infinity inside a cancelled scope.
    return anyio.current_effective_deadline() == -math.inf
