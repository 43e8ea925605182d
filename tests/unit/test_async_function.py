"""Which values count as async functions, and that every setting asks the same function."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import partial
from typing import Any
from unittest.mock import MagicMock

import pytest

from actuallycare import ActuallyCare, AsyncActuallyCare, ConfigurationError
from actuallycare._core.async_function import is_async_function
from actuallycare._core.cast_to import reader_of


async def later(*_: Any) -> None: ...


async def stream(*_: Any) -> AsyncGenerator[int]:
    yield 1


class Caller:
    async def __call__(self, *_: Any) -> None: ...

    async def method(self, *_: Any) -> None: ...

    def plain(self, *_: Any) -> None: ...


class Streamer:
    async def __call__(self, *_: Any) -> AsyncGenerator[int]:
        yield 1


ASYNC: dict[str, Any] = {
    "async def": later,
    "partial": partial(later, 1),
    "partial of a partial": partial(partial(later, 1), 2),
    "bound method": Caller().method,
    "partial of a bound method": partial(Caller().method, 1),
    "object with async __call__": Caller(),
    "partial of such an object": partial(Caller(), 1),
    "async generator function": stream,
    "partial of an async generator function": partial(stream, 1),
    "object whose __call__ is an async generator function": Streamer(),
}
PLAIN: dict[str, Any] = {
    "function": reader_of,
    "partial": partial(print, 1),
    "lambda that returns a coroutine": lambda *_: later(),  # shows only when it is called
    "bound method": Caller().plain,
    "class with async __call__": Caller,  # a call of it returns an object
    "mock": MagicMock(),
    "no function": object(),
    "None": None,
}


@pytest.mark.parametrize("name", ASYNC)
def test_async_functions_are_found(name: str) -> None:
    assert is_async_function(ASYNC[name])


@pytest.mark.parametrize("name", PLAIN)
def test_plain_functions_are_not(name: str) -> None:
    assert not is_async_function(PLAIN[name])


@pytest.mark.parametrize("name", ASYNC)
def test_settings_reject_each_kind(name: str) -> None:
    function = ASYNC[name]
    with pytest.raises(ConfigurationError, match="async function"):
        AsyncActuallyCare("0" * 64, on_retry=function)
    with pytest.raises(ConfigurationError, match="async function"):
        ActuallyCare(function)
    with pytest.raises(ConfigurationError, match="async function"):
        reader_of(function)
