"""The client: configuration, options, lifetime, and its default transport."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import respx

from actuallycare import (
    APIConnectionError,
    APITimeoutError,
    AsyncActuallyCare,
    ConfigurationError,
    RetryPolicy,
)
from actuallycare._core.operation import Call, Operation
from actuallycare._core.serialize import JsonBody
from actuallycare._core.transports.httpx import HttpxTransport
from tests.fakes import ManualClock, ScriptedTransport, failure, success

URL = "https://api.actuallycare.com/v1"
GET = Operation(
    "listings.get",
    "GET",
    "/listings/{id}",
    auth=("key", "bearer"),
    unwrap=("data",),
)
ONCE = RetryPolicy(max_attempts=1)


def call() -> Call:
    return Call(GET, "/listings/1")


async def send(client: AsyncActuallyCare, made: Call | None = None) -> Any:
    return (await client._sender.send(made or call())).body


def test_key_and_base_url_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("ACTUALLYCARE_API_KEY", key)
    monkeypatch.setenv("ACTUALLYCARE_BASE_URL", "http://127.0.0.1:8000/v1/")
    assert repr(AsyncActuallyCare()) == "<AsyncActuallyCare http://127.0.0.1:8000/v1 (api_key)>"


def test_arguments_go_before_the_environment(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("ACTUALLYCARE_API_KEY", "malformed")
    monkeypatch.setenv("ACTUALLYCARE_BASE_URL", "malformed")
    client = AsyncActuallyCare(key, token="jwt", base_url="https://eu.example.com/v1")
    assert repr(client) == "<AsyncActuallyCare https://eu.example.com/v1 (api_key and token)>"


def test_without_any_credential_public_operations_still_work() -> None:
    assert repr(AsyncActuallyCare()) == f"<AsyncActuallyCare {URL} (no key)>"


@pytest.mark.parametrize(
    "arguments",
    [
        {"api_key": "abc"},
        {"token": "Bearer x"},
        {"base_url": "api.actuallycare.com"},
        {"base_url": "ftp://api.actuallycare.com"},
        {"base_url": "https://"},
        {"base_url": "https://user:pass@example.com/v1"},
        {"base_url": "https://example.com/v1?x=1"},
        {"base_url": "https://example.com:http/v1"},
        {"timeout": 0},
        {"timeout": float("nan")},
        {"http_client": object(), "transport": ScriptedTransport()},
    ],
)
def test_a_wrong_configuration_is_rejected_at_once(arguments: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        AsyncActuallyCare(**arguments)


@pytest.mark.anyio
@respx.mock
async def test_the_default_transport_sends_the_call(key: str) -> None:
    put = Operation("listings.update", "PUT", "/listings/{id}", auth=("key",), unwrap=("data",))
    route = respx.put(f"{URL}/listings/a%2Fb", params={"x": "1"}).mock(
        httpx.Response(200, json={"success": True, "data": {}}, headers={"RateLimit-Limit": "5"})
    )

    async with AsyncActuallyCare(key) as client:
        made = Call(put, "/listings/a%2Fb", params={"x": 1}, body=JsonBody({"city": None}))
        assert (await send(client, made))["success"] is True
    request = route.calls.last.request
    assert request.headers["X-API-Key"] == key
    assert request.headers["Accept"] == "application/json"
    assert request.headers["User-Agent"].startswith("actuallycare-python/")
    assert json.loads(request.content) == {"city": None}


FAULTS = [
    (httpx.ConnectError("refused"), APIConnectionError, False),
    (httpx.ConnectTimeout("slow"), APITimeoutError, False),
    (httpx.PoolTimeout("busy"), APITimeoutError, False),
    (httpx.ReadTimeout("slow"), APITimeoutError, True),
    (httpx.WriteError("broken pipe"), APIConnectionError, True),
    (httpx.ReadError("reset"), APIConnectionError, True),
    (httpx.RemoteProtocolError("closed"), APIConnectionError, True),
    (httpx.ProxyError("denied"), APIConnectionError, False),
    (httpx.DecodingError("bad gzip"), APIConnectionError, True),
    (httpx.TooManyRedirects("loop"), APIConnectionError, True),
]


@pytest.mark.anyio
@pytest.mark.parametrize(("fault", "cls", "sent"), FAULTS, ids=lambda x: type(x).__name__)
@respx.mock
async def test_no_error_of_httpx_escapes(
    key: str, fault: httpx.RequestError, cls: type[APIConnectionError], sent: bool
) -> None:
    respx.get(f"{URL}/listings/1").mock(side_effect=fault)

    async with AsyncActuallyCare(key, retry=ONCE) as client:
        with pytest.raises(APIConnectionError) as caught:
            await send(client)
        error = caught.value
        assert type(error) is cls
        assert error.sent is sent
        assert type(fault).__name__ in str(error)
        # httpx's own error refers to the request, and so to the key.
        assert error.__cause__ is None
        assert error.__context__ is None


@pytest.mark.anyio
@respx.mock
async def test_a_redirect_is_not_followed(key: str) -> None:
    respx.get(f"{URL}/listings/1").mock(
        httpx.Response(302, headers={"Location": "https://evil.example.com/"})
    )
    elsewhere = respx.get("https://evil.example.com/")

    own = httpx.AsyncClient(follow_redirects=True)
    async with own, AsyncActuallyCare(key, http_client=own) as client:
        with pytest.raises(Exception, match=r"redirects to 'https://evil\.example\.com/'"):
            await send(client)
    assert not elsewhere.called


@pytest.mark.anyio
async def test_an_http_client_of_the_caller_stays_open(key: str) -> None:
    async with httpx.AsyncClient() as own:
        async with AsyncActuallyCare(key, http_client=own):
            pass
        assert not own.is_closed


@pytest.mark.anyio
async def test_a_transport_of_the_caller_stays_open(key: str) -> None:
    transport = ScriptedTransport(success(None))

    async with AsyncActuallyCare(key, transport=transport) as client:
        await send(client)
    assert not transport.closed


@pytest.mark.anyio
async def test_options_are_a_view_over_the_same_connections(key: str, clock: ManualClock) -> None:
    budget = {"RateLimit-Limit": "500", "RateLimit-Remaining": "7", "RateLimit-Reset": "4"}
    transport = ScriptedTransport(failure(404, headers=budget), success(None))
    client = AsyncActuallyCare(key, transport=transport, clock=clock)
    view = client.with_options(timeout=2.0, retry=ONCE)
    assert client.rate_limit is None
    with pytest.raises(Exception, match="404"):
        await send(view)
    await send(client)
    assert client.rate_limit is not None
    assert client.rate_limit == view.rate_limit
    assert [request.timeout for request in transport.requests] == [2.0, 30.0]
    assert view.with_options()._sender.options == view._sender.options
    assert view.with_options(timeout=None)._sender.options.timeout is None


@pytest.mark.anyio
async def test_a_view_does_not_close_the_connections(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def aclose(self: HttpxTransport) -> None:
        closed.append(self)

    closed: list[HttpxTransport] = []
    monkeypatch.setattr(HttpxTransport, "aclose", aclose)
    async with AsyncActuallyCare(key) as client:
        async with client.with_options(timeout=1):
            pass
        assert not closed
    assert closed == [client._sender.transport]
