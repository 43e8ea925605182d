"""Run one row of the fault table: one call, over a real socket, on one event loop."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
import anyio
import httpx
import httpx2
import pytest

from actuallycare import (
    ActuallyCare,
    ActuallyCareError,
    AsyncActuallyCare,
    Request,
    Response,
    RetryPolicy,
    Transport,
)
from actuallycare._core.transports.aiohttp import AiohttpTransport
from actuallycare._core.transports.httpx import HttpxTransport
from actuallycare._core.transports.httpx2 import Httpx2Transport
from tests.faults.servers import Place
from tests.faults.table import Row

Method = Literal["GET", "POST"]
BACKENDS = ("asyncio", "trio")
BLOCKING = "blocking"
"""In place of an event loop: the blocking client, which has its own."""
Library = Literal["httpx", "httpx2", "aiohttp"]
WAYS: tuple[tuple[Library, str], ...] = (
    ("httpx", "asyncio"),
    ("httpx", "trio"),
    ("httpx2", "asyncio"),
    ("httpx2", "trio"),
    ("aiohttp", "asyncio"),
)
"""Each transport on each event loop that it runs on."""
Call = Callable[[Any], Any]
"""Calls a method of a client, blocking or not, and returns what that returns."""
KEY = "0123456789abcdef" * 4


class Counting:
    """Counts the attempts that pass through to another transport."""

    inner: Transport

    def __init__(self, inner: Transport | None = None) -> None:
        if inner is not None:
            self.inner = inner
        self.attempts = 0

    async def send(self, request: Request) -> Response:
        self.attempts += 1
        return await self.inner.send(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


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


def get(client: Any) -> Any:
    """Make a call that may be sent again."""
    return client.listings.get("1")


def post(client: Any) -> Any:
    """Make a call that may be sent once only."""
    return client.listings.create(address="1 Sample St", list_price=1)


METHODS: dict[Method, Call] = {"GET": get, "POST": post}
"""The call that represents each method."""


def client_options(row: Row, place: Place, transport: Counting) -> dict[str, Any]:
    """The defaults of a client, but for waits that a test cannot afford."""
    return {
        "api_key": KEY,
        "base_url": place.base_url,
        "transport": transport,
        "timeout": row.timeout,
        "retry": RetryPolicy(backoff_base=0.001),
        "max_response_bytes": row.max_bytes,
    }


ClientOptions = Callable[[Row, Place, Counting], dict[str, Any]]


def try_row(
    row: Row,
    call: Call,
    backend: str,
    library: Library = "httpx",
    options: ClientOptions = client_options,
) -> Result:
    """Run one cell of the table."""
    with row.place() as place:
        if backend == BLOCKING:
            value, attempts, seconds = _try_blocking(row, call, place, library, options)
        else:
            value, attempts, seconds = anyio.run(
                lambda: _try(row, call, place, library, options), backend=backend
            )
    return Result(value, attempts, place.requests(), place.strangers(), seconds)


@asynccontextmanager
async def transport_of(
    library: Library, proxy: str | None = None, http2: ssl.SSLContext | None = None
) -> AsyncIterator[Transport]:
    """The SDK's own transport; or over a client of the caller's, through a proxy or by HTTP/2."""
    transport: Transport
    own = proxy is not None or http2 is not None
    options: dict[str, Any] = {"proxy": proxy, "http2": http2 is not None, "verify": http2 or True}
    if library == "aiohttp":
        if http2 is not None:
            pytest.skip("aiohttp has no HTTP/2")
        session = aiohttp.ClientSession(proxy=proxy) if proxy else None
        transport = AiohttpTransport(session)
        close = session.close if session else None
    elif library == "httpx2":
        newer = httpx2.AsyncClient(**options) if own else None
        transport = Httpx2Transport(newer)
        close = newer.aclose if newer else None
    else:
        client = httpx.AsyncClient(**options) if own else None
        transport = HttpxTransport(client)
        close = client.aclose if client else None
    try:
        yield transport
    finally:
        await transport.aclose()
        if close is not None:
            await close()


async def _try(
    row: Row, call: Call, place: Place, library: Library, options: ClientOptions
) -> tuple[Any, int, float]:
    async with transport_of(library, place.proxy, place.http2) as inner:
        transport = Counting(inner)
        begun = time.perf_counter()
        value: Any
        async with AsyncActuallyCare(**options(row, place, transport)) as client:
            try:
                with place.during():
                    value = await call(client)
            except Exception as error:
                value = error
        seconds = time.perf_counter() - begun
    return value, transport.attempts, seconds


def _try_blocking(
    row: Row, call: Call, place: Place, library: Library, options: ClientOptions
) -> tuple[Any, int, float]:
    transport = Counting()
    with (
        ActuallyCare(**options(row, place, transport)) as client,
        # Opened and closed in the event loop of the client.
        client._runner.entered(transport_of(library, place.proxy, place.http2)) as transport.inner,
    ):
        begun = time.perf_counter()
        value: Any
        try:
            with place.during():
                value = call(client)
        except Exception as error:
            value = error
        seconds = time.perf_counter() - begun
    return value, transport.attempts, seconds


def line(row: Row, method: str, backend: str, result: Result) -> str:
    """One printed line of the table."""
    return (
        f"{row.name:<54} {backend:<8} {method:<5} {result.name:<22} "
        f"{result.attempts:>2} attempts {result.arrived:>2} arrived {result.seconds:>7.3f} s"
    )
