"""The limit of requests in flight."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import cached_property

import anyio


class RequestSemaphore:
    """A semaphore of the async library that uses it first.

    One of anyio belongs to the library of the function that creates it. The blocking client may be
    created by a function of trio, and runs on asyncio.
    """

    def __init__(self, size: int) -> None:
        self._size = size

    @cached_property
    def _semaphore(self) -> anyio.Semaphore:
        # httpcore scans every pooled connection on each request, so few connections in constant use
        # are faster than many (its `_assign_requests_to_connections`).
        return anyio.Semaphore(self._size, fast_acquire=True)

    def acquire(self) -> Awaitable[None]:
        """Wait until fewer requests are in flight."""
        return self._semaphore.acquire()

    def release(self) -> None:
        """Let the next request start."""
        self._semaphore.release()
