"""Tries one row of the fault table: one call, over a real socket, on one event loop."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import anyio

from actuallycare import ActuallyCareError, AsyncActuallyCare, Request, Response, RetryPolicy
from actuallycare._core.transports.httpx import HttpxTransport
from tests.faults.places import Place
from tests.faults.table import LIMIT, Row

Method = Literal["GET", "POST"]
METHODS: tuple[Method, ...] = ("GET", "POST")
BACKENDS = ("asyncio", "trio")
KEY = "0123456789abcdef" * 4


class Counting:
    """Counts the attempts that pass through to another transport."""

    def __init__(self, inner: HttpxTransport) -> None:
        self._inner, self.attempts = inner, 0

    async def send(self, request: Request) -> Response:
        self.attempts += 1
        return await self._inner.send(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass(frozen=True, slots=True)
class Result:
    """How a call ended."""

    value: Any
    """What was returned, or the exception."""
    attempts: int
    arrived: int
    """Requests that arrived at the server."""
    strangers: int
    """Requests that arrived at another host."""
    seconds: float

    @property
    def name(self) -> str:
        return type(self.value).__name__

    @property
    def escaped(self) -> bool:
        """Whether an exception that is not ours came out."""
        return isinstance(self.value, Exception) and not isinstance(self.value, ActuallyCareError)


def call(client: AsyncActuallyCare, method: Method) -> Awaitable[Any]:
    """The call that stands for a method."""
    if method == "GET":
        return client.listings.get("1")
    return client.listings.create(address="1 Sample St", list_price=1)


def connect(row: Row, place: Place, transport: Counting) -> AsyncActuallyCare:
    """A client with the defaults, but for waits that a test cannot afford."""
    return AsyncActuallyCare(
        KEY,
        base_url=place.base_url,
        transport=transport,
        timeout=row.timeout,
        retry=RetryPolicy(backoff_base=0.001),
        max_response_bytes=LIMIT,
    )


Connect = Callable[[Row, Place, Counting], AsyncActuallyCare]


def try_row(row: Row, method: Method, backend: str, connect: Connect = connect) -> Result:
    """Run one cell of the table."""
    with row.place() as place:
        value, attempts, seconds = anyio.run(
            lambda: _try(row, method, place, connect), backend=backend
        )
    return Result(value, attempts, place.requests(), place.strangers(), seconds)


async def _try(row: Row, method: Method, place: Place, connect: Connect) -> tuple[Any, int, float]:
    http_client = place.http_client() if place.http_client else None
    transport = Counting(HttpxTransport(http_client))
    begun = time.perf_counter()
    value: Any
    async with connect(row, place, transport) as client:
        try:
            value = await call(client, method)
        except Exception as error:
            value = error
    seconds = time.perf_counter() - begun
    await transport.aclose()
    if http_client is not None:
        await http_client.aclose()
    return value, transport.attempts, seconds


def line(row: Row, method: str, backend: str, result: Result) -> str:
    """One printed line of the table."""
    return (
        f"{row.name:<54} {backend:<8} {method:<5} {result.name:<22} "
        f"{result.attempts:>2} attempts {result.arrived:>2} arrived {result.seconds:>7.3f} s"
    )
