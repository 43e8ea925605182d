"""Operations beside create, read, update and delete: conversion, archive, search, billing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from actuallycare_sandbox import Backend
from actuallycare_sandbox.handlers.leads import client_from_lead
from tests.sandbox.conftest import connect

LEAD = {
    "name": "Bravo van Sample",
    "email": "bravo@example.com",
    "phone": "(661) 555-0101",
    "source": "Referral",
    "lead_type": "seller",
    "budget": 380_000,
    "timeline": "3-6 months",
}


@pytest_asyncio.fixture
async def broker(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    token = backend.sessions.issue_token("broker@example.com")
    async with connect(backend, Authorization=f"Bearer {token}") as client:
        yield client


async def test_a_lead_becomes_a_client_once(api: httpx.AsyncClient) -> None:
    lead = (await api.post("/leads", json=LEAD)).json()["data"]
    answer = await api.post(f"/leads/{lead['id']}/convert")
    assert answer.status_code == 201
    client = answer.json()["data"]["client"]
    assert client["lead_id"] == lead["id"]
    assert (client["first_name"], client["last_name"]) == ("Bravo", "van Sample")
    assert (client["client_type"], client["budget_max"]) == ("seller", 380_000)
    assert (await api.get(f"/clients/{client['id']}")).json()["data"] == client
    converted = (await api.get(f"/leads/{lead['id']}")).json()["data"]
    assert (converted["status"], converted["client_id"]) == ("converted", client["id"])
    again = await api.post(f"/leads/{lead['id']}/convert", json={"client_type": "buyer"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "CONFLICT")


async def test_a_converted_lead_keeps_its_source_and_timeline(api: httpx.AsyncClient) -> None:
    lead = (await api.post("/leads", json=LEAD)).json()["data"]
    await api.post(f"/leads/{lead['id']}/convert", json={"client_type": "both"})
    changes = {"source": "Other", "timeline": "now", "notes": "changed"}
    after = (await api.put(f"/leads/{lead['id']}", json=changes)).json()["data"]
    assert (after["source"], after["timeline"], after["notes"]) == (
        "Referral",
        "3-6 months",
        "changed",
    )


@pytest.mark.parametrize(
    ("lead", "wanted", "client"),
    [
        ({"lead_type": "seller"}, {}, {"client_type": "seller"}),
        ({"lead_type": "seller"}, {"client_type": "both"}, {"client_type": "both"}),
        ({"lead_type": "investor"}, {}, {"client_type": "buyer"}),
        ({"lead_type": None}, {}, {"client_type": "buyer"}),
        ({"name": "Mono"}, {}, {"first_name": "Mono", "last_name": ""}),
        ({"name": "  Two  Words "}, {}, {"first_name": "Two", "last_name": " Words"}),
    ],
)
def test_what_a_client_takes_from_its_lead(
    lead: dict[str, Any], wanted: dict[str, Any], client: dict[str, Any]
) -> None:
    made = client_from_lead({"id": "1", "name": "A B", "lead_type": None} | lead, wanted)
    assert client.items() <= made.items()


@pytest.mark.parametrize("resource", ["escrows", "contacts"])
async def test_an_archived_record_leaves_the_default_list(
    broker: httpx.AsyncClient, resource: str
) -> None:
    async def ids(query: str = "") -> set[str]:
        data = (await broker.get(f"/{resource}?limit=100{query}")).json()["data"]
        return {record["id"] for record in data[resource]}

    id = next(iter(await ids()))
    archived = (await broker.put(f"/{resource}/{id}/archive")).json()["data"]
    assert archived["is_archived"] is True
    assert id not in await ids()
    assert id in await ids("&archived=true")
    restored = (await broker.put(f"/{resource}/{id}/unarchive")).json()["data"]
    assert restored["is_archived"] is False
    assert id in await ids()


@pytest.mark.parametrize("path", ["/contacts?search=", "/contacts/search?q="])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("quartz", 1),
        ("QUARTZ", 1),
        ("quartz%20samplestone", 1),
        ("samplestone%20quartz", 1),
        ("quartz%40example", 1),
        ("quartz%20nobody", 0),
        ("%25", 0),
        ("_", 0),
    ],
)
async def test_contacts_are_found_by_the_words_of_name_and_email(
    broker: httpx.AsyncClient, path: str, words: str, found: int
) -> None:
    person = {
        "first_name": "Quartz",
        "last_name": "Samplestone",
        "email": "quartz@example.org",
    }
    made = (await broker.post("/contacts", json=person)).json()["data"]
    assert made["full_name"] == "Quartz Samplestone"
    data = (await broker.get(path + words)).json()["data"]
    assert data["contacts"] == [made][:found]


async def test_a_renamed_contact_has_its_full_name(broker: httpx.AsyncClient) -> None:
    person = {"first_name": "Quartz", "last_name": "Samplestone"}
    made = (await broker.post("/contacts", json=person)).json()["data"]
    changed = await broker.put(f"/contacts/{made['id']}", json={"last_name": "Sampleslate"})
    assert changed.json()["data"]["full_name"] == "Quartz Sampleslate"


async def test_plans_are_public_and_their_checkout_identifiers_are_not(
    anonymous: httpx.AsyncClient, broker: httpx.AsyncClient
) -> None:
    public = (await anonymous.get("/billing/public-plans")).json()
    inner = (await broker.get("/billing/plans")).json()
    assert set(public) == {"success", "data"}
    assert set(public["data"]) == {"plans", "currency", "version"}
    assert "monthlyPriceId" not in public["data"]["plans"][0]
    assert inner["data"]["plans"][0].items() > public["data"]["plans"][0].items()
    assert (await anonymous.get("/billing/plans")).status_code == 401


async def test_a_checkout_begins_a_trial(broker: httpx.AsyncClient) -> None:
    for request in (("GET", "/billing/subscription"), ("POST", "/billing/portal")):
        assert (await broker.request(*request)).status_code == 404
    body = {"planKey": "team", "interval": "yearly", "seats": 7}
    url = (await broker.post("/billing/checkout", json=body)).json()["data"]["url"]
    assert url.startswith("https://billing.example.com/")
    subscription = (await broker.get("/billing/subscription")).json()["data"]
    assert (subscription["status"], subscription["plan"], subscription["seats"]) == (
        "trialing",
        "team",
        7,
    )
    assert (await broker.post("/billing/portal")).status_code == 200


async def test_somebody_without_an_account_can_check_out(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.post("/billing/public-checkout", json={"email": "new@example.com"})
    assert answer.json()["data"]["url"].startswith("https://")
