"""Base class of the generated blocking resources."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar, cast

from .._core.pagination.page import Page
from .._core.pagination.pager import Pager
from .._core.resource import ResourceMethods, lazy_resource
from .._core.response import APIResponse
from .pager import BlockingPager
from .runner import CallRunner, Deadline

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class BlockingResource(ResourceMethods):
    """One group of operations of a blocking client."""

    def __init__(self, runner: CallRunner, *, raw: bool = False) -> None:
        self._runner = runner
        self._raw = raw

    def _run(self, call: Coroutine[Any, Any, T], deadline: Deadline) -> T:
        return self._runner.run(call, deadline)

    def _list(self, pager: Pager[T], deadline: Deadline) -> BlockingPager[T]:
        return BlockingPager(self._runner, pager, deadline)


class blocking_resource(lazy_resource[R]):
    """A `lazy_resource` of the blocking client."""

    _argument = "_runner"


def with_raw_response(method: Callable[P, T]) -> Callable[P, APIResponse[T]]:
    """Declare what a method of a raw resource returns: the same arguments, an `APIResponse`."""
    return cast("Callable[P, APIResponse[T]]", method)


def page_with_raw_response(
    method: Callable[P, BlockingPager[T]],
) -> Callable[P, APIResponse[Page[T]]]:
    """Return a method that requests one page of a list and returns it with its response."""

    @functools.wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> APIResponse[Page[T]]:
        return method(*args, **kwargs).with_raw_response()

    # `wraps` has copied the signature of the function, which has `self`.
    function: Any = call
    function.__signature__ = inspect.signature(method)
    return call
