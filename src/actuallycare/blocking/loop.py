"""The background event loop: one thread for all blocking clients of a process."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module
from typing import Any, Final, Generic, ParamSpec, TypeVar

import anyio

from .._core.errors import ConfigurationError, DeadlineExceededError
from .._core.lifecycle import CLOSED
from .._core.logs import logger

P = ParamSpec("P")
T = TypeVar("T")

_CANCEL_TIMEOUT: Final = 3.0
"""Seconds to wait for a cancelled call. Closing its connection takes at most two."""


class CallGroup:
    """The calls that one job makes in a thread, and that can be ended together."""

    def __init__(self, reason: str) -> None:
        self._reason = reason
        self._scopes: set[anyio.CancelScope] = set()
        self._ended = False

    @contextmanager
    def joined(self) -> Generator[None]:
        """Add the calls of this context, and of threads that run in copies of it."""
        token = _group.set(self)
        try:
            yield
        finally:
            _group.reset(token)

    def end(self) -> None:
        """Cancel the calls, and reject further ones, with TimeoutError."""
        self._ended = True
        for scope in self._scopes:
            scope.cancel()

    async def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a call."""
        with anyio.CancelScope() as scope:
            if self._ended:
                coroutine.close()
                raise TimeoutError(self._reason)
            self._scopes.add(scope)
            try:
                return await coroutine
            finally:
                self._scopes.discard(scope)
        raise TimeoutError(self._reason)


_group: ContextVar[CallGroup | None] = ContextVar("actuallycare_call_group", default=None)


class _Call(Generic[T]):
    """One coroutine on the event loop, and the thread that waits for it."""

    def __init__(self, coroutine: Coroutine[Any, Any, T], deadline: float | None) -> None:
        self._coroutine = coroutine
        self._deadline = deadline
        self._task: asyncio.Task[T] | None = None
        self._done = threading.Event()

    def start(self) -> None:
        coroutine = self._coroutine
        group = _group.get()
        if group is not None:
            coroutine = group.run(coroutine)
        if self._deadline is not None:
            coroutine = _within(coroutine, self._deadline)
        self._task = asyncio.get_running_loop().create_task(coroutine)
        self._task.add_done_callback(lambda _: self._done.set())

    def cancel(self) -> None:
        if self._task is None:
            self.abandon()
        else:
            self._task.cancel()

    def abandon(self) -> None:
        """End the call if the event loop has not started it."""
        if self._task is None:
            self._coroutine.close()
            self._done.set()

    def wait(self, timeout: float | None = None) -> None:
        self._done.wait(timeout)

    @property
    def is_abandoned(self) -> bool:
        """Whether the event loop has ended before this call, which is done."""
        return self._task is None or self._task.cancelled()

    def result(self) -> T:
        task = self._task
        if task is None or self.is_abandoned:
            raise ConfigurationError(CLOSED)
        self._task = None  # otherwise the error and this call reference each other
        try:
            return task.result()
        finally:
            del task


class _Threads(ThreadPoolExecutor):
    """Runs each function in a thread of its own; asyncio resolves host names with it.

    The interpreter closes all pools when the main thread ends, before other threads and functions
    of `atexit` do, which may still make calls: https://github.com/python/cpython/issues/99704.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        try:
            threading.Thread(target=work, daemon=True).start()
        except RuntimeError:  # Python 3.12 starts no thread any more at that time
            work()
        return future


async def _within(coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
    with anyio.move_on_after(seconds):
        return await coroutine
    raise DeadlineExceededError(
        f"The call had no result within its deadline of {seconds:g} s. Its request may have "
        "reached the server."
    )


class BackgroundLoop:
    """An asyncio event loop in a daemon thread.

    The thread is a daemon so that a client that nobody closes does not keep the interpreter alive.
    `anyio.from_thread.BlockingPortal` does the same work. A call through it takes more CPU time
    than the rest of the thread change; see docs/internals/blocking.md.
    """

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._calls: set[_Call[Any]] = set()
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        ready: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._serve, args=(ready,), name="actuallycare", daemon=True
        )
        self._thread.start()
        try:
            ready.result()
        except BaseException:
            if ready.exception() is None:  # an exception of this thread, such as KeyboardInterrupt
                self.stop()
            raise

    @property
    def is_usable(self) -> bool:
        """Whether this process started the thread, rather than one that this one is a fork of."""
        return self._pid == os.getpid()

    @property
    def can_wait(self) -> bool:
        """Whether this thread may wait for the event loop."""
        is_own = threading.get_ident() == self._thread.ident
        return self.is_usable and not sys.is_finalizing() and not is_own

    def check_process(self) -> None:
        """Raise ConfigurationError in a fork of the process that started the thread."""
        if not self.is_usable:
            raise ConfigurationError(
                "This process was forked from the one that started the work: finish it there, or "
                "start it after the fork."
            )

    def check_thread(self) -> None:
        """Raise ConfigurationError where waiting would last for ever."""
        self.check_process()
        if sys.is_finalizing():
            raise ConfigurationError(
                "The interpreter is ending, and the background thread has stopped: make calls "
                "before that, or in a function registered with `atexit`."
            )
        if threading.get_ident() == self._thread.ident:
            raise ConfigurationError(
                "A callback of the client called the blocking client. Callbacks run on its event "
                "loop, which would wait for itself: start a thread there, or return first."
            )

    def run(self, coroutine: Coroutine[Any, Any, T], deadline: float | None = None) -> T:
        """Run a coroutine on the event loop, in the context of this thread; return its result.

        An exception in the waiting thread, such as KeyboardInterrupt, cancels the coroutine.
        """
        try:
            self.check_thread()
        except ConfigurationError:
            coroutine.close()
            raise
        return self._finished(coroutine, deadline).result()

    def _finished(
        self, coroutine: Coroutine[Any, Any, T], deadline: float | None = None
    ) -> _Call[T]:
        """Run a coroutine on the event loop; return its call, which is done or abandoned."""
        call = _Call(coroutine, deadline)
        self._calls.add(call)
        try:
            self.schedule(call.start)
            call.wait()
        except BaseException as error:
            self.schedule(call.cancel)
            call.wait(_CANCEL_TIMEOUT)
            raise error.with_traceback(None) from None  # without the frames of `threading`
        finally:
            self._calls.discard(call)
        return call

    @contextmanager
    def entered(self, context: AbstractAsyncContextManager[T]) -> Generator[T]:
        """Enter an async context manager. One task enters it, and another one leaves it."""
        value = self.run(context.__aenter__())
        try:
            yield value
        finally:
            # A block that was never left is left by the garbage collector, in any thread.
            if threading.get_ident() == self._thread.ident:
                self.start(context.__aexit__(None, None, None))
            # A block of the parent of a fork is none of this process. One of a loop that has ended,
            # because its last client was closed, has ended too.
            elif self.can_wait:
                left = self._finished(context.__aexit__(None, None, None))
                if not left.is_abandoned:
                    left.result()

    def start(self, coroutine: Coroutine[Any, Any, object]) -> None:
        """Start a coroutine without waiting for it. Safe in a finalizer, in any thread."""
        self.schedule(_Call(coroutine, None).start)

    def stop(self) -> None:
        """End the thread, and wait for it unless this is its own thread."""
        self.schedule(self._stop.set)
        if threading.get_ident() != self._thread.ident:
            self._thread.join()

    def schedule(self, callback: Callable[[], object]) -> None:
        """Run a function on the event loop soon. Safe in a finalizer, in any thread."""
        try:
            self._loop.call_soon_threadsafe(callback)
        except RuntimeError:  # the event loop has ended
            self._abandon_calls()

    def _abandon_calls(self) -> None:
        while self._calls:
            with suppress(KeyError):  # another thread may have taken the last one
                self._calls.pop().abandon()

    def _serve(self, ready: Future[None]) -> None:
        if "sniffio" in sys.modules:
            sniffio: Any = import_module("sniffio")
            # anyio asks it, and calls run in the context of their thread, which may be one of trio.
            sniffio.thread_local.name = "asyncio"
        runner = asyncio.Runner()
        try:
            # In this thread, which gevent gives another hub than the others.
            self._loop = runner.get_loop()
        except BaseException as error:  # such as too many open files
            ready.set_exception(error)
            return
        with runner:
            self._loop.set_default_executor(_Threads())
            self._stop = asyncio.Event()
            ready.set_result(None)
            main = self._loop.create_task(self._stop.wait())
            while not main.done():
                # asyncio ends the event loop when a task raises one of these. Here a callback of
                # one client raised it: its call raises it too, in the thread that waits, and the
                # other calls continue.
                try:
                    self._loop.run_until_complete(main)
                except (KeyboardInterrupt, SystemExit) as error:
                    logger.warning("blocking: the event loop survives a %s", type(error).__name__)
        # Callbacks that were scheduled after the last step of the event loop never ran.
        self._abandon_calls()
