"""Webhook subscriptions and the event catalog."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from actuallycare_sandbox import Backend
from tests.sandbox.conftest import connect_as
from tests.sandbox.webhook_receiver import LEAD, Receiver, subscribe


@pytest.fixture
def backend(make_backend: Callable[..., Backend]) -> Backend:
    """A backend that delivers only when a test calls `deliver_due`."""
    return make_backend(background=False, access_token_seconds=10**6)


@pytest.mark.asyncio
async def test_update_and_delete_subscription(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    webhook = await subscribe(broker, receiver.url, "lead.created")
    assert webhook["id"].startswith("wh_")
    assert len(webhook["id"]) == 15
    path = f"/webhooks/{webhook['id']}"
    changed = (await broker.put(path, json={"active": False})).json()["data"]
    assert changed == webhook | {"active": False}
    await broker.put(path, json={"active": True})
    await broker.post("/leads", json=LEAD)
    await broker.delete(path)
    assert backend.dispatcher.deliver_due() == 0
    for gone in (path, f"{path}/deliveries"):
        assert (await broker.get(gone)).status_code == 404


@pytest.mark.asyncio
async def test_list_subscriptions_as_bare_array(
    broker: httpx.AsyncClient, receiver: Receiver
) -> None:
    created = [await subscribe(broker, receiver.url, "all") for _ in range(3)]
    response = (await broker.get("/webhooks?limit=2")).json()
    assert set(response) == {"success", "data"}
    assert response["data"] == [created[2], created[1]]
    assert (await broker.get("/webhooks?limit=2&page=2")).json()["data"] == [created[0]]


@pytest.mark.asyncio
async def test_require_broker_or_admin_for_webhooks(backend: Backend) -> None:
    statuses: dict[str, int] = {}
    for account in ("broker", "admin", "agent"):
        async with connect_as(backend, f"{account}@example.com") as client:
            statuses[account] = (await client.get("/webhooks/events")).status_code
    assert statuses == {"broker": 200, "admin": 200, "agent": 403}


@pytest.mark.asyncio
async def test_return_event_catalog(broker: httpx.AsyncClient) -> None:
    catalog = (await broker.get("/webhooks/events")).json()
    assert set(catalog) == {"success", "data", "meta"}
    assert catalog["meta"]["total"] == len(catalog["data"])
    assert {
        "event": "escrow.created",
        "category": "escrow",
        "description": "An escrow was created",
        "payload": ["id", "status", "property_address", "escrow_number"],
    } in catalog["data"]
    grouped = (await broker.get("/webhooks/events/categories")).json()["data"]
    assert sorted(grouped) == catalog["meta"]["categories"]
    assert sorted(e for names in grouped.values() for e in names) == sorted(
        e["event"] for e in catalog["data"]
    )
