"""Run the calls of a blocking client: its async client, and the background loop they share."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from collections.abc import Callable, Coroutine, Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from importlib import import_module
from typing import Any, Final, NoReturn, TypeVar

from .._core.errors import ConfigurationError
from .._core.lifecycle import CLOSED
from .._core.sender import Sender
from .._core.settings import validate_time_limit
from .._core.unset import UNSET, Unset
from ..client import AsyncActuallyCare, describe
from .loop import BackgroundLoop
from .options import survive_fork

T = TypeVar("T")

_FORKED: Final = (
    "The client was used before this process was forked, and its http_client, transport or "
    "rate_limiter cannot be used in two processes: make a client in each process, after the fork."
)

Deadline = float | Unset | None
"""Seconds for a whole call; None for no limit; omitted: the client's."""


class AsyncClient(AsyncActuallyCare):
    """The async client behind a blocking one."""

    @property
    def sender(self) -> Sender:
        """What sends the calls."""
        return self._sender

    @property
    def description(self) -> str:
        """Base URL and kinds of credentials, for reprs."""
        return describe(self._sender)


class _SharedLoop:
    """The background loop of this process. It runs while clients use it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._loop: BackgroundLoop | None = None
        self._users = 0
        self._of_parents: list[object] = []

    def acquire(self) -> BackgroundLoop:
        with self.lock:
            if self._loop is None:
                self._loop = BackgroundLoop()
            self._users += 1
            return self._loop

    def release(self, loop: BackgroundLoop) -> None:
        with self.lock:
            if loop is not self._loop:
                return  # of the process that this one is a fork of
            self._users -= 1
            if self._users > 0:
                return
            self._loop = None
        loop.stop()

    def keep(self, client: AsyncClient) -> None:
        """Keep what belongs to the parent of a fork: closing it would affect the parent.

        Both processes share the sockets, and the epoll object in which they are registered.
        """
        self._of_parents.append(client)

    def forget(self) -> None:
        """After a fork, in the child: there is no thread, and the lock may be locked for good."""
        self.lock = threading.RLock()
        self._of_parents.append(self._loop)
        self._loop = None
        self._users = 0


_shared = _SharedLoop()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.forget)


@contextmanager
def shared_loop() -> Generator[BackgroundLoop]:
    """Keep the background loop of this process running while the block runs."""
    _check_threads()
    loop = _shared.acquire()
    try:
        yield loop
    finally:
        _shared.release(loop)


class LoopClient:
    """The async client of a blocking one in this process, and the loop that it runs on.

    Both are created with the first call, and once more in each forked process.
    """

    def __init__(self, make: Callable[[], AsyncClient], *, survives_fork: bool) -> None:
        self._make = make
        self._survives_fork = survives_fork
        try:
            self._client = make()
        except Exception:
            _check_threads()  # httpcore imports trio, whose import fails beside gevent
            raise
        self._loop: BackgroundLoop | None = None
        self._closed = False
        self._finalizer: weakref.finalize[..., Any] | None = None

    def __reduce__(self) -> NoReturn:
        self._client.sender.__reduce__()

    @property
    def configured(self) -> AsyncClient:
        """The async client, which may not be used yet."""
        return self._client

    def get(self) -> tuple[AsyncClient, BackgroundLoop]:
        """Return the async client and its running loop.

        Raises:
            ConfigurationError: the client is closed, or cannot be used in this process.
        """
        loop = self._loop
        if loop is None or not loop.is_usable:
            loop = self._connect()
        return self._client, loop

    def _connect(self) -> BackgroundLoop:
        with _shared.lock:
            if self._closed:
                raise ConfigurationError(CLOSED)
            if self._loop is not None and self._loop.is_usable:
                return self._loop  # another thread was faster
            _check_threads()
            if self._loop is not None:
                self._make_again()
            self._loop = _shared.acquire()
            self._finalizer = weakref.finalize(self, _close_later, self._client, self._loop)
            self._finalizer.atexit = False  # the process ends: the system closes the connections
            return self._loop

    def _make_again(self) -> None:
        if not self._survives_fork:
            raise ConfigurationError(_FORKED)
        _shared.keep(self._client)
        self._client = self._make()

    def close(self) -> None:
        """Cancel the calls in progress, close the connections, end the loop of the last client.

        Raises what `aclose` raises, once: a second call does nothing.
        """
        if sys.is_finalizing():
            return  # the thread has stopped; the system closes the connections
        if self._loop is not None and self._loop.is_usable:
            self._loop.check_thread()
        with _shared.lock:
            loop = self._loop
            self._loop = None
            self._closed = True
            if self._finalizer is not None:
                self._finalizer.detach()
        if loop is not None and loop.is_usable:
            _close_now(self._client, loop)


class CallRunner:
    """Runs the calls of a client, or of a view with other options."""

    def __init__(
        self,
        loop_client: LoopClient,
        deadline: float | None,
        options: tuple[dict[str, Any], ...] = (),
    ) -> None:
        self._loop_client = loop_client
        self._deadline = deadline
        self._options = options
        self._base = loop_client.configured
        self._client = _with_options(self._base, options)

    @property
    def configured(self) -> AsyncClient:
        """The async client with the options of this view; it may not be used yet."""
        return self._client

    @property
    def client(self) -> AsyncClient:
        """The async client with the options of this view, in this process."""
        base, _ = self._loop_client.get()
        if self._base is not base:
            if not all(map(survive_fork, self._options)):
                raise ConfigurationError(_FORKED)
            self._client = _with_options(base, self._options)
            self._base = base
        return self._client

    def with_options(self, changes: dict[str, Any]) -> CallRunner:
        """Return a runner for a view with other options, which `wrap_options` has returned."""
        deadline = check_deadline(changes.pop("deadline", self._deadline))
        return CallRunner(self._loop_client, deadline, (*self._options, changes))

    def run(self, coroutine: Coroutine[Any, Any, T], deadline: Deadline = UNSET) -> T:
        """Run a coroutine of `client`; return its result."""
        try:
            seconds = self._deadline if deadline is UNSET else check_deadline(deadline)
            _, loop = self._loop_client.get()
        except BaseException:
            coroutine.close()
            raise
        return loop.run(coroutine, seconds)

    @contextmanager
    def entered(self, context: AbstractAsyncContextManager[T]) -> Generator[T]:
        """Enter an async context manager of `client`."""
        _, loop = self._loop_client.get()
        with loop.entered(context) as value:
            yield value


def check_deadline(deadline: float | None) -> float | None:
    """Return the deadline; ConfigurationError unless it is None or above 0."""
    return validate_time_limit("deadline", deadline)


def _with_options(client: AsyncClient, options: tuple[dict[str, Any], ...]) -> AsyncClient:
    for changes in options:
        client = client.with_options(**changes)
    return client


_GREEN_THREADS = (
    ("gevent", "gevent.monkey", "is_module_patched", "threading"),
    ("eventlet", "eventlet.patcher", "is_monkey_patched", "thread"),
)


def _check_threads() -> None:
    """Raise ConfigurationError where a library has replaced threads by tasks of its own."""
    for library, module, is_patched, name in _GREEN_THREADS:
        if module in sys.modules and getattr(import_module(module), is_patched)(name):
            raise ConfigurationError(
                f"{library} has replaced the threads of this process, and the blocking client "
                "needs one: run it with threads or processes instead, such as gunicorn's "
                "`--worker-class gthread` or Celery's `--pool prefork`."
            )


def _close_now(client: AsyncClient, loop: BackgroundLoop) -> None:
    """Close the connections of a client. Where the wait is interrupted, the loop continues."""
    has_failed = False

    async def close() -> None:
        nonlocal has_failed
        try:
            await client.aclose()
        except Exception:  # no cancellation, which is an interruption
            has_failed = True
            raise

    try:
        loop.run(close())
    except BaseException:
        # A failed `aclose` is not repeated: it would fail again, where nobody sees the error.
        if not has_failed:
            loop.start(client.aclose())
        raise
    finally:
        _shared.release(loop)


def _close_later(client: AsyncClient, loop: BackgroundLoop) -> None:
    """Close the connections of a client that was not closed, without waiting."""

    async def close() -> None:
        try:
            await client.aclose()
        finally:
            _shared.release(loop)

    if loop.is_usable:
        loop.start(close())
