"""Calls that are interrupted at each step of the event loop never spoil the calls after them.

`task.cancel()`, `asyncio.timeout` and `wait_for` interrupt any `await`, also in the cleanup of HTTP
libraries, which shield themselves against the scopes of anyio and trio only.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count, product
from typing import Any

import anyio
import httpx
import httpx2
import pytest
import trustme
from attrs import evolve

from actuallycare import APIConnectionError, DecodeError, Request, Transport
from actuallycare._core.operation import Operation
from actuallycare._core.transports._request_trace import RequestTrace
from actuallycare._core.transports.aiohttp import AiohttpTransport
from actuallycare._core.transports.httpx import HttpxTransport
from actuallycare._core.transports.httpx2 import Httpx2Transport
from tests.faults import bad_responses as bad
from tests.faults.fault_server import HTTP2_BODY, Connection, FaultServer, serving
from tests.tls import tls_contexts

POST = Operation("listings.create", "POST", "/listings", auth=("key",))
STEPS = 400
"""More than a request takes."""
CALLS_AFTER = 20
"""Calls that must be served after each interruption, by so many tasks."""
TASKS_AFTER = 2

MAKERS: dict[str, Callable[[], Transport]] = {
    "httpx": HttpxTransport,
    "httpx2": Httpx2Transport,
    "aiohttp": AiohttpTransport,
    "httpx-http2": lambda: HttpxTransport(http2=True),
    "httpx2-http2": lambda: Httpx2Transport(http2=True),
}
INTERRUPTIONS: dict[str, type[BaseException]] = {
    "late cancel": asyncio.CancelledError,
    "two cancels": asyncio.CancelledError,
    "OSError": OSError,
    "KeyboardInterrupt": KeyboardInterrupt,
    "RuntimeError": RuntimeError,
}
"""What is raised where the call is about to go on: the result that it waited for is lost."""

PLACES = ("http", "https", "proxy", "tunnel")
TLS = ("https", "tunnel")


def cases(*hows: str, on_trio: bool = False) -> pytest.MarkDecorator:
    """Each way of interrupting, at each place, by each transport, cold and warm.

    The suite tries cancellation everywhere, and the other ways at one place by two transports.
    `nox -s cancellation` tries all of them.
    """
    libraries = [name for name in MAKERS if not (on_trio and name == "aiohttp")]

    def case(place: str, library: str, how: str, warm: bool) -> Any:
        if how in ("cancel", "scope"):
            # In the clear, `http2` does what the others do. A new connection has 100 steps more.
            is_short = "http2" not in library or (place in TLS and warm)
        else:
            is_short = place == "https" and library in ("httpx", "aiohttp")
        name = f"{place}-{library}-{how}-{'warm' if warm else 'cold'}"
        marks = () if is_short else (pytest.mark.slow,)
        return pytest.param(place, library, how, warm, marks=marks, id=name)

    every = [case(*each) for each in product(PLACES, libraries, hows, (False, True))]
    names = ("place", "library", "how", "warm")
    return pytest.mark.parametrize(names, every, indirect=["place"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def place(
    request: pytest.FixtureRequest, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> Generator[FaultServer]:
    """A server in the clear, over TLS (with HTTP/2 if the client offers it), as the proxy that the
    environment names, or behind the CONNECT tunnel of that proxy."""
    tls = None
    if request.param in TLS:
        names = ("127.0.0.1", "sample.invalid")
        tls, trusted = tls_contexts(*names, protocols=["h2", "http/1.1"], authority=authority)
        for library in ("httpx", "httpx2"):
            monkeypatch.setattr(f"{library}.create_ssl_context", lambda: trusted)
        monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusted)

    def answer(connection: Connection) -> bool:
        is_slow = server.requests[-1].line.endswith("/slow HTTP/1.1")
        return in_pieces(connection) if is_slow else bool(bad.works(connection))

    with serving(answer, tls, tunnel=request.param == "tunnel") as server:
        if request.param in ("proxy", "tunnel"):
            scheme = "http" if request.param == "proxy" else "https"
            monkeypatch.setenv(f"{scheme}_proxy", server.origin)
            server.origin = f"{scheme}://sample.invalid"
        yield server


def in_pieces(connection: Connection) -> bool:
    """So that the client waits inside the headers and inside the body."""
    start = 0
    for end in (60, bad.CUT, len(bad.WHOLE)):
        connection.send(bad.WHOLE[start:end])
        connection.pause(0.001)
        start = end
    return True


def request(server: FaultServer, path: str = "") -> Request:
    body = b'{"address":"1 Sample St"}'
    return Request(POST, "POST", f"{server.origin}/v1{path}", {}, content=body, timeout=5)


def slow_request(server: FaultServer, max_bytes: int | None = None) -> Request:
    """Return the request to interrupt. With `max_bytes`, it ends with closing its connection."""
    return evolve(request(server, "/slow"), max_bytes=max_bytes)


@asynccontextmanager
async def opened(library: str) -> AsyncIterator[Transport]:
    transport = MAKERS[library]()
    try:
        yield transport
    finally:
        await transport.aclose()


async def serves(transport: Transport, server: FaultServer) -> None:
    """Check that the next calls are answered at once."""
    with anyio.fail_after(4):
        async with anyio.create_task_group() as group:
            for _ in range(TASKS_AFTER):
                group.start_soon(make_calls, transport, server)


async def make_calls(transport: Transport, server: FaultServer) -> None:
    for _ in range(CALLS_AFTER // TASKS_AFTER):
        content = (await transport.send(request(server))).content
        assert content in (bad.envelope(), HTTP2_BODY)


async def all_closed(server: FaultServer) -> None:
    """Check that the server sees no connection any more, without the garbage collector's help."""
    with anyio.fail_after(5):
        while server.open_connections:  # noqa: ASYNC110 (counted in another thread)
            await anyio.sleep(0.005)


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
        with interrupted.scope, suppress(APIConnectionError, DecodeError, *INTERRUPTIONS.values()):
            await interrupted

    if how == "cancel":  # in a task of its own
        await asyncio.wait([asyncio.create_task(run())])
    else:
        await run()
    return interrupted.reached


async def at_each_step(
    server: FaultServer, library: str, how: str, warm: bool, max_bytes: int | None
) -> int:
    """Interrupt one call at each of its steps, and make others after it; the number of steps."""
    for step in range(STEPS):
        async with opened(library) as transport:
            if warm:
                await transport.send(request(server))
            reached = await interrupt(transport.send(slow_request(server, max_bytes)), step, how)
            await serves(transport, server)
        await all_closed(server)
        if not reached:
            return step
    return STEPS


def check(
    server: FaultServer,
    backend: str,
    library: str,
    how: str,
    *,
    warm: bool,
    max_bytes: int | None = None,
) -> None:
    gc.collect()
    gc.disable()
    try:
        steps = anyio.run(at_each_step, server, library, how, warm, max_bytes, backend=backend)
    finally:
        gc.enable()
    assert 0 < steps < STEPS


@cases("cancel", *INTERRUPTIONS)
def test_an_interrupted_call_spoils_no_later_one(
    place: FaultServer, library: str, how: str, warm: bool
) -> None:
    check(place, "asyncio", library, how, warm=warm)


@cases("scope", on_trio=True)
def test_a_call_cancelled_on_trio_spoils_no_later_one(
    place: FaultServer, library: str, how: str, warm: bool
) -> None:
    check(place, "trio", library, how, warm=warm)


@cases("cancel", "late cancel", "two cancels")
def test_interrupted_close_of_a_transport_closes_its_sockets(
    place: FaultServer, library: str, how: str, warm: bool
) -> None:
    async def main() -> None:
        for step in range(STEPS):
            transport = MAKERS[library]()
            async with anyio.create_task_group() as group:
                for _ in range(3 if warm else 1):
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


@pytest.mark.parametrize("place", ["https"], indirect=True)
@pytest.mark.parametrize(
    ("backend", "library", "how"),
    [
        ("asyncio", "httpx", "cancel"),
        ("asyncio", "httpx2", "cancel"),
        ("asyncio", "aiohttp", "cancel"),
        ("trio", "httpx", "scope"),
        ("trio", "httpx2", "scope"),
    ],
)
def test_an_interrupted_close_of_a_connection_spoils_no_later_call(
    place: FaultServer, backend: str, library: str, how: str
) -> None:
    check(place, backend, library, how, warm=True, max_bytes=10)


@pytest.mark.anyio
@pytest.mark.parametrize("place", PLACES, indirect=True)
@pytest.mark.parametrize("library", ["httpx", "httpx2"])
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


PHASES = {
    "connection.connect_tcp",
    "CONNECT http11.send_request_headers",
    "CONNECT http11.receive_response_headers",
    "CONNECT proxy.start_tls",
    "POST http11.send_request_headers",
    "POST http11.send_request_body",
    "POST http11.receive_response_headers",
    "POST http11.receive_response_body",
    "POST http11.response_closed",
}


@pytest.mark.parametrize("place", ["tunnel"], indirect=True)
def test_calls_are_interrupted_in_every_phase(
    place: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted: set[str] = set()
    methods: dict[RequestTrace, str] = {}
    trace_event = RequestTrace.__call__

    async def record(trace: RequestTrace, name: str, info: dict[str, Any]) -> None:
        phase, _, state = name.rpartition(".")
        if state == "failed":
            interrupted.add(f"{methods.get(trace, '')} {phase}".strip())
        elif "request" in info:
            methods[trace] = info["request"].method.decode()
        await trace_event(trace, name, info)

    monkeypatch.setattr(RequestTrace, "__call__", record)
    for max_bytes in (None, 10):
        check(place, "asyncio", "httpx", "cancel", warm=False, max_bytes=max_bytes)
    assert PHASES - interrupted == set()
