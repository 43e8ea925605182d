"""Choosing a transport: by name, by object, by the client that is passed."""

from __future__ import annotations

import sys
import warnings
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import anyio.lowlevel
import httpx
import httpx2
import pytest

from actuallycare import (
    APIConnectionError,
    AsyncActuallyCare,
    ConfigurationError,
    NotFoundError,
    RetryPolicy,
    transports,
)
from actuallycare.transports import AiohttpTransport, Headers, Httpx2Transport, HttpxTransport
from tests.fakes import ScriptedTransport, success
from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving

KEY = "0123456789abcdef" * 4


def chosen(**options: Any) -> Any:
    return AsyncActuallyCare(KEY, **options)._sender.transport


def test_a_transport_is_chosen_by_name() -> None:
    assert type(chosen()) is HttpxTransport
    assert type(chosen(transport="httpx")) is HttpxTransport
    assert type(chosen(transport="httpx2")) is Httpx2Transport
    assert type(chosen(transport="aiohttp")) is AiohttpTransport


def test_a_client_chooses_the_transport_of_its_library() -> None:
    class Mine(httpx2.AsyncClient):
        pass

    assert type(chosen(http_client=httpx.AsyncClient())) is HttpxTransport
    assert type(chosen(http_client=httpx2.AsyncClient())) is Httpx2Transport
    assert type(chosen(http_client=Mine())) is Httpx2Transport


def test_an_unknown_transport_is_rejected() -> None:
    with pytest.raises(ConfigurationError):
        chosen(transport="requests")
    with pytest.raises(AttributeError):
        _ = transports.RequestsTransport  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["httpx2", "aiohttp"])
def test_a_missing_library_raises_configuration_error(
    name: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = f"{transports.__package__}._core.transports.{name}"
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ConfigurationError, match=rf"pip install 'actuallycare\[{name}\]'"):
        chosen(transport=name)


@pytest.mark.asyncio
async def test_the_callers_session_keeps_its_settings_and_stays_open() -> None:
    with serving(bad.works) as server:
        async with aiohttp.ClientSession(headers={"X-Sample": "kept"}) as session:
            transport = AiohttpTransport(session)
            async with AsyncActuallyCare(
                KEY, base_url=f"{server.origin}/v1", transport=transport
            ) as client:
                await client.listings.get("1")
            await transport.aclose()
            assert not session.closed
    head = server.requests[0].head.lower()
    assert b"x-sample: kept" in head
    assert b"x-api-key: " + KEY.encode() in head


@pytest.mark.asyncio
async def test_a_session_with_its_own_credentials_is_rejected() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # aiohttp's newer releases warn
        session = aiohttp.ClientSession(auth=aiohttp.BasicAuth("sample", "x"))
    async with session:
        with pytest.raises(ConfigurationError):
            AiohttpTransport(session)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["trio"])
async def test_aiohttp_on_trio_raises_configuration_error() -> None:
    async with AsyncActuallyCare(KEY, transport="aiohttp") as client:
        with pytest.raises(ConfigurationError):
            await client.listings.get("1")


@pytest.mark.anyio
@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_hooks_of_the_callers_client_are_called(library: Any) -> None:
    seen: list[str] = []

    async def hook(response: Any) -> None:
        seen.append(response.request.url.path)

    with serving(bad.works) as server:
        own = library.AsyncClient(event_hooks={"response": [hook]})
        async with (
            own,
            AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", http_client=own) as client,
        ):
            await client.listings.get("1")
    assert seen == ["/v1/listings/1"]


@pytest.mark.anyio
@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("reads", [False, True])
async def test_a_hook_may_raise_for_a_status(library: Any, reads: bool) -> None:
    async def hook(response: Any) -> None:
        if reads:
            await response.aread()
        response.raise_for_status()

    with serving(bad.rejects(404, "NOT_FOUND")) as server:
        own = library.AsyncClient(event_hooks={"response": [hook]})
        async with (
            own,
            AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", http_client=own) as client,
        ):
            with pytest.raises(NotFoundError) as caught:
                await client.listings.get("1")
    assert caught.value.code == ("NOT_FOUND" if reads else None)
    assert len(server.requests) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_a_hooks_own_request_is_no_response_of_the_api(library: Any) -> None:
    async def hook(_: Any) -> None:
        library.Response(503, request=library.Request("GET", "https://a.b")).raise_for_status()

    with serving(bad.gives(bad.RECORD)) as server:
        own = library.AsyncClient(event_hooks={"request": [hook]})
        retry = RetryPolicy(max_attempts=1)
        async with (
            own,
            AsyncActuallyCare(
                KEY, base_url=f"{server.origin}/v1", http_client=own, retry=retry
            ) as client,
        ):
            with pytest.raises(APIConnectionError):
                await client.listings.get("1")
    assert server.requests == []


@pytest.mark.asyncio
async def test_a_session_may_raise_for_a_status() -> None:
    with serving(bad.rejects(404, "NOT_FOUND")) as server:
        async with (
            aiohttp.ClientSession(raise_for_status=True) as session,
            AsyncActuallyCare(
                KEY, base_url=f"{server.origin}/v1", transport=AiohttpTransport(session)
            ) as client,
        ):
            with pytest.raises(NotFoundError):
                await client.listings.get("1")
    assert len(server.requests) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["httpx", "httpx2", "aiohttp"])
async def test_each_line_of_content_encoding_counts(transport: Any) -> None:
    one_line = bad.response(bad.envelope(), Content_Encoding="identity")
    two_lines = one_line.replace(b"\r\n\r\n", b"\r\nContent-Encoding: br\r\n\r\n", 1)
    with serving(bad.answers(two_lines)) as server:
        async with AsyncActuallyCare(
            KEY,
            base_url=f"{server.origin}/v1",
            transport=transport,
            retry=RetryPolicy(max_attempts=1),
        ) as client:
            with pytest.raises(APIConnectionError, match="identity, br"):
                await client.listings.get("1")


@pytest.mark.anyio
@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_a_body_of_tiny_chunks_does_not_block_the_event_loop(library: Any) -> None:
    class Chunks(library.AsyncByteStream):  # type: ignore[misc, name-defined]
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for byte in bad.envelope() + b" " * 5_000:
                yield bytes((byte,))

    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await anyio.lowlevel.checkpoint()
            turns += 1

    def answer(_: Any) -> Any:
        return library.Response(200, stream=Chunks())

    async with (
        library.AsyncClient(transport=library.MockTransport(answer)) as own,
        AsyncActuallyCare(KEY, http_client=own) as client,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(take_turns)
        await client.listings.get("1")
        tasks.cancel_scope.cancel()
    assert turns > 10


@pytest.mark.asyncio
@pytest.mark.parametrize("library", ["httpx", "httpx2", "aiohttp"])
async def test_requests_of_every_transport_are_alike(library: Any) -> None:
    with serving(bad.works) as server:
        async with AsyncActuallyCare(
            KEY, base_url=f"{server.origin}/v1", transport=library
        ) as client:
            await client.listings.create(address="1 Sample St", list_price=1)
    lines = server.requests[0].head.decode().split("\r\n")
    names = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    assert lines[0] == "POST /v1/listings HTTP/1.1"
    assert server.requests[0].body == b'{"address":"1 Sample St","list_price":1}'
    assert set(names) == {
        "host",
        "accept",
        "accept-encoding",
        "content-length",
        "content-type",
        "user-agent",
        "x-api-key",
    }
    assert names["accept-encoding"] == "gzip"
    assert names["user-agent"].startswith("actuallycare-python/")


def test_headers_are_matched_without_regard_to_case_and_joined() -> None:
    headers = Headers([("Retry-After", "1"), ("X-A", "1"), ("x-a", "2")])
    assert headers["RETRY-after"] == "1"
    assert headers["X-A"] == "1, 2"
    assert headers.get("missing") is None
    assert "x-A" in headers
    assert dict(headers) == {"retry-after": "1", "x-a": "1, 2"}
    assert len(headers) == 2


@pytest.mark.anyio
async def test_no_more_than_max_concurrency_are_under_way() -> None:
    class Slow(ScriptedTransport):
        at_once = most = 0

        async def send(self, request: Any) -> Any:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            await anyio.sleep(0.001)
            self.at_once -= 1
            return await super().send(request)

    transport = Slow(success({"id": "1"}))
    client = AsyncActuallyCare(KEY, transport=transport, max_concurrency=3)
    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(client.listings.get, "1")
    assert transport.most == 3
    assert len(transport.requests) == 20


@pytest.mark.parametrize("bad_bound", [0, -1])
def test_a_limit_of_zero_is_rejected(bad_bound: int) -> None:
    with pytest.raises(ConfigurationError, match="max_concurrency"):
        AsyncActuallyCare(KEY, max_concurrency=bad_bound)
