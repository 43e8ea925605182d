"""Archive and restore records, and search for contacts."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.asyncio
@pytest.mark.parametrize(("resource", "undo"), [("escrows", "restore"), ("contacts", "unarchive")])
async def test_hide_archived_record_from_default_list(
    broker: httpx.AsyncClient, resource: str, undo: str
) -> None:
    async def ids(query: str = "") -> set[str]:
        data = (await broker.get(f"/{resource}?limit=100{query}")).json()["data"]
        return {record["id"] for record in data[resource]}

    id = next(iter(await ids()))
    archived = (await broker.patch(f"/{resource}/{id}/archive")).json()["data"]
    assert archived["is_archived"] is True
    assert id not in await ids()
    assert id in await ids("&archived=true")
    restored = (await broker.patch(f"/{resource}/{id}/{undo}")).json()["data"]
    assert restored["is_archived"] is False
    assert id in await ids()


@pytest.mark.asyncio
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
async def test_search_contacts_by_words_of_name_and_email(
    broker: httpx.AsyncClient, words: str, found: int
) -> None:
    person = {
        "contact_type": "buyer",
        "first_name": "Quartz",
        "last_name": "Samplestone",
        "email": "quartz@example.org",
    }
    created = (await broker.post("/contacts", json=person)).json()["data"]
    assert created["full_name"] == "Quartz Samplestone"
    data = (await broker.get(f"/contacts?search={words}")).json()["data"]
    assert data["contacts"] == [created][:found]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=QUARTZ&role=buyer", 1),
        ("name=quartz&role=lender", 0),
        ("email=quartz%40", 1),
        ("email=quartz%40&name=nobody", 0),
        ("name=quartz&limit=1", 1),
    ],
)
async def test_search_by_type_name_and_email(
    broker: httpx.AsyncClient, query: str, found: int
) -> None:
    person = {"first_name": "Quartz", "last_name": "Sample", "email": "quartz@example.org"}
    created = await broker.post("/contacts", json=person | {"contact_type": "buyer"})
    body = (await broker.get(f"/contacts/search?{query}")).json()
    assert body["data"] == [created.json()["data"]][:found]
    assert body["count"] == found


@pytest.mark.asyncio
async def test_update_full_name_of_renamed_contact(broker: httpx.AsyncClient) -> None:
    person = {"first_name": "Quartz", "last_name": "Samplestone", "contact_type": "buyer"}
    created = (await broker.post("/contacts", json=person)).json()["data"]
    changed = await broker.put(f"/contacts/{created['id']}", json={"last_name": "Sampleslate"})
    assert changed.json()["data"]["full_name"] == "Quartz Sampleslate"
