"""Base classes of the generated resources: they turn a call into a typed result."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine, Iterable
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

from .call_options import expand_signature
from .envelope.decode import decode, strip_traceback
from .envelope.unwrap import documented_or_whole, unwrap_envelope
from .errors import DecodeError
from .http import Exchange
from .operation import Call
from .pagination.page import Page
from .pagination.pager import Pager, with_client_query
from .record import Record, known_names
from .response import APIResponse, make_response
from .sender import Sender

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class ResourceMethods:
    """The signatures and the repr of a generated resource, async or blocking."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for method in vars(cls).values():
            if isinstance(method, FunctionType):
                expand_signature(method)

    def __repr__(self) -> str:
        names = [n for n, v in vars(type(self)).items() if isinstance(v, FunctionType)]
        return _repr(self, names)


class RawMethods:
    """Base class of `with_raw_response` of a resource: its methods are attributes."""

    def __repr__(self) -> str:
        return _repr(self, vars(self))


def _repr(resource: object, names: Iterable[str]) -> str:
    methods = ", ".join(f"{name}()" for name in sorted(names) if not name.startswith("_"))
    return f"<{type(resource).__name__}: {methods}>"


class Resource(ResourceMethods):
    """One group of operations of a client.

    With `raw`, every method returns an `APIResponse`. Only `with_raw_response` uses such a resource
    and declares the type.
    """

    def __init__(self, sender: Sender, *, raw: bool = False) -> None:
        self._sender = sender
        self._raw = raw

    def _list(self, call: Call, parse: Callable[[Any], T]) -> Pager[T]:
        return Pager(self._sender, with_client_query(call, self._sender), parse)

    async def _page(self, call: Call, parse: Callable[[Any], T]) -> Page[T]:
        response = await self._list(call, parse).with_raw_response()
        return cast("Page[T]", response) if self._raw else response.data

    async def _record(self, call: Call, parse: Callable[[Any], T]) -> T:
        exchange = await self._sender.send(call)
        try:
            data = _read(exchange, call, parse)
        except DecodeError:
            del exchange  # some error trackers show the attributes of objects, and so its body
            raise
        return self._result(data, exchange)

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

    def _result(self, data: T, exchange: Exchange) -> T:
        return cast("T", make_response(data, exchange)) if self._raw else data


class lazy_resource(Generic[R]):
    """Attribute of a client with the resource of a class, which is imported on first use.

    Without an instance it is the class, so that `create_autospec(AsyncActuallyCare)` mocks the
    methods of resources too.
    """

    _argument = "_sender"
    """Attribute of the client that its resources get."""

    def __init__(self, load: Callable[[Any], type[R]]) -> None:
        self._load = load
        self.__doc__ = load.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, client: None, owner: type) -> type[R]: ...
    @overload
    def __get__(self, client: Any, owner: type) -> R: ...
    def __get__(self, client: Any, owner: type) -> Any:
        cls: Any = self._load(client)
        if client is None:
            return cls
        # Found before this descriptor from now on.
        resource = client.__dict__[self._name] = cls(getattr(client, self._argument))
        return resource


def with_raw_response(
    method: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, APIResponse[T]]]:
    """Declare what a method of a raw resource returns: the same arguments, an `APIResponse`."""
    return cast("Callable[P, Coroutine[Any, Any, APIResponse[T]]]", method)


def page_with_raw_response(
    method: Callable[P, Pager[T]],
) -> Callable[P, Coroutine[Any, Any, APIResponse[Page[T]]]]:
    """Return a method that awaits one page of a list and returns it with its response."""

    @functools.wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> APIResponse[Page[T]]:
        return await method(*args, **kwargs).with_raw_response()

    # `wraps` has copied the signature of the function, which has `self`.
    function: Any = call
    function.__signature__ = inspect.signature(method)
    return call


def _read(exchange: Exchange, call: Call, parse: Callable[[Any], T]) -> T:
    operation = exchange.protected(call.operation)
    try:
        return strip_traceback(
            lambda: decode(
                parse,
                unwrap_envelope(exchange.body, operation, _documented_fields(parse)),
                operation=operation.name,
                at=".".join(operation.unwrap),
                sensitive=operation.sensitive,
                policy=exchange.decode_policy,
            )
        )
    except DecodeError:
        del exchange  # some error trackers show the attributes that a frame names
        raise


def _documented_fields(parse: Callable[[Any], Any]) -> frozenset[str]:
    """Return the names of the fields that `parse` reads, if it is the method of a model."""
    model: object = getattr(parse, "__self__", None)
    if isinstance(model, type) and issubclass(model, Record):
        return known_names(cast("Any", model))
    return frozenset()
