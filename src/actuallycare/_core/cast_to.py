"""The argument `cast_to` of `client.request`: how to read a payload."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import attrs

from .async_function import is_async_function
from .errors import ConfigurationError
from .json_value import is_array, is_object, json_type


def reader_of(cast_to: Any) -> Callable[[Any], Any]:
    """Return the function that reads a payload as `cast_to`; ConfigurationError if none can."""
    origin = get_origin(cast_to)
    arguments = get_args(cast_to)
    if cast_to is Any or cast_to is object:
        return identity
    if origin is Annotated:
        return reader_of(arguments[0])
    if list in (cast_to, origin):
        item = reader_of(arguments[0]) if arguments else identity
        return lambda payload: [item(value) for value in _array(payload)]
    if dict in (cast_to, origin):
        member = reader_of(arguments[1]) if arguments else identity
        return lambda payload: {name: member(v) for name, v in _object(payload).items()}
    if origin in (Union, UnionType):
        return _optional_reader(cast_to, arguments)
    # Models of this SDK, models of pydantic, and its type adapters.
    for name in ("from_dict", "model_validate", "validate_python"):
        read: Any = getattr(cast_to, name, None)
        if callable(read):
            found: Callable[[Any], Any] = read
            return found
    problem = _problem(cast_to)
    if problem is not None:
        raise ConfigurationError(f"cast_to is {cast_to!r:.80}{problem}.")
    function: Callable[[Any], Any] = cast_to
    return function


def identity(value: Any) -> Any:
    """Return the payload as it is."""
    return value


def _optional_reader(cast_to: Any, arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    """Return the reader of `X | None`, which reads null and an empty body as None."""
    others = [argument for argument in arguments if argument is not NoneType]
    if len(others) != 1 or len(others) == len(arguments):
        raise ConfigurationError(
            f"cast_to is {cast_to!r:.80}; of unions, only that of one type and None was expected. "
            "Pass a function that chooses the type."
        )
    read = reader_of(others[0])
    return lambda payload: None if payload is None else read(payload)


def _problem(cast_to: Any) -> str | None:
    """Return why a payload cannot be passed to `cast_to`; None if it can."""
    if get_origin(cast_to) is not None or not callable(cast_to):
        return "; a model, a list or dict of one, or a function was expected"
    if is_async_function(cast_to):
        return ", an async function; a function was expected"
    cls: type[Any] | None = cast_to if isinstance(cast_to, type) else None
    # Each takes its fields as arguments: the first would get the whole payload.
    if cls is not None and (
        dataclasses.is_dataclass(cls) or attrs.has(cls) or hasattr(cls, "_fields")
    ):
        call = f"lambda data: {cls.__name__}(**data)"
        return f", which does not read JSON; pass a function, such as {call}"
    return None


def _array(value: Any) -> list[Any]:
    if not is_array(value):
        raise TypeError(f"expected an array, got {json_type(value)}")
    return value


def _object(value: Any) -> Mapping[str, Any]:
    if not is_object(value):
        raise TypeError(f"expected an object, got {json_type(value)}")
    return value
