"""`client.request`, `request_raw` and `pages` of the blocking client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, Unpack, overload

from .._core.call_options import expand_signature
from .._core.custom_request import RequestOptions
from .._core.response import APIResponse
from .._core.unset import UNSET
from .pager import BlockingPager
from .runner import CallRunner, Deadline

T = TypeVar("T")


class BlockingRequests:
    """The methods of a blocking client for operations that the document does not describe."""

    _runner: CallRunner

    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Any: ...
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[T] | Callable[[Any], T],
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> T: ...
    def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: Any = None,
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Any:
        """Send a request that the SDK has no method for, and return its payload.

            client.request("GET", "/open-houses", params={"page": 2})

        See `AsyncActuallyCare.request` for the arguments and the errors.
        """
        call = self._runner.client.request(method, path, cast_to=cast_to, **options)
        return self._runner.run(call, deadline)

    @overload
    def request_raw(
        self,
        method: str,
        path: str,
        *,
        cast_to: None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> APIResponse[Any]: ...
    @overload
    def request_raw(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[T] | Callable[[Any], T],
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> APIResponse[T]: ...
    def request_raw(
        self,
        method: str,
        path: str,
        *,
        cast_to: Any = None,
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> APIResponse[Any]:
        """Send a request as `request` does; return its payload with status and headers."""
        call = self._runner.client.request_raw(method, path, cast_to=cast_to, **options)
        return self._runner.run(call, deadline)

    @overload
    def pages(
        self,
        path: str,
        *,
        items: str | None = None,
        cast_to: None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> BlockingPager[Any]: ...
    @overload
    def pages(
        self,
        path: str,
        *,
        items: str | None = None,
        cast_to: type[T] | Callable[[Any], T],
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> BlockingPager[T]: ...
    def pages(
        self,
        path: str,
        *,
        items: str | None = None,
        cast_to: Any = None,
        deadline: Deadline = UNSET,
        **options: Unpack[RequestOptions],
    ) -> BlockingPager[Any]:
        """Return a pager for a list that the SDK has no method for.

            for house in client.pages("/open-houses", params={"city": "Pasadena"}): ...

        See `AsyncActuallyCare.pages` for the arguments.
        """
        pager = self._runner.client.pages(path, items=items, cast_to=cast_to, **options)
        return BlockingPager(self._runner, pager, deadline)


for _method in (BlockingRequests.request, BlockingRequests.request_raw, BlockingRequests.pages):
    expand_signature(_method, RequestOptions)
