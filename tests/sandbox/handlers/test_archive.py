"""Archive, unarchive and the search for contacts."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.asyncio
@pytest.mark.parametrize("resource", ["escrows", "contacts"])
async def test_hide_archived_record_from_default_list(
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


@pytest.mark.asyncio
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
async def test_search_contacts_by_words_of_name_and_email(
    broker: httpx.AsyncClient, path: str, words: str, found: int
) -> None:
    person = {
        "first_name": "Quartz",
        "last_name": "Samplestone",
        "email": "quartz@example.org",
    }
    created = (await broker.post("/contacts", json=person)).json()["data"]
    assert created["full_name"] == "Quartz Samplestone"
    data = (await broker.get(path + words)).json()["data"]
    assert data["contacts"] == [created][:found]


@pytest.mark.asyncio
async def test_update_full_name_of_renamed_contact(broker: httpx.AsyncClient) -> None:
    person = {"first_name": "Quartz", "last_name": "Samplestone"}
    created = (await broker.post("/contacts", json=person)).json()["data"]
    changed = await broker.put(f"/contacts/{created['id']}", json={"last_name": "Sampleslate"})
    assert changed.json()["data"]["full_name"] == "Quartz Sampleslate"
