"""Base classes of the generated resources: they turn a call into a typed result."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from .envelope.decode import decode, strip_traceback
from .envelope.unwrap import unwrap_envelope
from .http import Exchange
from .operation import Call
from .pagination.pager import Pager
from .response import APIResponse, make_response
from .sender import Sender

T = TypeVar("T")
P = ParamSpec("P")


class Resource:
    """One group of operations of a client."""

    __slots__ = ("_raw", "_sender")

    def __init__(self, sender: Sender, *, raw: bool = False) -> None:
        self._sender = sender
        self._raw = raw
        """Whether the methods return an `APIResponse`. Only `raw_response` uses such a resource,
        and declares the type."""

    def _list(self, call: Call, parse: Callable[[Any], T]) -> Pager[T]:
        pager = Pager(self._sender, call, parse)
        return cast("Pager[T]", pager.with_raw_response()) if self._raw else pager

    async def _record(self, call: Call, parse: Callable[[Any], T]) -> T:
        exchange = await self._sender.send(call)
        return self._result(_read(exchange, call, parse), exchange)

    async def _none(self, call: Call) -> None:
        exchange = await self._sender.send(call)
        return self._result(None, exchange)

    def _result(self, data: T, exchange: Exchange) -> T:
        return cast("T", make_response(data, exchange)) if self._raw else data


class ResourceWithRawResponse:
    """The same operations. Each returns an `APIResponse` with status, headers and rate limit."""

    __slots__ = ("_resource",)

    def __init__(self, resource: Resource) -> None:
        self._resource = type(resource)(resource._sender, raw=True)  # pyright: ignore[reportPrivateUsage]


class raw_response(Generic[P, T]):
    """Method of a `ResourceWithRawResponse`: a method of the resource that returns `APIResponse`.

        class ListingsWithRawResponse(ResourceWithRawResponse):
            get = raw_response(ListingsResource.get)

    Name, signature and docstring are those of the method, for type checkers, editors and `help()`.
    """

    def __init__(self, method: Callable[Concatenate[Any, P], Awaitable[T]]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __get__(
        self, instance: ResourceWithRawResponse, owner: type[ResourceWithRawResponse]
    ) -> Callable[P, Awaitable[APIResponse[T]]]:
        bound: Any = self._method.__get__(instance._resource)  # pyright: ignore[reportPrivateUsage]
        return cast("Callable[P, Awaitable[APIResponse[T]]]", bound)


def _read(exchange: Exchange, call: Call, parse: Callable[[Any], T]) -> T:
    operation = call.operation
    return strip_traceback(
        lambda: decode(
            parse,
            unwrap_envelope(exchange.body, operation),
            operation=operation.name,
            at=".".join(operation.unwrap),
            sensitive=operation.sensitive,
        )
    )
