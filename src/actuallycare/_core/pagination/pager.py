"""List calls: await one for a page, or iterate over every item of every page."""

from __future__ import annotations

import copy
import math
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import anyio
from attrs import evolve

from ..envelope.decode import strip_traceback
from ..errors import ConfigurationError, DecodeError
from ..extras import check_mapping, present
from ..http import Exchange
from ..operation import Call, Operation
from ..response import APIResponse, make_response
from ..scalars import format_scalar
from ..sender import Sender
from ..settings import validate_count, validate_limit
from ..unset import UNSET
from .iterators import ItemIterator, OnlyAsync, PageIterator
from .page import LoopGuard, Page, full_page_size, read_page
from .prefetch import Prefetcher

T = TypeVar("T")


def with_client_query(call: Call, sender: Sender) -> Call:
    """Return a list call with the query parameters of the client among its own.

    A pager needs to know them: a `limit` of the client is the size of the pages.
    """
    extras = sender.options.extras.query
    if not sender.query and not extras:
        return call
    options = call.options.copy()
    options["extra_query"] = {**extras, **check_mapping("extra_query", options.get("extra_query"))}
    return evolve(call, params={**sender.query, **present(call.params)}, options=options)


class Pager(OnlyAsync, Coroutine[Any, Any, Page[T]]):
    """A list call that has not been sent yet.

    - `await pager` sends one request and returns one `Page[T]`.
    - `async for item in pager` yields each item of each page. Pages are requested when needed.
    - `pager.pages()` iterates over the pages, `pager.collect()` returns all items as a list.
    - `asyncio.create_task(pager)` requests one page in another task, as it does for a coroutine.

    A pager may be used more than once. Each use starts with the first page. Like a coroutine, a
    pager that is never used warns.
    """

    __slots__ = ("_call", "_coroutines", "_first_page_size", "_parse", "_sender", "_used")

    def __init__(self, sender: Sender, call: Call, parse: Callable[[Any], T]) -> None:
        self._used = False
        self._coroutines: dict[int | None, Coroutine[Any, Any, Page[T]]] = {}
        """The coroutine that each task runs, by the id of the task."""
        self._sender = sender
        self._call = call
        self._parse = parse
        self._first_page_size: int | None = None
        """Number of items on page 1, once that was read."""

    def __repr__(self) -> str:
        return f"<Pager of {self._call.operation}>"

    def __del__(self) -> None:
        if getattr(self, "_used", True):
            return
        warnings.warn(
            f"the list call {self._call.operation.name} was never awaited: await it for one page, "
            "or use `async for` for every item",
            RuntimeWarning,
            stacklevel=2,
            source=self,
        )

    def __await__(self) -> Generator[Any, Any, Page[T]]:
        return self.fetch().__await__()

    def __aiter__(self) -> ItemIterator[T]:
        return self.items()

    # What runs a coroutine in a task (asyncio.create_task, TaskGroup.create_task, trio's
    # start_soon) accepts no other awaitable. It uses these three methods.

    def send(self, value: Any, /) -> Any:
        """Run until the next suspension; see `Coroutine.send`."""
        return self._resume(lambda coroutine: coroutine.send(value))

    def throw(self, *error: Any) -> Any:
        """Raise an exception where the coroutine is suspended; see `Coroutine.throw`."""
        return self._resume(lambda coroutine: coroutine.throw(*error))

    def close(self) -> None:
        """End what `send` has begun; see `Coroutine.close`."""
        self._used = True
        while self._coroutines:
            _, coroutine = self._coroutines.popitem()
            coroutine.close()

    def _resume(self, step: Callable[[Coroutine[Any, Any, Page[T]]], Any]) -> Any:
        task = _current_task()
        if task not in self._coroutines:
            self._coroutines[task] = self.fetch()
        try:
            return step(self._coroutines[task])
        except BaseException:  # StopIteration, which has the result, among them
            self._coroutines.pop(task, None)
            raise

    def mark_used(self) -> None:
        """Do not warn when this is never used."""
        self._used = True

    def items(self, *, dedupe: bool = True) -> ItemIterator[T]:
        """Iterate over each item of each page in order; `async for item in pager` does the same.

        A record that is added while a list is read pushes others onto the next page, so they occur
        twice. `dedupe` omits an item whose `id` has occurred before. It needs about 150 bytes per
        item. With `dedupe=False` every item that the server sends is returned.

        Iteration stops when the API says so, or on an empty page. It raises DecodeError when the
        server repeats the same pages without end, and every error of a call.
        """
        return ItemIterator(self.pages(), dedupe=dedupe)

    def pages(self) -> PageIterator[T]:
        """Iterate over the pages in order, unchanged. Each is requested when needed."""
        whole = self._with_largest_pages()
        return whole._iterate(whole.fetch)

    def _iterate(self, fetch: Callable[[int], Awaitable[Page[T]]]) -> PageIterator[T]:
        return PageIterator(fetch, self, guard=LoopGuard(self.operation))

    def _with_largest_pages(self, limit: int | None = None) -> Pager[T]:
        """Return the pager to read all pages with: fewer requests, unless the caller chose a size.

        `limit` is the number of items that are needed. The number of a page means another page when
        the size changes, so a caller who passes `page` gets the API's usual size.
        """
        found = copy.copy(self)  # which warns in place of this one, unless a page is requested
        found._coroutines = {}
        self._used = True
        layout = self.operation.page_layout
        size = None if layout is None else layout.max_page_size
        if size is not None and not any(self._is_set(name) for name in ("limit", "page")):
            found._call = self._call.with_params({"limit": min(size, limit or size)})
        return found

    def _is_set(self, name: str) -> bool:
        value = self._call.param(name)
        return value is not None and value is not UNSET

    async def collect(
        self, *, limit: int | None = None, concurrency: int = 1, dedupe: bool = True
    ) -> list[T]:
        """Return all items as a list, in order; `dedupe` as in `items`.

        `limit` is the maximum number of items (None: all). `concurrency` is the number of pages to
        request at once after the first, if that reports the number of pages; otherwise pages are
        requested one by one. Pages that are added meanwhile are read too, and a page that is
        older than the one before it, by its `total`, is requested again. Memory grows with the
        number of items.

        Raises ConfigurationError for a limit below 0 or a concurrency below 1, DecodeError when the
        server repeats the same pages without end, and every error of a call.
        """
        self._used = True
        validate_limit("limit", limit, least=0)
        validate_count("concurrency", concurrency)
        if limit == 0:
            return []
        whole = self._with_largest_pages(limit)
        if concurrency == 1:
            return await whole._gather(whole.fetch, limit, dedupe)
        async with Prefetcher(
            whole._send, whole._read, concurrency, limit=limit, keep_all=True
        ) as prefetcher:
            return await whole._gather(prefetcher.fetch, limit, dedupe)

    async def _gather(
        self, fetch: Callable[[int], Awaitable[Page[T]]], limit: int | None, dedupe: bool
    ) -> list[T]:
        pages = self._iterate(fetch)
        items: list[T] = []
        async for page in pages:
            items += pages.new_items if dedupe else page.items
            if limit is not None and len(items) >= limit:
                break
        return items[:limit]

    @asynccontextmanager
    async def prefetch(
        self, pages: int = 1, *, dedupe: bool = True
    ) -> AsyncGenerator[ItemIterator[T]]:
        """Iterate as `items` does, and request the next `pages` pages early.

            async with client.listings.list().prefetch() as listings:
                async for listing in listings: ...

        Requests overlap with work that awaits something; work that never awaits delays them. At
        most `pages` pages are ready or requested besides the current one. If the server does not
        report the number of pages, the next page is requested when the current one has arrived. No
        request continues after the block.

        Raises ConfigurationError for less than one page.
        """
        self._used = True
        validate_count("pages", pages)
        whole = self._with_largest_pages()
        async with Prefetcher(whole._send, whole._read, pages) as prefetcher:
            yield ItemIterator(whole._iterate(prefetcher.fetch), dedupe=dedupe)

    async def with_raw_response(self) -> APIResponse[Page[T]]:
        """Return one page together with its HTTP response."""
        self._used = True
        exchange = await self._send(self.first_number)
        return make_response(self._read(exchange, self.first_number), exchange)

    @property
    def operation(self) -> Operation:
        """The list operation."""
        return self._call.operation

    @property
    def first_number(self) -> int:
        """Number of the first page: the argument `page`, or 1."""
        return self._whole_number("page") or 1

    def next_number(self, number: int, page: Page[T]) -> int:
        """Return the number of the page that follows `page`."""
        return number + 1

    def earlier_number(self, number: int, page: Page[T], removed: int) -> int:
        """Return the number of the page onto which `removed` records move the start of `page`."""
        size = self._whole_number("limit") or full_page_size(page)
        return max(self.first_number, number - math.ceil(removed / size))

    def fetch(self, number: int | None = None) -> Coroutine[Any, Any, Page[T]]:
        """Return a coroutine that requests one page by its number; default: the first."""
        self._used = True
        whole = None if number is None else self._to_whole("number", number)
        return self._fetch(self.first_number if whole is None else whole)

    async def _fetch(self, number: int) -> Page[T]:
        return self._read(await self._send(number), number)

    async def _send(self, number: int) -> Exchange:
        self._whole_number("limit")  # an invalid one is an error before anything is sent
        first = number == self.first_number
        return await self._sender.send(self._call if first else self._call_for(number))

    def _call_for(self, number: int) -> Call:
        return self._call.with_params({"page": number})

    def _read(self, exchange: Exchange, number: int) -> Page[T]:
        limit = self._whole_number("limit")
        try:
            page = strip_traceback(
                lambda: read_page(
                    exchange.body,
                    exchange.protected(self._located(exchange.body)),
                    self._parse,
                    number=number,
                    limit=limit,
                    first_page_size=self._first_page_size,
                    policy=exchange.decode_policy,
                )
            )
        except DecodeError:
            del exchange  # some error trackers show the attributes that a frame names
            raise
        if number == 1:
            self._first_page_size = len(page)
        return page

    def _located(self, body: Any) -> Operation:
        """Return the operation with the location of the items in `body`: the documented one."""
        return self._call.operation

    def _whole_number(self, name: str) -> int | None:
        """Return a query parameter as an int; ConfigurationError when it is no whole number."""
        return self._to_whole(name, self._call.param(name))

    def _to_whole(self, name: str, value: Any) -> int | None:
        if value is None or value is UNSET:
            return None
        if type(value) is int:
            return value
        with suppress(ValueError):
            return int(format_scalar(value))
        raise ConfigurationError(
            f"{self._call.operation.name}: `{name}` is {value!r}; a whole number was expected."
        )


def _current_task() -> int | None:
    """Return the id of the running task; None outside of an event loop, where a test may be."""
    try:
        return anyio.get_current_task().id
    except RuntimeError:
        return None
