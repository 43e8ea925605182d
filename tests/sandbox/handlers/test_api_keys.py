"""API keys: shown once, stored as hashes, scoped, expiring, revocable."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from actuallycare_sandbox import Backend
from tests.sandbox.conftest import connect

ALL = {"all": ["read", "write"]}


@pytest_asyncio.fixture
async def owner(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    """The broker, by token."""
    token = backend.sessions.issue_token("broker@example.com")
    async with connect(backend, Authorization=f"Bearer {token}") as client:
        yield client


async def new_key(owner: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await owner.post("/api-keys", json={"name": "Nightly sync", "scopes": ALL} | fields)
    assert answer.status_code == 201
    data: dict[str, Any] = answer.json()["data"]
    return data


async def status(backend: Backend, key: str, path: str = "/listings") -> int:
    async with connect(backend, **{"X-API-Key": key}) as client:
        return (await client.get(path)).status_code


async def test_a_key_is_shown_once_and_stored_as_a_hash(
    owner: httpx.AsyncClient, backend: Backend
) -> None:
    created = await new_key(owner)
    key = created["key"]
    assert len(key) == 64
    assert set(key) <= set("0123456789abcdef")
    assert created["key_preview"] == f"{key[:8]}...{key[-4:]}"
    assert await status(backend, key) == 200
    listed = await owner.get("/api-keys")
    assert [k["name"] for k in listed.json()["data"]] == ["Nightly sync", "Example key"]
    assert key not in listed.text
    assert not {"key", "hash"} & set(listed.json()["data"][0])
    assert key.encode() not in backend.store.snapshot()


async def test_a_key_without_scopes_opens_nothing(
    owner: httpx.AsyncClient, backend: Backend
) -> None:
    answer = await owner.post("/api-keys", json={"name": "None"})
    assert answer.json()["data"]["scopes"] == {}
    assert await status(backend, answer.json()["data"]["key"]) == 403


async def test_scopes_change_from_the_next_request_on(
    owner: httpx.AsyncClient, backend: Backend
) -> None:
    created = await new_key(owner, scopes={"leads": ["read"]})
    assert await status(backend, created["key"]) == 403
    body = {"scopes": {"listings": ["read"]}}
    changed = await owner.patch(f"/api-keys/{created['id']}/scopes", json=body)
    assert changed.json()["data"]["scopes"] == body["scopes"]
    assert await status(backend, created["key"]) == 200
    assert await status(backend, created["key"], "/leads") == 403


@pytest.mark.parametrize(("days", "after"), [(1, 401), (2, 200), (None, 200)])
async def test_a_key_expires(
    owner: httpx.AsyncClient, backend: Backend, days: int | None, after: int
) -> None:
    created = await new_key(owner, **({"expiresInDays": days} if days else {}))
    assert (created["expires_at"] is None) == (days is None)
    backend.clock.advance(86_400)
    assert await status(backend, created["key"]) == after


async def test_a_revoked_key_stays_listed_and_opens_nothing(
    owner: httpx.AsyncClient, backend: Backend
) -> None:
    created = await new_key(owner)
    answer = await owner.put(f"/api-keys/{created['id']}/revoke")
    assert "data" not in answer.json()
    assert await status(backend, created["key"]) == 401
    listed = (await owner.get("/api-keys")).json()["data"]
    assert [k["is_active"] for k in listed] == [False, True]


async def test_a_deleted_key_is_gone(owner: httpx.AsyncClient, backend: Backend) -> None:
    created = await new_key(owner)
    path = f"/api-keys/{created['id']}"
    assert (await owner.delete(path)).status_code == 200
    assert await status(backend, created["key"]) == 401
    assert (await owner.delete(path)).status_code == 404
    assert len((await owner.get("/api-keys")).json()["data"]) == 1


async def test_the_last_use_is_told_to_the_minute(
    owner: httpx.AsyncClient, backend: Backend
) -> None:
    created = await new_key(owner)
    assert created["last_used_at"] is None
    for _ in range(2):
        await status(backend, created["key"])
        backend.clock.advance(10)
    first = (await owner.get("/api-keys")).json()["data"][0]["last_used_at"]
    backend.clock.advance(60)
    await status(backend, created["key"])
    assert (await owner.get("/api-keys")).json()["data"][0]["last_used_at"] > first > ""


async def test_somebody_elses_key_is_not_there(owner: httpx.AsyncClient, backend: Backend) -> None:
    created = await new_key(owner)
    token = backend.sessions.issue_token("agent@example.com")
    async with connect(backend, Authorization=f"Bearer {token}") as other:
        assert (await other.get("/api-keys")).json()["data"] == []
        assert (await other.put(f"/api-keys/{created['id']}/revoke")).status_code == 404


async def test_a_key_acts_as_its_user(backend: Backend) -> None:
    token = backend.sessions.issue_token("agent@example.com")
    async with connect(backend, Authorization=f"Bearer {token}") as agent:
        key = (await new_key(agent))["key"]
        by_token = (await agent.get("/listings?limit=100")).json()["data"]
    async with connect(backend, **{"X-API-Key": key}) as client:
        by_key = (await client.get("/listings?limit=100")).json()["data"]
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as broker:
        everything = (await broker.get("/listings?limit=100")).json()["data"]
        somebody_elses = next(
            r["id"] for r in everything["listings"] if r not in by_key["listings"]
        )
    assert by_key["listings"] == by_token["listings"]
    assert 0 < by_key["meta"]["total"] < everything["meta"]["total"]
    assert {r["user_id"] for r in by_key["listings"]} == {by_key["listings"][0]["user_id"]}
    assert await status(backend, key, f"/listings/{somebody_elses}") == 404
