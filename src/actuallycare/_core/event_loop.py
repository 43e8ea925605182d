"""Which event loop runs, and the objects that belong to one event loop only."""

from __future__ import annotations

import os

from anyio.lowlevel import RunVar
from attrs import define, field

from .errors import ConfigurationError


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
