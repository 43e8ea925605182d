"""Injected faults, in process and over a socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend, Fault, Limits, RunningSandbox, Settings
from actuallycare_sandbox import run_sandbox as run
from actuallycare_sandbox.data.query import Selection
from actuallycare_sandbox.http.fault_injection import replace_has_more
from tests.sandbox.conftest import MANY


@pytest.fixture(scope="module")
def server() -> Iterator[RunningSandbox]:
    with run(Settings(records=100, limits=Limits(MANY, MANY, MANY, MANY))) as running:
        yield running


@pytest.fixture
def client(server: RunningSandbox) -> Iterator[httpx.Client]:
    server.backend.reset()
    headers = {"X-API-Key": server.api_key}
    with httpx.Client(base_url=server.base_url, headers=headers) as connected:
        yield connected


def test_return_status_without_handling(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("status", status=503, times=2, retry_after=7))
    responses = [client.get("/clients") for _ in range(3)]
    assert [a.status_code for a in responses] == [503, 503, 200]
    assert responses[0].json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert responses[0].headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("status", status=429), "TOO_MANY_REQUESTS"),
        (Fault("status", status=599), "STATUS_599"),
        (Fault("status", status=429, code="RATE_LIMITED"), "RATE_LIMITED"),
    ],
)
def test_the_error_code_fits_the_status(
    client: httpx.Client, server: RunningSandbox, fault: Fault, code: str
) -> None:
    server.backend.faults.add(fault)
    assert client.get("/clients").json()["error"]["code"] == code


def test_return_html_page_of_proxy(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("html", status=502))
    response = client.get("/clients")
    assert (response.status_code, response.headers["content-type"]) == (
        502,
        "text/html; charset=utf-8",
    )
    assert response.text.startswith("<html>")


@pytest.mark.parametrize(("kind", "stored"), [("drop", 0), ("drop_after", 1)])
def test_drop_connection_before_or_after_handling(
    client: httpx.Client, server: RunningSandbox, kind: Any, stored: int
) -> None:
    before = server.backend.store.count(Selection("leads"))
    server.backend.faults.add(Fault(kind))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        client.post("/leads", json={"name": "Alfa Sample"})
    assert server.backend.store.count(Selection("leads")) == before + stored
    assert client.get("/leads").status_code == 200, "the server goes on"


def test_truncate_response_body(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("truncate", bytes=10))
    with client.stream("GET", "/clients") as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()
    assert client.get("/clients").status_code == 200


@pytest.mark.parametrize("more", [True, False])
def test_replace_has_more_in_list(client: httpx.Client, server: RunningSandbox, more: bool) -> None:
    server.backend.faults.add(Fault("stale_has_more", has_more=more))
    stale, true = [client.get("/clients?limit=100").json()["data"] for _ in range(2)]
    assert (stale["meta"]["hasMore"], true["meta"]["hasMore"]) == (more, False)
    assert stale["clients"] == true["clients"]


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b'{"data": 1}', b'{"data": {}}'])
def test_keep_body_without_has_more(body: bytes) -> None:
    assert replace_has_more(body, True) == body


def test_delay_response(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("latency", seconds=0.2))
    with pytest.raises(httpx.ReadTimeout):
        client.get("/clients", timeout=0.05)


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", ["drop", "drop_after", "truncate"])
async def test_raise_httpx_error_for_drop_in_process(
    backend: Backend, api: httpx.AsyncClient, kind: Any
) -> None:
    backend.faults.add(Fault(kind))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError), match="planned fault"):
        await api.get("/clients")
    assert (await api.get("/clients")).status_code == 200
