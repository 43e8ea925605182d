"""How many attempts are under way at once: a bound before the pool of connections.

The pools of HTTP libraries pay for every connection that they hold, open or idle, with each
request. Few connections that are always in use are faster than many that take turns.
"""

from __future__ import annotations

from collections import deque

import anyio
from attrs import define, field


@define(eq=False)
class Gate:
    """Lets `size` holders in at a time, the others in the order in which they came."""

    size: int
    _inside: int = field(default=0, init=False)
    _queue: deque[anyio.Event] = field(factory=deque[anyio.Event], init=False)

    async def enter(self) -> None:
        """Wait for a place; cancellable."""
        if self._inside < self.size:
            self._inside += 1
            return
        turn = anyio.Event()
        self._queue.append(turn)
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():  # the place was handed over at the same moment
                self.leave()
            else:
                self._queue.remove(turn)
            raise

    def leave(self) -> None:
        """Give the place to whoever waits longest."""
        if self._queue:
            self._queue.popleft().set()
        else:
            self._inside -= 1
