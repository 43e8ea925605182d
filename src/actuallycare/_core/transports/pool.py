"""Connection pool for HTTP libraries whose own pool does not survive cancellation."""

from __future__ import annotations

import asyncio
import math
import ssl
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import anyio
from attrs import define, field

from ..logs import logger
from ._timeouts import KEEP_ALIVE

_CLOSE_TIMEOUT = 2.0
"""Seconds for closing a connection in order. After that it is cut off."""


@define(eq=False)
class PooledConnection:
    """A transport of the library for one connection."""

    origin: str
    """What it is connected to, such as `https://api.example.com`."""
    opener: Any
    users: int = 0
    """Requests in flight: at most 1, unless the connection is shared."""
    expires_at: float = math.inf
    """When an idle connection must not be used any more, by `time.monotonic()`; infinite if it was
    never used."""
    streams: list[Any] = field(factory=list[Any])
    """Network streams opened since it was idle: httpcore loses one when it is cancelled during the
    TLS handshake."""
    tls: ssl.SSLObject | None = None
    """The TLS layer of the open connection; None if it has none."""
    http2_stream: Any = None
    """Network stream of an HTTP/2 connection that was used before."""

    @property
    def has_unread_data(self) -> bool:
        """Whether an idle HTTP/2 connection was closed, or GOAWAY or something else has arrived.

        httpcore looks for that only on HTTP/1.1. It would send the next request, which may then be
        lost: https://github.com/encode/httpcore/blob/1.0.9/httpcore/_async/http2.py
        """
        stream = self.http2_stream
        return self.users == 0 and stream is not None and stream.get_extra_info("is_readable")

    def mark_idle(self, keep_alive: float) -> None:
        self.expires_at = time.monotonic() + keep_alive
        self.streams.clear()

    async def aclose(self) -> None:
        try:
            await self.opener.aclose()
        finally:
            for stream in self.streams:
                await stream.aclose()


class ConnectionPool:
    """Connections for the requests in flight, and idle ones for the next, last used first.

    A connection comes back only when its response was read and closed without an exception. Any
    other is closed: httpcore shields its cleanup against the cancellation of anyio's scopes, but
    `task.cancel()` and `asyncio.timeout` interrupt it at any `await`. The connection then counts
    as active for good, and each later request that gets it ends in `PoolTimeout`:
    https://github.com/encode/httpcore/issues/1093, https://github.com/encode/httpx/issues/3782.

    State changes without an `await`, so that cancelling cannot interrupt it. `max_concurrency` of
    the client limits how many connections there are.
    """

    def __init__(self, connect: Callable[[str], Any], *, shared: bool) -> None:
        self.shared = shared
        """Whether all requests use one connection at once, until one of them fails."""
        self._connect = connect
        self._available: deque[PooledConnection] = deque()
        self._discarded: list[PooledConnection] = []
        self._closing: set[asyncio.Task[None]] = set()
        self._closed = False

    def prepare(self, origin: str) -> None:
        """Create a connection in advance, because the first one imports httpcore."""
        self._available.append(PooledConnection(origin, self._connect(origin)))

    def acquire(self, origin: str) -> PooledConnection:
        """Return the connection used last, which is the most likely to be open still."""
        for connection in reversed(tuple(self._available)):
            if connection.origin != origin:
                continue
            if not self.shared:
                self._available.remove(connection)
            elif connection.has_unread_data:
                self._available.remove(connection)
                self._discarded.append(connection)
                continue
            break
        else:
            connection = PooledConnection(origin, self._connect(origin))
            if self.shared:
                self._available.append(connection)
        connection.users += 1
        return connection

    def release(self, connection: PooledConnection, keep_alive: float = KEEP_ALIVE) -> None:
        """Take back a connection that is idle. It may be used again for `keep_alive` seconds."""
        # A shared opener keeps its connections for KEEP_ALIVE, if the server has no HTTP/2.
        if self._closed or keep_alive < (KEEP_ALIVE if self.shared else 0.001):
            self.discard(connection)
            return
        connection.users -= 1
        if connection.users == 0:
            connection.mark_idle(keep_alive)
        if not self.shared:
            self._available.append(connection)
        elif connection.users == 0 and connection not in self._available:
            self._discarded.append(connection)  # another request has failed on it

    def discard(self, connection: PooledConnection) -> None:
        """Take a connection out of use: `close_discarded` closes it after its last request."""
        connection.users -= 1
        with suppress(ValueError):
            self._available.remove(connection)
        if connection.users == 0:
            self._discarded.append(connection)

    async def close_expired(self) -> None:
        """Close what was discarded, and what has been idle for too long."""
        now = time.monotonic()
        for connection in list(self._available):
            if connection.users == 0 and connection.expires_at <= now:
                self._available.remove(connection)
                self._discarded.append(connection)
        await self.close_discarded()

    async def close_discarded(self) -> None:
        """Close what was discarded and is not used any more."""
        discarded = self._discarded
        if discarded:
            self._discarded = []
            await self._close(discarded)

    async def aclose(self) -> None:
        """Close all connections; those in use are closed when they are released."""
        self._closed = True
        self._discarded += (c for c in self._available if c.users == 0)
        self._available.clear()
        await self.close_discarded()
        if self._closing:
            await asyncio.wait(self._closing)

    async def _close(self, connections: list[PooledConnection]) -> None:
        """Close connections, to the end even when the caller is cancelled."""
        if anyio.get_cancelled_exc_class() is not asyncio.CancelledError:
            await _close_all(connections)  # on trio only scopes cancel
            return
        # Only a task of its own is safe from `task.cancel()`. The caller waits for it, unless it
        # is cancelled meanwhile.
        task = asyncio.get_running_loop().create_task(_close_all(connections))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        with anyio.CancelScope(shield=True):
            await asyncio.wait([task])


async def _close_all(connections: list[PooledConnection]) -> None:
    for connection in connections:
        # Closing TLS can wait for a server that does not read.
        with anyio.move_on_after(_CLOSE_TIMEOUT, shield=True):
            try:
                await connection.aclose()
            except Exception as error:  # the other connections must be closed too
                logger.debug("closing a connection failed: %s", type(error).__name__)
