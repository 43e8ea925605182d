"""Credentials and the scopes of API keys."""

from __future__ import annotations

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.data.query import Selection
from actuallycare_sandbox.json_value import Record
from tests.sandbox.conftest import connect


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "NO_AUTH_TOKEN"),
        ({"X-API-Key": "0" * 64}, "UnauthorizedError"),
        ({"API-Key": "0" * 64}, "UnauthorizedError"),
        ({"Authorization": "Bearer nonsense"}, "UnauthorizedError"),
        ({"Authorization": "Basic YTpi"}, "NO_AUTH_TOKEN"),
    ],
)
async def test_reject_unknown_credential(
    anonymous: httpx.AsyncClient, headers: dict[str, str], code: str
) -> None:
    response = await anonymous.get("/listings", headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (401, code)


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/api-keys", "/contacts", "/webhooks", "/billing/plans"])
async def test_ignore_key_where_only_tokens_are_accepted(api: httpx.AsyncClient, path: str) -> None:
    response = await api.get(path)
    assert response.status_code == 401
    assert response.json()["error"]["message"] == "No authentication token provided"


@pytest.mark.asyncio
async def test_accept_older_header_name(backend: Backend) -> None:
    async with connect(backend, **{"API-Key": backend.example.api_key}) as api:
        assert (await api.get("/listings")).status_code == 200


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        ({}, 403, 403),
        ({"listings": ["read"]}, 200, 403),
        ({"listings": ["write"]}, 403, 201),
        ({"leads": ["read", "write"]}, 403, 403),
        ({"all": ["read"]}, 200, 403),
        ({"all": ["read", "write"]}, 200, 201),
    ],
)
async def test_enforce_scopes_of_key(
    backend: Backend, scopes: Record, reads: int, writes: int
) -> None:
    key = backend.store.first(Selection("api_keys"))
    assert key is not None
    backend.store.put("api_keys", key | {"scopes": scopes})
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        body = {"address": "1 Sandbox Street", "list_price": 1}
        assert (await api.get("/listings")).status_code == reads
        assert (await api.post("/listings", json=body)).status_code == writes
