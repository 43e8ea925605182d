"""Create, read, update, delete and list records of every resource."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.data.query import Selection
from tests.sandbox.conftest import connect

NEW: dict[str, dict[str, Any]] = {
    "listings": {"address": "1 Sandbox Street", "list_price": 425_000},
    "clients": {"first_name": "Alfa", "last_name": "Sample", "client_type": "buyer"},
    "leads": {"name": "Bravo Sample"},
    "escrows": {
        "property_address": "2 Sandbox Street",
        "purchase_price": 512_000,
        "representation_type": "buyer",
    },
    "appointments": {
        "title": "Showing",
        "start_time": "2026-07-10T17:00:00Z",
        "end_time": "2026-07-10T18:00:00Z",
    },
}
CHANGES: dict[str, dict[str, Any]] = {
    "listings": {"status": "pending", "city": None},
    "clients": {"status": "inactive"},
    "leads": {"status": "contacted"},
    "escrows": {"status": "closed"},
    "appointments": {"status": "completed"},
}


@pytest.mark.asyncio
@pytest.mark.parametrize("resource", NEW)
async def test_create_get_update_and_delete_record(api: httpx.AsyncClient, resource: str) -> None:
    created = await api.post(f"/{resource}", json=NEW[resource])
    assert created.status_code == 201
    record = created.json()["data"]
    assert NEW[resource].items() <= record.items()

    path = f"/{resource}/{record['id']}"
    assert (await api.get(path)).json()["data"] == record
    listed = (await api.get(f"/{resource}")).json()["data"][resource]
    assert listed[0] == record, "the newest comes first"

    updated = (await api.put(path, json=CHANGES[resource])).json()["data"]
    changed = {"updated_at": updated["updated_at"], "version": 2}
    assert updated == record | CHANGES[resource] | changed

    gone = await api.delete(path)
    assert (gone.status_code, gone.json()["success"]) == (200, True)
    assert "data" not in gone.json()
    for method in ("GET", "DELETE"):
        missing = await api.request(method, path)
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.asyncio
@pytest.mark.parametrize("resource", NEW)
async def test_reject_update_of_older_version(api: httpx.AsyncClient, resource: str) -> None:
    record = (await api.post(f"/{resource}", json=NEW[resource])).json()["data"]
    path = f"/{resource}/{record['id']}"
    first = await api.put(path, json=CHANGES[resource] | {"version": 1})
    assert (first.status_code, first.json()["data"]["version"]) == (200, 2)
    late = await api.put(path, json=CHANGES[resource] | {"version": 1})
    assert late.status_code == 409
    assert late.json()["error"] == {
        "code": "VERSION_CONFLICT",
        "message": late.json()["error"]["message"],
        "currentVersion": 2,
        "attemptedVersion": 1,
    }


@pytest.mark.asyncio
async def test_get_escrow_by_id_or_display_id(api: httpx.AsyncClient) -> None:
    escrow = (await api.post("/escrows", json=NEW["escrows"])).json()["data"]
    by_display_id = await api.get(f"/escrows/{escrow['display_id']}")
    assert by_display_id.json()["data"] == escrow
    changed = await api.put(f"/escrows/{escrow['id']}", json={"escrow_status": "fell_through"})
    assert changed.json()["data"]["status"] == "fell_through"


@pytest.mark.asyncio
async def test_ignore_server_fields_in_body(api: httpx.AsyncClient) -> None:
    server_fields = {"id": "mine", "user_id": "mine", "created_at": "2000-01-01T00:00:00Z", "x": 1}
    record = (await api.post("/listings", json=NEW["listings"] | server_fields)).json()["data"]
    assert all(record.get(name) != value for name, value in server_fields.items())


@pytest.mark.asyncio
async def test_set_timestamps_from_clock(api: httpx.AsyncClient, backend: Backend) -> None:
    record = (await api.post("/leads", json=NEW["leads"])).json()["data"]
    assert record["created_at"] == record["updated_at"]
    backend.clock.advance(60)
    updated = (await api.put(f"/leads/{record['id']}", json={"notes": "called"})).json()["data"]
    assert updated["created_at"] == record["created_at"]
    assert updated["updated_at"] > record["updated_at"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("resource", "query", "matches"),
    [
        ("listings", "status=active", lambda r: r["status"] == "active"),
        ("listings", "minPrice=400000", lambda r: r["list_price"] >= 400_000),
        ("listings", "maxPrice=400000", lambda r: r["list_price"] <= 400_000),
        (
            "listings",
            "status=sold&minPrice=3e5&maxPrice=900000",
            lambda r: r["status"] == "sold" and 300_000 <= r["list_price"] <= 900_000,
        ),
        ("clients", "client_type=seller", lambda r: r["client_type"] == "seller"),
        ("clients", "status=closed", lambda r: r["status"] == "closed"),
        ("leads", "status=new&interest_level=hot", lambda r: r["interest_level"] == "hot"),
        ("appointments", "appointment_type=call", lambda r: r["appointment_type"] == "call"),
        ("appointments", "start_date=2026-06-20", lambda r: r["start_time"] >= "2026-06-20"),
        ("escrows", "status=CLOSED", lambda r: r["status"] == "closed"),
        ("escrows", "search=sandbox+street", lambda r: "Sandbox Street" in r["property_address"]),
        ("escrows", "minPrice=500000", lambda r: r["purchase_price"] >= 500_000),
        ("escrows", "maxPrice=500000", lambda r: r["purchase_price"] <= 500_000),
        ("escrows", "closingDateStart=2026-05-01", lambda r: r["closing_date"] >= "2026-05-01"),
        ("escrows", "closingDateEnd=2026-05-01", lambda r: r["closing_date"] <= "2026-05-01"),
        ("escrows", "archived=true", lambda r: r["is_archived"]),
        ("escrows", "", lambda r: not r["is_archived"]),
    ],
)
async def test_filter_lists(make_backend: Any, resource: str, query: str, matches: Any) -> None:
    backend = make_backend(records=1_000)
    everything = backend.store.select(Selection(resource))
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        data = (await api.get(f"/{resource}?limit=100&{query}")).json()["data"]
    expected = [r for r in everything if matches(r)]
    if resource == "escrows" and "archived" not in query:
        expected = [r for r in expected if not r["is_archived"]]
    if "status=new" in query:
        expected = [r for r in expected if r["status"] == "new"]
    assert data["meta"]["total"] == len(expected) > 0
    assert {r["id"] for r in data[resource]} <= {r["id"] for r in expected}


@pytest.mark.asyncio
@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_sort_escrows_by_field(api: httpx.AsyncClient, order: str) -> None:
    response = await api.get(f"/escrows?sort=purchase_price&order={order}&limit=100")
    prices = [r["purchase_price"] for r in response.json()["data"]["escrows"]]
    assert prices == sorted(prices, reverse=order == "desc")


@pytest.mark.asyncio
async def test_clear_references_to_deleted_client(api: httpx.AsyncClient) -> None:
    client = (await api.post("/clients", json=NEW["clients"])).json()["data"]
    body = NEW["appointments"] | {"client_id": client["id"]}
    appointment = (await api.post("/appointments", json=body)).json()["data"]
    assert appointment["client_id"] == client["id"]
    await api.delete(f"/clients/{client['id']}")
    after = (await api.get(f"/appointments/{appointment['id']}")).json()["data"]
    assert after["client_id"] is None


@pytest.mark.asyncio
async def test_reject_reference_to_missing_record(api: httpx.AsyncClient) -> None:
    body = NEW["appointments"] | {"client_id": str(uuid4())}
    response = await api.post("/appointments", json=body)
    assert (response.status_code, response.json()["error"]["message"]) == (404, "Client not found.")
