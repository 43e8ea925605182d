"""The control routes under /_sandbox."""

from __future__ import annotations

import httpx
import pytest

from actuallycare_sandbox import Backend, Fault
from actuallycare_sandbox.control.faults import KINDS


@pytest.mark.asyncio
async def test_plan_list_and_clear_faults(api: httpx.AsyncClient) -> None:
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


@pytest.mark.asyncio
async def test_return_credentials_in_index(anonymous: httpx.AsyncClient, backend: Backend) -> None:
    index = (await anonymous.get("http://sandbox.test/_sandbox")).json()
    assert index["api_key"] == backend.example.api_key
    assert index["operations"] == len(backend.document.operations)
    assert index["faults"] == list(KINDS)


@pytest.mark.asyncio
async def test_reset_to_initial_state(api: httpx.AsyncClient, backend: Backend) -> None:
    before = (await api.get("/leads")).json()["data"]
    await api.post("/leads", json={"name": "Alfa Sample"})
    backend.faults.add(Fault("drop", times=None, path="/leads"))
    assert (await api.post("http://sandbox.test/_sandbox/reset", json={})).json() == {"reset": True}
    assert (await api.get("/leads")).json()["data"] == before
    assert len(backend.request_log.all()) == 1


@pytest.mark.asyncio
async def test_read_and_change_clock(api: httpx.AsyncClient, backend: Backend) -> None:
    url = "http://sandbox.test/_sandbox/clock"
    start = backend.clock.time()
    assert (await api.get(url)).json()["frozen"] is True
    await api.post(url, json={"advance": 90})
    assert backend.clock.time() == start + 90
    moved = (await api.post(url, json={"freeze": 0})).json()
    assert moved == {"now": "1970-01-01T00:00:00.000Z", "frozen": True}
    assert (await api.post(url, json={"resume": True})).json()["frozen"] is False
    assert (await api.post(url, json={"freeze": True})).json()["frozen"] is True


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("sent", "message"),
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
        ("[" * 100_000, "nested too deeply"),
        (" " * 1_000_001, "at most 1,000,000 bytes"),
    ],
)
async def test_reject_invalid_time_without_change(
    api: httpx.AsyncClient, backend: Backend, sent: str, message: str
) -> None:
    before = backend.clock.time()
    headers = {"Content-Type": "application/json"}
    url = "http://sandbox.test/_sandbox/clock"
    refused = await api.post(url, content=sent, headers=headers)
    assert refused.status_code == 400
    assert message in refused.json()["error"]
    assert backend.clock.time() == before
    assert (await api.get("/leads")).status_code == 200
