"""Find async functions where a plain one was expected."""

from __future__ import annotations

from functools import partial
from inspect import isasyncgenfunction, iscoroutinefunction


def is_async_function(value: object) -> bool:
    """Whether a call of the value returns a coroutine or an async generator.

    A plain function that returns a coroutine, such as a lambda, does not show that before a call.
    """
    while isinstance(value, partial):  # `inspect` does not look for `__call__` in its function
        value = value.func
    call = getattr(type(value), "__call__", None)  # noqa: B004 - the function, not whether there is one
    return any(iscoroutinefunction(f) or isasyncgenfunction(f) for f in (value, call))
