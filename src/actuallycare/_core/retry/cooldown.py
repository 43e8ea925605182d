"""After a 429: the tasks of a client share what it told, instead of each running into its own."""

from __future__ import annotations

from datetime import datetime

import anyio
from attrs import define, field

from ..http import Response
from ..rate_limit import RateLimit, requested_wait
from .rate_limiter import Pacer


@define(eq=False)
class Brake:
    """Holds attempts back from the first 429 until a window ends with requests left.

    It is off until then, and whenever a `rate_limiter` is given. Once on, it keeps to the told
    budget as `Pacer` does, but no longer than the retry policy allows: what it may not wait out is
    sent, so that the server's own answer tells the caller.
    """

    pacer: Pacer
    _on: bool = field(default=False, init=False)

    def passes(self) -> bool:
        """Let one request through at once, if nothing holds it back; whether it did."""
        if not self._on:
            self.pacer.pass_through()
        return not self._on

    async def acquire(self, patience: float) -> None:
        """Let one request through, after `patience` seconds at most."""
        if self._on and self.pacer.has_spare():
            self._on = False
        if self._on and patience > 0:
            with anyio.move_on_after(patience):
                await self.pacer.acquire(most=patience)
                return
        self.pacer.pass_through()

    def release(
        self, response: Response | None, limit: RateLimit | None, received_at: datetime
    ) -> None:
        """The request that was let through has ended; `limit` is the budget that was told."""
        self.pacer.take_in(response, limit, received_at)
        if response is not None and response.status_code == 429:
            # Without a time there is nothing to share.
            told = requested_wait(response.headers, now=received_at)
            self._on = self._on or told is not None
