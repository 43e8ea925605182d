"""The running event loop, its background tasks, and objects that belong to one loop only."""

from __future__ import annotations

import asyncio
import contextvars
import os
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

import anyio
from anyio.lowlevel import RunVar
from attrs import define, field

from .errors import ConfigurationError

_tasks: set[asyncio.Task[None]] = set()
"""Tasks of asyncio, whose event loop keeps weak references only."""


def start_task(function: Callable[[], Coroutine[Any, Any, None]], name: str | None = None) -> None:
    """Run a function in a task that no task group owns. It must not raise an `Exception`."""
    if anyio.get_cancelled_exc_class() is asyncio.CancelledError:
        task = asyncio.get_running_loop().create_task(function(), name=name)
        _tasks.add(task)
        task.add_done_callback(_end_task)
    else:
        # By its name, because trio is no dependency. It is loaded: this runs on it.
        trio: Any = import_module("trio")
        trio.lowlevel.spawn_system_task(function, name=name, context=contextvars.copy_context())


def _end_task(task: asyncio.Task[None]) -> None:
    _tasks.discard(task)
    if not task.cancelled():
        # KeyboardInterrupt and SystemExit have ended the event loop already; asyncio would log
        # them once more.
        task.exception()


class EventLoop:
    """One running event loop. `id(loop)` is not enough: the next loop may reuse it."""


_CURRENT: RunVar[EventLoop] = RunVar("actuallycare_loop")


def current_event_loop() -> EventLoop:
    """Return the object of the running event loop. It exists as long as the loop runs."""
    try:
        return _CURRENT.get()
    except LookupError:
        loop = EventLoop()
        _CURRENT.set(loop)
        return loop


@define(eq=False)
class LoopOwner:
    """Ties connections to the event loop and process that use them first."""

    what: str
    """The object that belongs to it, for the error."""
    _owner: tuple[int, EventLoop] | None = field(default=None, init=False)

    def check(self) -> None:
        """Raise ConfigurationError in another event loop or process than at the first use."""
        current = (os.getpid(), current_event_loop())
        if self._owner is None:
            self._owner = current
        process, loop = self._owner
        if process != current[0]:
            raise ConfigurationError(
                f"The {self.what} was first used in another process, of which this one is a fork, "
                f"and connections cannot be shared: make a {self.what} in each process, after the "
                "fork."
            )
        if loop is not current[1]:
            raise ConfigurationError(
                f"The {self.what} was first used in another event loop, which its connections "
                f"belong to: make a {self.what} in each event loop, inside the function that it "
                "runs."
            )
