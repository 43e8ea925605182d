"""From the first call of a client to its closing: which calls may run, and where."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

import anyio
from anyio.lowlevel import RunVar
from attrs import define, field

from .errors import ConfigurationError

_LOOP: RunVar[object] = RunVar("actuallycare_loop")
"""One object for each event loop. Their own identities may be used again by the next one."""


@define(eq=False)
class Lifetime:
    """Whether calls may still be made, and those that are under way; shared by all views."""

    bound: bool = False
    """Whether the connections belong to one event loop of one process: those of httpx do."""
    closed: bool = field(default=False, init=False)
    _home: tuple[int, object] | None = field(default=None, init=False)
    _calls: set[anyio.CancelScope] = field(factory=set[anyio.CancelScope], init=False)
    _idle: anyio.Event | None = field(default=None, init=False)

    def enter(self, scope: anyio.CancelScope) -> None:
        """Begin a call, which `close` ends by cancelling `scope`.

        Raises:
            ConfigurationError: the client is closed, or at home in another process or event loop.
        """
        if self.closed:
            raise ConfigurationError(
                "The client is closed: make calls inside its `async with` block, before aclose(), "
                "or make a new client."
            )
        self._check_home()
        self._calls.add(scope)

    def leave(self, scope: anyio.CancelScope) -> None:
        """The call has ended."""
        self._calls.discard(scope)
        if self._idle is not None and not self._calls:
            self._idle.set()

    async def close(self, release: Callable[[], Awaitable[None]] | None) -> None:
        """Refuse further calls, cancel those under way, wait until they have ended, `release`.

        Raises:
            ConfigurationError: the client is at home in another process or event loop.
        """
        self._check_home()
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

    def _check_home(self) -> None:
        if not self.bound:
            return
        here = (os.getpid(), _current_loop())
        self._home = home = self._home or here
        if home[0] != here[0]:
            raise ConfigurationError(
                "The client was first used in another process, of which this one is a fork, and "
                "connections cannot be shared: make a client in each process, after the fork."
            )
        if home[1] is not here[1]:
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
