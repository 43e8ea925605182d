"""How long idle connections are kept, certificates, and who sees the requests."""

from __future__ import annotations

import os
import re
import ssl
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import httpcore
import httpx
import httpx2
import pytest
import respx
import trustme

from actuallycare import AsyncActuallyCare, ConfigurationError
from actuallycare._core.operation import Call, Operation
from actuallycare._core.transports import _httpx_base
from actuallycare._core.transports._request_trace import is_unprocessed
from actuallycare._core.transports._timeouts import KEEP_ALIVE, keep_alive_seconds
from actuallycare._core.transports._tls import tls_context
from actuallycare.transports import AiohttpTransport, HttpxTransport
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, serving

KEY = "0123456789abcdef" * 4
every_library = pytest.mark.parametrize("library", ["httpx", "httpx2", "aiohttp"])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, KEEP_ALIVE),
        ("timeout=5", 4),
        ("max=100, timeout=75", 60),
        ("Timeout = 2; max=1", 1),
        ('timeout="30"', 29),
        ("timeout=1", 0),
        ("timeout=0", 0),
        ("timeout=-3", KEEP_ALIVE),
        ("timeout=soon", KEEP_ALIVE),
        ("idletimeout=1", KEEP_ALIVE),
        ("timeout=" + "9" * 400, 60),
        ("", KEEP_ALIVE),
    ],
)
def test_idle_connections_are_closed_before_the_server_does(
    header: str | None, seconds: float
) -> None:
    assert keep_alive_seconds(header) == seconds
    assert KEEP_ALIVE < 5


@pytest.mark.asyncio
@every_library
@pytest.mark.parametrize(("header", "connections"), [("timeout=1", 2), ("timeout=30", 1)])
async def test_the_keep_alive_header_is_honoured(
    library: Any, header: str, connections: int
) -> None:
    def fault(connection: Connection) -> bool:
        connection.send(bad.response(bad.envelope(), **{"Keep-Alive": header}))
        return True

    with serving(fault) as server:
        async with AsyncActuallyCare(
            KEY, base_url=f"{server.origin}/v1", transport=library
        ) as client:
            for _ in range(2):
                await client.listings.get("1")
                await anyio.sleep(0.01)
    assert server.connections == connections


@pytest.mark.asyncio
async def test_aiohttp_keeps_idle_connections_for_less_than_node() -> None:
    with serving(bad.works) as server:
        transport = AiohttpTransport()
        async with AsyncActuallyCare(
            KEY, base_url=f"{server.origin}/v1", transport=transport
        ) as client:
            await client.listings.get("1")
        session: Any = transport._session
        assert session.connector._keepalive_timeout == KEEP_ALIVE
        await transport.aclose()


def test_certificates_are_read_once_for_all_clients_and_not_for_http(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = 0
    real = httpx.create_ssl_context

    def counted() -> ssl.SSLContext:
        nonlocal read
        read += 1
        return real()

    monkeypatch.setattr(httpx, "create_ssl_context", counted)
    AsyncActuallyCare(KEY, base_url="http://127.0.0.1:9/v1")
    assert read == 0
    for _ in range(20):
        AsyncActuallyCare(KEY)
    assert read == 1


def test_changed_certificates_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    def create() -> ssl.SSLContext:
        nonlocal read
        read += 1
        return ssl.create_default_context(cafile=file)

    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    tls_context(create, http2=False)
    tls_context(create, http2=False)
    assert read == 1
    tls_context(create, http2=True)
    assert read == 2  # httpcore changes the protocols of a context
    trustme.CA().cert_pem.write_to_path(file)
    os.utime(file, (1, 1))
    tls_context(create, http2=False)
    assert read == 3


@every_library
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SSL_CERT_FILE", "/nonexistent/ca.pem"),
        ("SSL_CERT_FILE", "/"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ],
)
def test_missing_certificates_are_rejected_when_the_client_is_created(
    library: Any, variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=variable):
        AsyncActuallyCare(KEY, transport=library)
    AsyncActuallyCare(KEY, base_url="http://127.0.0.1:9/v1", transport=library)
    monkeypatch.setenv(variable, "")
    AsyncActuallyCare(KEY, transport=library)


def test_a_file_without_certificates_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("not a certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        AsyncActuallyCare(KEY)


def test_http2_without_its_package_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_httpx_base, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"httpx\[http2\]"):
        HttpxTransport(http2=True)


@pytest.mark.anyio
@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_what_patches_the_client_of_the_library_sees_the_calls(
    library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentry, Datadog and New Relic replace `AsyncClient.send`."""
    seen: list[str] = []
    real = library.AsyncClient.send

    async def send(self: Any, request: Any, **options: Any) -> Any:
        request.headers["traceparent"] = "sample"
        response = await real(self, request, **options)
        seen.append(f"{request.method} {request.url.path} {response.status_code}")
        return response

    monkeypatch.setattr(library.AsyncClient, "send", send)
    with serving(bad.works) as server:
        async with AsyncActuallyCare(
            KEY, base_url=f"{server.origin}/v1", transport=library.__name__
        ) as client:
            await client.listings.get("1")
            await client.listings.get("1")
    assert seen == ["GET /v1/listings/1 200"] * 2
    assert b"traceparent: sample" in server.requests[0].head
    assert server.connections == 1


@pytest.mark.anyio
async def test_what_patches_the_transport_of_httpx_sees_the_calls(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """OpenTelemetry and pytest-httpx replace `AsyncHTTPTransport.handle_async_request`."""

    async def handle(self: Any, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"success": True, "data": {"id": "mocked"}})

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
    async with AsyncActuallyCare(KEY) as client:
        assert (await client.listings.get("1")).id == "mocked"


@pytest.mark.anyio
async def test_what_patches_the_pool_of_httpcore_sees_the_calls(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """VCR.py replaces `AsyncConnectionPool.handle_async_request`."""

    async def handle(self: Any, request: httpcore.Request) -> httpcore.Response:
        return httpcore.Response(200, content=b'{"success": true, "data": {"id": "mocked"}}')

    monkeypatch.setattr(httpcore.AsyncConnectionPool, "handle_async_request", handle)
    async with AsyncActuallyCare(KEY) as client:
        assert (await client.listings.get("1")).id == "mocked"


@pytest.mark.asyncio
@every_library
async def test_cookies_of_responses_are_not_sent_back(library: str) -> None:
    setting = bad.response(bad.envelope(), Set_Cookie="session=sample; Path=/")

    with serving(bad.answers(setting, keep=True)) as server:
        async with AsyncActuallyCare(
            KEY, base_url=f"{server.origin}/v1", transport=library
        ) as client:
            for _ in range(2):
                await client.listings.get("1")
    assert [b"cookie:" in request.head.lower() for request in server.requests] == [False, False]


@pytest.mark.anyio
async def test_respx_answers_calls_of_the_default_client() -> None:
    with respx.mock(assert_all_called=True) as mock:
        mock.get("https://api.actuallycare.com/v1/listings/1").respond(
            json={"success": True, "data": {"id": "mocked"}}
        )
        async with AsyncActuallyCare(KEY) as client:
            assert (await client.listings.get("1")).id == "mocked"


@pytest.mark.anyio
@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_default_params_of_the_callers_client_are_sent_too(library: Any) -> None:
    with serving(bad.works) as server:
        own = library.AsyncClient(
            params={"gateway": "g 1", "limit": "7"},
            base_url="https://elsewhere.example",
            headers={"X-Sample": "kept"},
            cookies={"sample": "kept"},
        )
        async with (
            own,
            AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", http_client=own) as client,
        ):
            await client.listings.get("1")
            await client._sender.send(_listing_call())
    first, second = (request.head for request in server.requests)
    # httpx before 0.28 writes a space as %20.
    space = rb"(\+|%20)"
    assert re.match(rb"GET /v1/listings/1\?gateway=g" + space + rb"1&limit=7 ", first)
    assert re.match(rb"GET /v1/listings/1\?limit=2&q=a%20b&gateway=g" + space + rb"1 ", second)
    assert b"x-sample: kept" in first.lower()
    assert b"cookie: sample=kept" in first.lower()


def _listing_call() -> Any:
    operation = Operation("listings.get", "GET", "/listings/{id}", auth=("key",))
    return Call(operation, "/listings/1", params={"limit": 2, "q": "a b"})


@pytest.mark.parametrize(
    ("event", "stream_id", "unprocessed"),
    [
        (SimpleNamespace(last_stream_id=1, error_code=0), 3, True),
        (SimpleNamespace(last_stream_id=0, error_code=0), 1, True),
        (SimpleNamespace(last_stream_id=3, error_code=0), 3, False),
        (SimpleNamespace(last_stream_id=0, error_code=0), None, False),
        (SimpleNamespace(stream_id=1, error_code=7), 1, True),
        (SimpleNamespace(stream_id=1, error_code=2), 1, False),
        ("Server disconnected", 1, False),
        (None, None, False),
    ],
)
def test_what_an_http2_server_did_not_process_was_not_sent(
    event: Any, stream_id: int | None, unprocessed: bool
) -> None:
    error = httpx.RemoteProtocolError("closed")
    error.__cause__ = None if event is None else Exception(event)
    assert is_unprocessed(error, stream_id) is unprocessed
