"""Client lifecycle: reject calls after close, from another event loop, or after a fork."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

import anyio
from anyio.lowlevel import RunVar
from attrs import define, field

from .errors import ConfigurationError

_LOOP: RunVar[object] = RunVar("actuallycare_loop")
"""One object for each event loop. `id(loop)` is not enough: the next loop may reuse it."""


@define(eq=False)
class ClientLifecycle:
    """Whether calls may start, and which are in progress. Shared by all views of a client."""

    loop_bound: bool = False
    """Whether the connections belong to one event loop of one process, as those of httpx do."""
    closed: bool = field(default=False, init=False)
    _owner: tuple[int, object] | None = field(default=None, init=False)
    _calls: set[anyio.CancelScope] = field(factory=set[anyio.CancelScope], init=False)
    _idle: anyio.Event | None = field(default=None, init=False)

    def start_call(self, scope: anyio.CancelScope) -> None:
        """Register a call. `close` ends it by cancelling `scope`.

        Raises:
            ConfigurationError: the client is closed, or belongs to another process or event loop.
        """
        if self.closed:
            raise ConfigurationError(
                "The client is closed: make calls inside its `async with` block, before aclose(), "
                "or make a new client."
            )
        self._check_owner()
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
        self._check_owner()
        self.closed = True
        for scope in self._calls:
            scope.cancel()
        try:
            while self._calls:
                self._idle = anyio.Event()
                await self._idle.wait()
        finally:
            if release is not None:
                await release()

    def _check_owner(self) -> None:
        if not self.loop_bound:
            return
        current = (os.getpid(), _current_loop())
        if self._owner is None:
            self._owner = current
        process, loop = self._owner
        if process != current[0]:
            raise ConfigurationError(
                "The client was first used in another process, of which this one is a fork, and "
                "connections cannot be shared: make a client in each process, after the fork."
            )
        if loop is not current[1]:
            raise ConfigurationError(
                "The client was first used in another event loop, which its connections belong "
                "to: make a client in each event loop, inside the function that it runs."
            )


def _current_loop() -> object:
    try:
        return _LOOP.get()
    except LookupError:
        marker = object()
        _LOOP.set(marker)
        return marker
