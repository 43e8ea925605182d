"""Calls that are interrupted at each step of the event loop never spoil the calls after them.

`task.cancel()`, `asyncio.timeout` and `wait_for` interrupt any `await`, also in the cleanup of HTTP
libraries, which shield themselves against the scopes of anyio and trio only.
"""

from __future__ import annotations

import asyncio
import gc
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from typing import Any

import anyio
import httpx
import httpx2
import pytest
import trustme

from actuallycare import APIConnectionError, Request, Transport
from actuallycare._core.operation import Operation
from actuallycare._core.transports.aiohttp import AiohttpTransport
from actuallycare._core.transports.httpx import HttpxTransport
from actuallycare._core.transports.httpx2 import Httpx2Transport
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, FaultServer, serving

POST = Operation("listings.create", "POST", "/listings", auth=("key",))
STEPS = 150
"""More than a request takes."""

MAKERS: dict[str, Callable[[], Transport]] = {
    "httpx": HttpxTransport,
    "httpx2": Httpx2Transport,
    "aiohttp": AiohttpTransport,
    "httpx-http2": lambda: HttpxTransport(http2=True),
    "httpx2-http2": lambda: Httpx2Transport(http2=True),
}
every_transport = pytest.mark.parametrize("library", MAKERS)
httpx_like = pytest.mark.parametrize("library", [name for name in MAKERS if name != "aiohttp"])
warm_or_cold = pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(params=["http", "https", "proxy"])
def place(
    request: pytest.FixtureRequest, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> Generator[FaultServer]:
    """A server in the clear, over TLS, or as the proxy that the environment names."""
    tls = None
    if request.param == "https":
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(tls)
        trusted = ssl.create_default_context()
        authority.configure_trust(trusted)
        for library in ("httpx", "httpx2"):
            monkeypatch.setattr(f"{library}.create_ssl_context", lambda: trusted)
        monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusted)
    with serving(in_two_pieces, tls) as server:
        if request.param == "proxy":
            monkeypatch.setenv("http_proxy", server.origin)
            server.origin = "http://sample.invalid"
        yield server


def in_two_pieces(connection: Connection) -> bool:
    """So that the headers and the body are steps of their own."""
    connection.send(bad.WHOLE[:60])
    connection.pause(0.001)
    connection.send(bad.WHOLE[60:])
    return True


def request(server: FaultServer, max_bytes: int | None = None) -> Request:
    body = b'{"address":"1 Sample St"}'
    return Request(
        POST, "POST", f"{server.origin}/v1", {}, content=body, timeout=5, max_bytes=max_bytes
    )


@asynccontextmanager
async def opened(library: str) -> AsyncIterator[Transport]:
    transport = MAKERS[library]()
    try:
        yield transport
    finally:
        await transport.aclose()


async def serves(transport: Transport, server: FaultServer) -> None:
    """Check that the next calls are answered at once."""
    with anyio.fail_after(2):
        for _ in range(3):
            assert (await transport.send(request(server))).content == bad.envelope()


async def all_closed(server: FaultServer) -> None:
    """Check that the server sees no connection any more, without the garbage collector's help."""
    with anyio.fail_after(5):
        while server.open_connections:  # noqa: ASYNC110 (counted in another thread)
            await anyio.sleep(0.005)


INTERRUPTIONS: dict[str, type[BaseException]] = {
    "late cancel": asyncio.CancelledError,
    "two cancels": asyncio.CancelledError,
    "OSError": OSError,
    "KeyboardInterrupt": KeyboardInterrupt,
    "RuntimeError": RuntimeError,
}
"""What is raised where the call is about to go on: the result that it waited for is lost."""


class Interrupted:
    """Awaits a coroutine, and interrupts it at the suspension of this number."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], step: int, how: str) -> None:
        self._coroutine = coroutine
        self._how = how
        self._steps = (step, step + 2) if how == "two cancels" else (step,)
        self.reached = False
        self.scope = anyio.CancelScope()

    def __await__(self) -> Generator[Any, Any, Any]:
        inner = self._coroutine.__await__()
        resume = partial(inner.send, None)
        for step in count():
            try:
                trap = resume()
            except StopIteration as stop:
                return stop.value
            now = step in self._steps
            self.reached = self.reached or now
            if now and self._how == "cancel":
                asyncio.get_running_loop().call_soon(asyncio.current_task().cancel)  # type: ignore[union-attr]
            elif now and self._how == "scope":
                self.scope.cancel()
            try:
                resume = partial(inner.send, (yield trap))
            except BaseException as error:
                resume = partial(inner.throw, error)
            else:
                if now and self._how in INTERRUPTIONS:
                    resume = partial(inner.throw, INTERRUPTIONS[self._how]())
        return None


async def interrupt(coroutine: Coroutine[Any, Any, Any], step: int, how: str) -> bool:
    """Interrupt a coroutine; False when it ended before."""
    interrupted = Interrupted(coroutine, step, how)

    async def run() -> None:
        # The call ends in what was raised, or in the SDK's error for it.
        with interrupted.scope, suppress(APIConnectionError, *INTERRUPTIONS.values()):
            await interrupted

    if how == "cancel":  # in a task of its own
        await asyncio.wait([asyncio.create_task(run())])
    else:
        await run()
    return interrupted.reached


async def at_each_step(server: FaultServer, library: str, how: str, warm: bool) -> int:
    """Interrupt one call at each of its steps, and make others after it; the number of steps."""
    for step in range(STEPS):
        async with opened(library) as transport:
            if warm:
                await transport.send(request(server))
            reached = await interrupt(transport.send(request(server)), step, how)
            await serves(transport, server)
        await all_closed(server)
        if not reached:
            return step
    return STEPS


def check(server: FaultServer, backend: str, library: str, how: str, warm: bool) -> None:
    gc.collect()
    gc.disable()
    try:
        steps = anyio.run(at_each_step, server, library, how, warm, backend=backend)
    finally:
        gc.enable()
    assert 0 < steps < STEPS


@every_transport
@warm_or_cold
@pytest.mark.parametrize("how", ["cancel", *INTERRUPTIONS])
def test_an_interrupted_call_spoils_no_later_one(
    place: FaultServer, library: str, how: str, warm: bool
) -> None:
    check(place, "asyncio", library, how, warm)


@httpx_like
@warm_or_cold
def test_a_call_cancelled_on_trio_spoils_no_later_one(
    place: FaultServer, library: str, warm: bool
) -> None:
    check(place, "trio", library, "scope", warm)


@every_transport
@pytest.mark.parametrize("how", ["cancel", "late cancel", "two cancels"])
def test_interrupted_close_of_a_transport_closes_its_sockets(
    place: FaultServer, library: str, how: str
) -> None:
    async def main() -> None:
        for step in range(STEPS):
            transport = MAKERS[library]()
            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(transport.send, request(place))
            reached = await interrupt(transport.aclose(), step, how)
            await all_closed(place)
            if not reached:
                return
        raise AssertionError

    gc.collect()
    gc.disable()
    try:
        anyio.run(main)
    finally:
        gc.enable()


@pytest.mark.anyio
@httpx_like
async def test_a_second_response_answers_no_later_call(place: FaultServer, library: str) -> None:
    """A server sends two responses at once; TLS has each in a record of its own."""

    def twice(connection: Connection) -> bool:
        connection.send(bad.WHOLE + bad.response(b"stolen"))
        return True

    place._fault = twice
    async with opened(library) as transport:
        for _ in range(5):
            assert (await transport.send(request(place))).content == bad.envelope()


@pytest.mark.anyio
@pytest.mark.parametrize("lib", [httpx, httpx2], ids=["httpx", "httpx2"])
async def test_a_second_response_answers_no_later_call_of_a_callers_client(lib: Any) -> None:
    def twice(connection: Connection) -> bool:
        connection.send(bad.WHOLE + bad.response(b"stolen"))
        return True

    make: Any = HttpxTransport if lib is httpx else Httpx2Transport
    with serving(twice) as server:
        async with lib.AsyncClient() as http_client:
            transport = make(http_client)
            for _ in range(5):
                response = await transport.send(request(server))
                assert response.content == bad.envelope()
    assert server.connections == 5
