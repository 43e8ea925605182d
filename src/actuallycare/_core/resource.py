"""Bases of the generated resource classes: a call goes in, a typed result comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .envelope.decode import decode, without_frames
from .envelope.unwrap import payload
from .http import Exchange
from .operation import Call
from .pagination.page import Page
from .pagination.pager import Pager
from .response import Reply, make_reply
from .sender import Sender

T = TypeVar("T")


class Resource:
    """One group of operations of a client."""

    __slots__ = ("_sender",)

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def _list(self, call: Call, parse: Callable[[Any], T]) -> Pager[T]:
        return Pager(self._sender, call, parse)

    async def _record(self, call: Call, parse: Callable[[Any], T]) -> T:
        return _read(await self._sender.send(call), call, parse)

    async def _none(self, call: Call) -> None:
        await self._sender.send(call)

    async def _text(self, call: Call) -> str:
        return _text(await self._sender.send(call))

    async def _bytes(self, call: Call) -> bytes:
        return (await self._sender.send(call)).response.content


class ResourceWithResponse:
    """The same operations, each giving a `Reply` with status, headers and rate limit."""

    __slots__ = ("_sender",)

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def _list(self, call: Call, parse: Callable[[Any], T]) -> Reply[Page[T]]:
        return await Pager(self._sender, call, parse).with_response()

    async def _record(self, call: Call, parse: Callable[[Any], T]) -> Reply[T]:
        exchange = await self._sender.send(call)
        return make_reply(_read(exchange, call, parse), exchange)

    async def _none(self, call: Call) -> Reply[None]:
        return make_reply(None, await self._sender.send(call))

    async def _text(self, call: Call) -> Reply[str]:
        exchange = await self._sender.send(call)
        return make_reply(_text(exchange), exchange)

    async def _bytes(self, call: Call) -> Reply[bytes]:
        exchange = await self._sender.send(call)
        return make_reply(exchange.response.content, exchange)


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


def _text(exchange: Exchange) -> str:
    return exchange.response.content.decode("utf-8", "replace")
