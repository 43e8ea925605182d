"""API keys: shown once, stored as hashes, scoped, expiring, revocable."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend
from tests.sandbox.conftest import connect, connect_as

ALL = {"all": ["read", "write"]}


async def new_key(broker: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    response = await broker.post("/api-keys", json={"name": "Nightly sync", "scopes": ALL} | fields)
    assert response.status_code == 201
    data: dict[str, Any] = response.json()["data"]
    return data


async def status(backend: Backend, key: str, path: str = "/listings") -> int:
    async with connect(backend, **{"X-API-Key": key}) as client:
        return (await client.get(path)).status_code


@pytest.mark.asyncio
async def test_show_key_once_and_store_its_hash(
    broker: httpx.AsyncClient, backend: Backend
) -> None:
    created = await new_key(broker)
    key = created["key"]
    assert len(key) == 64
    assert set(key) <= set("0123456789abcdef")
    assert created["key_preview"] == f"{key[:8]}...{key[-4:]}"
    assert await status(backend, key) == 200
    listed = await broker.get("/api-keys")
    assert [k["name"] for k in listed.json()["data"]] == ["Nightly sync", "Example key"]
    assert key not in listed.text
    assert not {"key", "hash"} & set(listed.json()["data"][0])
    assert key.encode() not in backend.store.snapshot()


@pytest.mark.asyncio
async def test_reject_key_without_scopes(broker: httpx.AsyncClient, backend: Backend) -> None:
    response = await broker.post("/api-keys", json={"name": "None"})
    assert response.json()["data"]["scopes"] == {}
    assert await status(backend, response.json()["data"]["key"]) == 403


@pytest.mark.asyncio
async def test_apply_changed_scopes_to_next_request(
    broker: httpx.AsyncClient, backend: Backend
) -> None:
    created = await new_key(broker, scopes={"leads": ["read"]})
    assert await status(backend, created["key"]) == 403
    body = {"scopes": {"listings": ["read"]}}
    changed = await broker.patch(f"/api-keys/{created['id']}/scopes", json=body)
    assert changed.json()["data"]["scopes"] == body["scopes"]
    assert await status(backend, created["key"]) == 200
    assert await status(backend, created["key"], "/leads") == 403


@pytest.mark.asyncio
@pytest.mark.parametrize(("days", "after"), [(1, 401), (2, 200), (None, 200)])
async def test_reject_expired_key(
    broker: httpx.AsyncClient, backend: Backend, days: int | None, after: int
) -> None:
    created = await new_key(broker, **({"expiresInDays": days} if days else {}))
    assert (created["expires_at"] is None) == (days is None)
    backend.clock.advance(86_400)
    assert await status(backend, created["key"]) == after


@pytest.mark.asyncio
async def test_list_but_reject_revoked_key(broker: httpx.AsyncClient, backend: Backend) -> None:
    created = await new_key(broker)
    response = await broker.put(f"/api-keys/{created['id']}/revoke")
    assert "data" not in response.json()
    assert await status(backend, created["key"]) == 401
    listed = (await broker.get("/api-keys")).json()["data"]
    assert [k["is_active"] for k in listed] == [False, True]


@pytest.mark.asyncio
async def test_delete_key(broker: httpx.AsyncClient, backend: Backend) -> None:
    created = await new_key(broker)
    path = f"/api-keys/{created['id']}"
    assert (await broker.delete(path)).status_code == 200
    assert await status(backend, created["key"]) == 401
    assert (await broker.delete(path)).status_code == 404
    assert len((await broker.get("/api-keys")).json()["data"]) == 1


@pytest.mark.asyncio
async def test_update_last_use_once_a_minute(broker: httpx.AsyncClient, backend: Backend) -> None:
    created = await new_key(broker)
    assert created["last_used_at"] is None
    for _ in range(2):
        await status(backend, created["key"])
        backend.clock.advance(10)
    first = (await broker.get("/api-keys")).json()["data"][0]["last_used_at"]
    backend.clock.advance(60)
    await status(backend, created["key"])
    assert (await broker.get("/api-keys")).json()["data"][0]["last_used_at"] > first > ""


@pytest.mark.asyncio
async def test_hide_key_of_another_user(broker: httpx.AsyncClient, backend: Backend) -> None:
    created = await new_key(broker)
    async with connect_as(backend, "agent@example.com") as other:
        assert (await other.get("/api-keys")).json()["data"] == []
        assert (await other.put(f"/api-keys/{created['id']}/revoke")).status_code == 404


@pytest.mark.asyncio
async def test_limit_key_to_records_of_its_user(backend: Backend) -> None:
    async with connect_as(backend, "agent@example.com") as agent:
        key = (await new_key(agent))["key"]
        by_token = (await agent.get("/listings?limit=100")).json()["data"]
    async with connect(backend, **{"X-API-Key": key}) as client:
        by_key = (await client.get("/listings?limit=100")).json()["data"]
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        everything = (await api.get("/listings?limit=100")).json()["data"]
        other_id = next(r["id"] for r in everything["listings"] if r not in by_key["listings"])
    assert by_key["listings"] == by_token["listings"]
    assert 0 < by_key["meta"]["total"] < everything["meta"]["total"]
    assert {r["user_id"] for r in by_key["listings"]} == {by_key["listings"][0]["user_id"]}
    assert await status(backend, key, f"/listings/{other_id}") == 404
