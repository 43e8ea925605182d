"""The seam for what watches calls from outside. A sender that nobody watches has no part in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from attrs import frozen

from .clock import Clock
from .pace import RateLimiter
from .request import Request, Response
from .retry import RetryEvent
from .transports import Transport


class Watch(Protocol):
    """Follows one call from its beginning to its end."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers that each attempt carries beside its own."""
        ...

    def paced(self, seconds: float) -> None:
        """The rate limiter has let an attempt through after so many seconds."""
        ...

    def answered(self, status: int) -> None:
        """A complete response has arrived."""
        ...

    def retrying(self, event: RetryEvent) -> None:
        """The attempt has failed; after `event.wait` seconds there is another one."""
        ...

    def ended(self, error: BaseException | None) -> None:
        """The call is over: with a result, or with what the caller gets instead."""
        ...


class Observer(Protocol):
    """Is told of each call."""

    def begin(self, request: Request, base_url: str) -> Watch:
        """A call begins; its first attempt will send `request`, with a credential added."""
        ...


@frozen
class WatchedTransport:
    """Tells the watch what arrives."""

    inner: Transport
    watch: Watch

    async def send(self, request: Request) -> Response:
        response = await self.inner.send(request)
        self.watch.answered(response.status_code)
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


@frozen
class WatchedLimiter:
    """Tells the watch how long an attempt had to wait for its turn."""

    inner: RateLimiter
    watch: Watch
    clock: Clock

    async def acquire(self) -> None:
        asked = self.clock.monotonic()
        await self.inner.acquire()
        self.watch.paced(self.clock.monotonic() - asked)

    def release(self, response: Response | None) -> None:
        self.inner.release(response)


def telling(
    watch: Watch, on_retry: Callable[[RetryEvent], None] | None
) -> Callable[[RetryEvent], None]:
    """An `on_retry` that tells the watch too, and first: the caller's may end the call."""

    def tell(event: RetryEvent) -> None:
        watch.retrying(event)
        if on_retry is not None:
            on_retry(event)

    return tell
