"""For tests of programs that use the SDK: skip its waits; build its results and errors::

    with actuallycare.testing.instant() as clock:
        run_the_program()
    assert clock.waits == [900.0]

    get = AsyncMock(side_effect=testing.error(NotFoundError, code="NOT_FOUND"))
    with patch.object(client.listings, "get", get): ...

For tests only. Retrying a real API without waiting will get you rate limited.
"""

from __future__ import annotations

import re
import time
import typing
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from types import UnionType
from typing import Any, TypeVar, cast

import anyio.lowlevel
import attrs

from ._core.clock import override_clock
from ._core.envelope.unwrap import status_error
from ._core.errors import (
    ActuallyCareError,
    APIConnectionError,
    APIStatusError,
    ConfigurationError,
    DeadlineExceededError,
    DecodeError,
    ServerError,
    error_status,
)
from ._core.http import Exchange, Headers, Request, Response
from ._core.operation import Call, Operation
from ._core.pagination.meta import PageMeta
from ._core.pagination.page import Page
from ._core.pagination.pager import Pager
from ._core.serialize import format_json
from ._core.settings import validate_callable, validate_count, validate_limit, validate_seconds

__all__ = ["InstantClock", "error", "instant", "page", "pager", "record"]

T = TypeVar("T")
E = TypeVar("E", bound=ActuallyCareError)


class InstantClock:
    """A clock that skips each wait. Pass it as `clock=` to a client and to its `Pacer`, or use
    `instant` to replace the real time everywhere.

    Waits of several tasks overlap, as in real time. Timeouts of attempts and deadlines of the
    caller do not use this clock: they pass in real time.

    Args:
        on_advance: functions to call with the seconds of each jump, such as the sandbox's
            `backend.clock.advance`.
    """

    waits: list[float]
    """The seconds of each wait, in the order in which they ended."""

    def __init__(self, *on_advance: Callable[[float], object]) -> None:
        for callback in on_advance:
            validate_callable("on_advance", callback)
        self.waits = []
        self._callbacks = [*on_advance]
        self._offset = 0.0

    def monotonic(self) -> float:
        """Seconds from an arbitrary point, the jumps included."""
        return time.monotonic() + self._offset

    def now(self) -> datetime:
        """The time of day (UTC, aware), the jumps included."""
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run once, then jump to the end of the wait."""
        until = self.monotonic() + seconds
        await anyio.lowlevel.checkpoint()
        self.waits.append(seconds)
        self.advance(max(0.0, until - self.monotonic()))

    def advance(self, seconds: float) -> None:
        """Jump and call the callbacks. ConfigurationError for less than 0 seconds."""
        validate_seconds("seconds", seconds, allow_zero=True)
        self._offset += seconds
        for callback in self._callbacks:
            callback(seconds)

    def subscribe(self, callback: Callable[[float], object]) -> None:
        """Call `callback` with the seconds of each later jump."""
        self._callbacks.append(callback)


@contextmanager
def instant(*on_advance: Callable[[float], object]) -> Generator[InstantClock]:
    """Skip waits in this process until the block ends.

    This affects each client and `Pacer` without a clock of its own, created before or inside the
    block, in any task, thread and event loop.

    Args:
        on_advance: see `InstantClock`.
    """
    clock = InstantClock(*on_advance)
    former = override_clock(clock)
    try:
        yield clock
    finally:
        override_clock(former)


def error(
    cls: type[E],
    message: str = "an error made by a test",
    *,
    code: str | None = None,
    status_code: int | None = None,
    operation: str = "testing.error",
    method: str = "GET",
    path: str = "/",
    headers: Mapping[str, str] | None = None,
    sent: bool = True,
    **body: Any,
) -> E:
    """Return an error as the SDK raises it, such as `error(NotFoundError, code="NOT_FOUND")`.

    Args:
        cls: a class with a status, APIConnectionError, APITimeoutError, DecodeError,
            ConfigurationError or DeadlineExceededError.
        status_code: default: the one of the class, such as 404; 500 for ServerError.
        operation: its public name, such as `listings.get`; `method` and `path` are what it sends.
        headers: of the response, such as `{"Retry-After": "30"}`.
        sent: of an APIConnectionError.
        body: other members of the error, such as `details=[…]` and `currentVersion=4`; `errorId`
            and `correlationId` are beside it, as the API sends them.

    Raises:
        TypeError: for another class, and for a status that is not one of the class.
    """
    request = Request(
        Operation(operation, method, path), method, f"https://api.example.com/v1{path}", {}
    )
    if issubclass(cls, APIConnectionError):
        return cls(message, request=request, sent=sent)
    if not issubclass(cls, APIStatusError):
        found: E = _without_response(cls, message, operation)
        return found
    outer = {name: body.pop(name) for name in ("errorId", "correlationId") if name in body}
    inner: dict[str, Any] = {"code": code or _code(cls), "message": message, **body}
    content = format_json({"success": False, "error": inner, **outer}).encode()
    status = error_status(cls) if status_code is None else status_code
    response = Response(status, Headers((headers or {}).items()), content)
    made: Any = status_error(response, request, now=datetime.now(UTC))
    if not isinstance(made, cls):
        raise TypeError(f"status {status} is a {type(made).__name__}, not a {cls.__name__}")
    return made


def _without_response(cls: Any, message: str, operation: str) -> Any:
    """Return an error that is raised without an error response."""
    if issubclass(cls, DecodeError):
        return cls(operation, message)
    if not issubclass(cls, (ConfigurationError, DeadlineExceededError)):
        raise TypeError(f"{cls.__name__} is not an error of a call")
    return cls(message)


def _code(cls: type[APIStatusError]) -> str:
    """`NotFoundError` → `NOT_FOUND`, `VersionConflictError` → `VERSION_CONFLICT`."""
    if cls in (APIStatusError, ServerError):
        return "INTERNAL_ERROR"
    words = re.findall(r"[A-Z]+[a-z]*", cls.__name__.removesuffix("Error"))
    return "_".join(words).upper()


def record(cls: type[T], **fields: Any) -> T:
    """Return a record, such as `record(Listing, status="active")`.

    Arguments are the attributes of the model, by their Python names. Required ones that are omitted
    get a value of their type.

    Raises:
        TypeError: the model has no such attribute, or a required one has no obvious value.
    """
    model: Any = cls
    if not (isinstance(model, type) and attrs.has(model)):
        raise TypeError(f"{model!r:.80} is not a model, such as actuallycare.models.Listing")
    hints = typing.get_type_hints(cls)
    for attribute in attrs.fields(cls):  # type: ignore[arg-type]
        if attribute.init and attribute.default is attrs.NOTHING and attribute.name not in fields:
            fields[attribute.name] = _sample(hints[attribute.name], attribute.name)
    return cls(**fields)


_SAMPLES: dict[Any, Callable[[], Any]] = {
    str: lambda: "1",
    int: lambda: 1,
    float: lambda: 1.0,
    bool: lambda: False,
    list: list,
    dict: dict,
    datetime: lambda: datetime.now(UTC),
    date: lambda: datetime.now(UTC).date(),
}


def _sample(hint: Any, name: str) -> Any:
    """Return a value of a type; of the first one, for a union."""
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, UnionType):
        return _sample(arguments[0], name)
    make = _SAMPLES.get(origin or hint)
    if make is None:
        raise TypeError(f"pass {name}= too: there is no obvious value for {hint}")
    return make()


def page(
    items: Sequence[T],
    *,
    number: int = 1,
    limit: int | None = None,
    total: int | None = None,
    has_more: bool = False,
) -> Page[T]:
    """Return one page of a list, such as `page([record(Listing)])`."""
    validate_count("number", number)
    validate_limit("limit", limit)
    validate_limit("total", total, least=0)
    raw = [{"id": getattr(item, "id", index)} for index, item in enumerate(items)]
    size = limit or len(items) or None
    count = len(items) if total is None and not has_more else total
    pages = -(-count // size) if count is not None and size else None
    meta = PageMeta(number, size, count, pages, has_more)
    return Page([*items], meta, has_more, raw_items=raw)


def pager(items: Sequence[T], *, page_size: int = 25) -> Pager[T]:
    """Return what a list method returns: await it, or iterate over it. It sends nothing.

    Use it as the `return_value` of a `Mock` for `client.listings.list`.
    """
    validate_count("page_size", page_size)
    starts = range(0, max(1, len(items)), page_size)
    return _FixedPager([
        page(
            items[start : start + page_size],
            number=number,
            limit=page_size,
            total=len(items),
            has_more=start + page_size < len(items),
        )
        for number, start in enumerate(starts, 1)
    ])  # fmt: skip


class _NothingSent:
    """The sender of a pager with fixed pages."""

    async def send(self, call: Call) -> Exchange:
        await anyio.lowlevel.checkpoint()
        return Exchange(Response(200, Headers(())), None, datetime.now(UTC))


class _FixedPager(Pager[T]):
    """A pager that sends nothing."""

    __slots__ = ("_pages",)

    def __init__(self, pages: list[Page[T]]) -> None:
        operation = Operation("testing.pager", "GET", "/", kind="page")
        super().__init__(cast("Any", _NothingSent()), Call(operation, "/"), _same)
        self._pages = pages
        self.mark_used()  # it may be the result of a mock that a test does not call

    def _read(self, exchange: Exchange, number: int) -> Page[T]:
        if 1 <= number <= len(self._pages):
            return self._pages[number - 1]
        # As the API does, beyond the last page.
        meta = attrs.evolve(self._pages[-1].meta, page=number)
        return Page([], meta, False, raw_items=[])


def _same(value: T) -> T:
    return value
