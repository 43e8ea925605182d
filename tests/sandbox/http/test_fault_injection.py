"""Faults on demand, in process and over a real socket; and what a test can ask the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend, Fault, FaultError, Limits, RunningSandbox, Settings
from actuallycare_sandbox import run_sandbox as run
from actuallycare_sandbox.control.faults import KINDS, FaultPlan
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


@pytest.mark.parametrize(
    ("fault", "method", "path", "hit"),
    [
        (Fault("drop"), "GET", "/listings", True),
        (Fault("drop", method="post"), "GET", "/listings", False),
        (Fault("drop", method="post"), "POST", "/listings", True),
        (Fault("drop", path="/listings"), "GET", "/listings/1", False),
        (Fault("drop", path="/listings*"), "GET", "/listings/1", True),
        (Fault("drop", path="/*/1"), "GET", "/leads/1", True),
    ],
)
def test_which_requests_a_fault_is_for(fault: Fault, method: str, path: str, hit: bool) -> None:
    assert fault.matches(method, path) is hit


def test_faults_are_counted() -> None:
    faults = FaultPlan()
    faults.add(Fault("drop", times=2, skip=1, path="/a"))
    faults.add(Fault("latency", times=None))
    taken = [[f.kind for f in faults.take("GET", path)] for path in ("/a", "/b", "/a", "/a", "/a")]
    assert taken == [
        ["latency"],
        ["latency"],
        ["drop", "latency"],
        ["drop", "latency"],
        ["latency"],
    ]
    assert [(fault.kind, left) for fault, left in faults.planned()] == [("latency", None)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"kind": "earthquake"}, "kind must be one of latency"),
        ({}, "needs a kind"),
        ({"kind": "drop", "times": 0}, "times must be at least 1"),
        ({"kind": "drop", "times": True}, "times must be int"),
        ({"kind": "drop", "often": 2}, "has no 'often'"),
        ({"kind": "status", "status": "503"}, "status must be int"),
        ({"kind": "status", "status": 99}, "between 200 and 599"),
        ({"kind": "latency", "seconds": -1}, "from 0 to 86400"),
        ({"kind": "latency", "seconds": float("nan")}, "from 0 to 86400"),
        ({"kind": "latency", "seconds": 1e400}, "from 0 to 86400"),
        ({"kind": "drop", "skip": -1}, "must not be negative"),
        ("drop", "a fault is an object"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(value: Any, said: str) -> None:
    with pytest.raises(FaultError, match=said):
        Fault.parse(value)


def test_a_fault_is_read_from_json() -> None:
    value = {"kind": "latency", "seconds": 1, "times": None, "path": "/leads"}
    assert Fault.parse(value) == Fault("latency", seconds=1, times=None, path="/leads")


def test_a_status_in_place_of_the_answer(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("status", status=503, times=2, retry_after=7))
    answers = [client.get("/clients") for _ in range(3)]
    assert [a.status_code for a in answers] == [503, 503, 200]
    assert answers[0].json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert answers[0].headers["Retry-After"] == "7"


def test_a_page_of_a_proxy(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("html", status=502))
    answer = client.get("/clients")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert answer.text.startswith("<html>")


@pytest.mark.parametrize(("kind", "stored"), [("drop", 0), ("drop_after", 1)])
def test_a_lost_connection_before_and_after_the_request_was_handled(
    client: httpx.Client, server: RunningSandbox, kind: Any, stored: int
) -> None:
    before = server.backend.store.count(Selection("leads"))
    server.backend.faults.add(Fault(kind))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        client.post("/leads", json={"name": "Alfa Sample"})
    assert server.backend.store.count(Selection("leads")) == before + stored
    assert client.get("/leads").status_code == 200, "the server goes on"


def test_a_body_that_is_cut_off(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("truncate", bytes=10))
    with client.stream("GET", "/clients") as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()
    assert client.get("/clients").status_code == 200


@pytest.mark.parametrize("more", [True, False])
def test_a_stale_has_more(client: httpx.Client, server: RunningSandbox, more: bool) -> None:
    server.backend.faults.add(Fault("stale_has_more", has_more=more))
    stale, true = [client.get("/clients?limit=100").json()["data"] for _ in range(2)]
    assert (stale["meta"]["hasMore"], true["meta"]["hasMore"]) == (more, False)
    assert stale["clients"] == true["clients"]


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b'{"data": 1}', b'{"data": {}}'])
def test_only_a_list_has_a_stale_has_more(body: bytes) -> None:
    assert replace_has_more(body, True) == body


def test_latency(client: httpx.Client, server: RunningSandbox) -> None:
    server.backend.faults.add(Fault("latency", seconds=0.2))
    with pytest.raises(httpx.ReadTimeout):
        client.get("/clients", timeout=0.05)


@pytest.mark.parametrize("kind", ["drop", "drop_after", "truncate"])
async def test_in_process_a_lost_connection_is_what_httpx_makes_of_one(
    backend: Backend, api: httpx.AsyncClient, kind: Any
) -> None:
    backend.faults.add(Fault(kind))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError), match="planned fault"):
        await api.get("/clients")
    assert (await api.get("/clients")).status_code == 200


async def test_faults_are_planned_shown_and_cleared_over_http(api: httpx.AsyncClient) -> None:
    url = "http://sandbox.test/_sandbox/faults"
    one = {"kind": "status", "status": 500, "path": "/clients"}
    planned = (await api.post(url, json=[one, {"kind": "drop", "times": 3}])).json()["faults"]
    assert [(f["kind"], f["times"]) for f in planned] == [("status", 1), ("drop", 3)]
    assert (await api.get(url)).json()["faults"] == planned
    assert (await api.delete(url)).json() == {"faults": []}
    assert (await api.get("/clients")).status_code == 200
    for wrong in ({"kind": "x"}, 5, None):
        refused = await api.post(url, json=wrong)
        assert refused.status_code == 400
        assert refused.json()["error"]


async def test_the_index_says_how_to_get_in(anonymous: httpx.AsyncClient, backend: Backend) -> None:
    index = (await anonymous.get("http://sandbox.test/_sandbox")).json()
    assert (index["api_key"], index["operations"]) == (backend.example.api_key, 64)
    assert index["faults"] == list(KINDS)


async def test_what_arrived_is_shown_without_credentials(
    api: httpx.AsyncClient, backend: Backend
) -> None:
    body = {"name": "Alfa Sample"}
    await api.post("/leads", json=body)
    await api.get("/listings?status=active&limit=2")
    login = {"email": "broker@example.com", "password": "Wrong-Passw0rd"}
    await api.post("/auth/login", json=login, headers={"Authorization": "Bearer secret-token"})
    answer = await api.get("http://sandbox.test/_sandbox/requests")
    requests = answer.json()["requests"]
    assert [(r["method"], r["path"], r["query"], r["status"]) for r in requests] == [
        ("POST", "/leads", "", 201),
        ("GET", "/listings", "status=active&limit=2", 200),
        ("POST", "/auth/login", "", 401),
    ]
    assert json.loads(requests[0]["body"]) == body
    assert requests[2]["body"] is None
    for secret in (backend.example.api_key, "Wrong-Passw0rd", "Bearer secret-token"):
        assert secret not in answer.text
    await api.delete("http://sandbox.test/_sandbox/requests")
    assert backend.request_log.all() == []


async def test_only_the_latest_requests_are_kept(api: httpx.AsyncClient, backend: Backend) -> None:
    for number in range(1_010):
        await api.get(f"/nowhere/{number}")
    kept = backend.request_log.all()
    assert (len(kept), kept[-1].path) == (1_000, "/nowhere/1009")


async def test_a_reset_brings_the_initial_state_back(
    api: httpx.AsyncClient, backend: Backend
) -> None:
    before = (await api.get("/leads")).json()["data"]
    await api.post("/leads", json={"name": "Alfa Sample"})
    backend.faults.add(Fault("drop", times=None, path="/leads"))
    assert (await api.post("http://sandbox.test/_sandbox/reset")).json() == {"reset": True}
    assert (await api.get("/leads")).json()["data"] == before
    assert len(backend.request_log.all()) == 1


async def test_the_clock_is_read_and_moved_over_http(
    api: httpx.AsyncClient, backend: Backend
) -> None:
    url = "http://sandbox.test/_sandbox/clock"
    start = backend.clock.time()
    assert (await api.get(url)).json()["frozen"] is True
    await api.post(url, json={"advance": 90})
    assert backend.clock.time() == start + 90
    moved = (await api.post(url, json={"freeze": 0})).json()
    assert moved == {"now": "1970-01-01T00:00:00.000Z", "frozen": True}
    assert (await api.post(url, json={"resume": True})).json()["frozen"] is False
    assert (await api.post(url, json={"freeze": True})).json()["frozen"] is True


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ('{"advance": -1}', "advance by 0 to"),
        ('{"advance": NaN}', "advance by 0 to"),
        ('{"advance": 1e400}', "advance by 0 to"),
        ('{"advance": 250000000000}', "advance by 0 to"),
        ('{"advance": 1' + "0" * 400 + "}", "advance by 0 to"),
        ('{"freeze": -1}', "from 1970"),
        ('{"freeze": 1e300}', "from 1970"),
        ('{"advance": true}', 'send {"advance": seconds}'),
        ('{"freeze": false}', 'send {"advance": seconds}'),
        ('{"go": 1}', 'send {"advance": seconds}'),
        ("[]", 'send {"advance": seconds}'),
        ("null", "send a JSON object"),
        ("{", "line 1"),
    ],
)
async def test_a_time_that_is_none_is_refused_and_changes_nothing(
    api: httpx.AsyncClient, backend: Backend, sent: str, said: str
) -> None:
    before = backend.clock.time()
    refused = await api.post("http://sandbox.test/_sandbox/clock", content=sent)
    assert refused.status_code == 400
    assert said in refused.json()["error"]
    assert backend.clock.time() == before
    assert (await api.get("/leads")).status_code == 200


async def test_the_interactive_page_needs_no_network_and_tries_this_server(
    anonymous: httpx.AsyncClient,
) -> None:
    page = await anonymous.get("/api-docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "http" not in page.text.replace("<html", "")
    for part in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert part in page.text
        found = await anonymous.get(f"http://sandbox.test/_sandbox/swagger-ui/{part}")
        assert found.status_code == 200
    document = (await anonymous.get("http://sandbox.test/_sandbox/openapi.json")).json()
    assert [server["url"] for server in document["servers"]] == ["/v1"]
