"""The seam for what watches calls from outside: another kind of sender, for clients that have it.

`sender.Sender` knows nothing of it, so a call that nobody watches pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from attrs import evolve, fields, frozen

from .http import Exchange, Request, Response
from .operation import Operation, Scheme
from .retry.policy import RetryEvent
from .sender import Sender
from .transports import Transport


class Watch(Protocol):
    """Follows one call from its beginning to its end."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers that each attempt carries beside its own."""
        ...

    def waited(self, seconds: float) -> None:
        """An attempt has waited so long for its turn under the rate limit."""
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

    def begin(self, request: Request, base_url: str) -> Watch | None:
        """A call begins; its first attempt will send `request`, with a credential added.

        None when nobody wants to know.
        """
        ...


def watched(sender: Sender, observer: Observer) -> Sender:
    """The same sender, its calls watched."""
    same = {each.name: getattr(sender, each.name) for each in fields(Sender)}
    return WatchedSender(**same, observer=observer)


@frozen(kw_only=True)
class WatchedSender(Sender):
    """Tells an observer of its calls."""

    observer: Observer
    watch: Watch | None = None
    """Of the one call that this copy of the sender makes."""

    async def _until_done(self, bare: Request, scheme: Scheme | None) -> Exchange:
        watch = self.observer.begin(bare, self.base_url)
        if watch is None:
            return await Sender._until_done(self, bare, scheme)
        copy = evolve(
            self,
            transport=_WatchedTransport(self.transport, watch),
            on_retry=_telling(watch, self.on_retry),
            watch=watch,
        )
        if watch.headers:
            bare = evolve(bare, headers={**bare.headers, **watch.headers})
        try:
            exchange = await Sender._until_done(copy, bare, scheme)
        except BaseException as error:
            watch.ended(error)
            raise
        watch.ended(None)
        return exchange

    async def _turn(self, operation: Operation, elapsed: float) -> float:
        if self.watch is None:
            return await Sender._turn(self, operation, elapsed)
        begun = self.clock.monotonic()
        try:
            return await Sender._turn(self, operation, elapsed)
        finally:
            self.watch.waited(self.clock.monotonic() - begun)


@frozen
class _WatchedTransport:
    """Tells the watch what arrives."""

    inner: Transport
    watch: Watch

    async def send(self, request: Request) -> Response:
        response = await self.inner.send(request)
        self.watch.answered(response.status_code)
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


def _telling(
    watch: Watch, on_retry: Callable[[RetryEvent], None] | None
) -> Callable[[RetryEvent], None]:
    """An `on_retry` that tells the watch too, and first: the caller's may end the call."""

    def tell(event: RetryEvent) -> None:
        watch.retrying(event)
        if on_retry is not None:
            on_retry(event)

    return tell
