"""Bases of the generated resource classes: a call goes in, a typed result comes out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar, cast

from .envelope.decode import decode, without_frames
from .envelope.unwrap import documented_or_whole, payload
from .http import Exchange
from .operation import Call
from .pagination.page import Page
from .pagination.pager import Pager
from .response import Reply, make_reply
from .sender import Sender

P = ParamSpec("P")
T = TypeVar("T")


class Resource:
    """One group of operations of a client.

    `raw` makes every method give the result together with its HTTP response, as `APIResponse`; only
    `with_raw_response` types that, so such a resource is never handed out itself.
    """

    __slots__ = ("_raw", "_sender")

    def __init__(self, sender: Sender, *, raw: bool = False) -> None:
        self._sender = sender
        self._raw = raw

    def _list(self, call: Call, parse: Callable[[Any], T]) -> Pager[T]:
        return Pager(self._sender, call, parse)

    async def _page(self, call: Call, parse: Callable[[Any], T]) -> Page[T]:
        reply = await Pager(self._sender, call, parse).with_response()
        return cast("Page[T]", reply) if self._raw else reply.data

    async def _record(self, call: Call, parse: Callable[[Any], T]) -> T:
        exchange = await self._sender.send(call)
        return self._result(_read(exchange, call, parse), exchange)

    async def _optional(self, call: Call, parse: Callable[[Any], T]) -> T | None:
        exchange = await self._sender.send(call)
        empty = not exchange.response.content
        return self._result(None if empty else _read(exchange, call, parse), exchange)

    async def _any(self, call: Call) -> Any:
        exchange = await self._sender.send(call)
        return self._result(documented_or_whole(exchange.body), exchange)

    async def _none(self, call: Call) -> None:
        exchange = await self._sender.send(call)
        return self._result(None, exchange)

    async def _text(self, call: Call) -> str:
        exchange = await self._sender.send(call)
        return self._result(exchange.response.content.decode("utf-8", "replace"), exchange)

    async def _bytes(self, call: Call) -> bytes:
        exchange = await self._sender.send(call)
        return self._result(exchange.response.content, exchange)

    def _result(self, data: T, exchange: Exchange) -> T:
        return cast("T", make_reply(data, exchange)) if self._raw else data


def with_raw_response(
    method: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, Reply[T]]]:
    """Type a method of a resource with `raw`: the same arguments, the result in a response."""
    return cast("Callable[P, Coroutine[Any, Any, Reply[T]]]", method)


def page_with_raw_response(
    method: Callable[P, Pager[T]],
) -> Callable[P, Coroutine[Any, Any, Reply[Page[T]]]]:
    """Return a method that awaits one page of a list and gives it with its response."""

    @functools.wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> Reply[Page[T]]:
        return await method(*args, **kwargs).with_response()

    return call


def _read(exchange: Exchange, call: Call, parse: Callable[[Any], T]) -> T:
    operation = call.operation
    return without_frames(
        lambda: decode(
            parse,
            payload(exchange.body, operation),
            operation=operation.name,
            at=".".join(operation.unwrap),
            confidential=operation.confidential,
        )
    )
