"""After a 429, all tasks of a client share the cooldown instead of each running into their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import anyio
from attrs import define, field

from ..http import Response
from ..rate_limit import RateLimit, retry_delay_from_headers
from .rate_limiter import Pacer


@define(eq=False)
class Cooldown:
    """Throttles attempts from the first 429 until a window ends with requests left.

    It is not engaged before the first 429, and not used with a `rate_limiter`. While engaged it
    paces requests like `Pacer`, but never waits longer than the retry policy allows. A request that
    would have to wait longer is sent anyway, so the caller gets the server's own error.
    """

    pacer: Pacer
    _engaged: bool = field(default=False, init=False)

    def try_acquire(self) -> bool:
        """Permit one request now unless the cooldown is engaged; return whether it did."""
        if self._engaged:
            return False
        self.pacer.acquire_nowait()
        return True

    async def acquire(
        self, max_wait: float, on_wait: Callable[[float], None] | None = None
    ) -> None:
        """Permit one request, after at most `max_wait` seconds; `on_wait` as in `Pacer.acquire`."""
        if self._engaged and self.pacer.window_ended_with_quota():
            self._engaged = False
        if self._engaged and max_wait > 0:
            with anyio.move_on_after(max_wait):
                await self.pacer.acquire(max_wait=max_wait, on_wait=on_wait)
                return
        self.pacer.acquire_nowait()

    def release(
        self, response: Response | None, limit: RateLimit | None, received_at: datetime
    ) -> None:
        """Record the end of a permitted request; `limit` is the rate limit of its response."""
        self.pacer.on_response(response, limit, received_at)
        if response is not None and response.status_code == 429:
            # Without a time to wait there is nothing to share.
            retry_after = retry_delay_from_headers(response.headers, now=received_at)
            self._engaged = self._engaged or retry_after is not None
