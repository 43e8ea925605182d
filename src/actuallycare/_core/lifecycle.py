"""Client lifecycle: reject calls after close, from another event loop, or after a fork."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from attrs import define, field

from .errors import ConfigurationError
from .event_loop import EventLoop, LoopOwner, current_event_loop

CLOSED: Final = (
    "The client is closed: make calls inside its `with` or `async with` block, before it is "
    "closed, or make a new client."
)


@define(eq=False)
class ClientLifecycle:
    """Whether calls may start, and which are in progress. Shared by all views of a client."""

    loop_bound: bool = False
    """Whether the connections belong to one event loop of one process, as those of httpx do."""
    closed: bool = field(default=False, init=False)
    _owner: LoopOwner = field(factory=lambda: LoopOwner("client"), init=False)
    _calls: set[anyio.CancelScope] = field(factory=set[anyio.CancelScope], init=False)
    _calling: EventLoop | None = field(default=None, init=False)
    """The event loop of the calls in progress."""
    _library: type[BaseException] | None = field(default=None, init=False)
    """Cancellation exception of the async library that the client is used with."""
    _mutex: threading.Lock = field(factory=threading.Lock, init=False)
    _idle: anyio.Event | None = field(default=None, init=False)

    def start_call(self, scope: anyio.CancelScope) -> None:
        """Register a call. `close` ends it by cancelling `scope`.

        Raises:
            ConfigurationError: the client is closed, belongs to another process or event loop, or
                is in use in another event loop.
        """
        if self.closed:
            raise ConfigurationError(CLOSED)
        if self.loop_bound:
            self._owner.check()
            self._calls.add(scope)
        else:
            self._start_in_one_loop(scope)

    def _start_in_one_loop(self, scope: anyio.CancelScope) -> None:
        # Over a caller's transport, one event loop after another may use the client. At the same
        # time they cannot: tasks of one would wait for locks that the other releases.
        loop = current_event_loop()
        library = anyio.get_cancelled_exc_class()
        with self._mutex:
            if self._library not in (None, library):
                raise ConfigurationError(
                    "The client was first used with another async library, asyncio or trio, whose "
                    "locks it has: make a client for each of them."
                )
            self._library = library
            if self._calls and self._calling is not loop:
                raise ConfigurationError(
                    "The client is in use in another event loop or thread: make a client in each "
                    "of them, inside the function that the loop runs."
                )
            self._calling = loop
            self._calls.add(scope)

    def end_call(self, scope: anyio.CancelScope) -> None:
        """Unregister a call."""
        self._calls.discard(scope)
        if self._idle is not None and not self._calls:
            self._idle.set()

    async def close(self, release: Callable[[], Awaitable[None]] | None) -> None:
        """Reject further calls, cancel those in progress, wait until they have ended, `release`.

        Raises:
            ConfigurationError: the client belongs to another process or event loop.
        """
        if self.loop_bound:
            self._owner.check()
        self.closed = True
        for scope in self._calls:
            scope.cancel()
        try:
            if self._calls:
                # One event for all tasks that close the client. No call starts any more.
                self._idle = self._idle or anyio.Event()
                await self._idle.wait()
        finally:
            if release is not None:
                await release()
