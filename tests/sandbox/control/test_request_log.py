"""The request log."""

from __future__ import annotations

import json

import httpx
import pytest

from actuallycare_sandbox import Backend


@pytest.mark.asyncio
async def test_record_requests_without_credentials(
    api: httpx.AsyncClient, backend: Backend
) -> None:
    body = {"name": "Alfa Sample"}
    await api.post("/leads", json=body)
    await api.get("/listings?status=active&limit=2")
    login = {"email": "broker@example.com", "password": "Wrong-Passw0rd"}
    await api.post("/auth/login", json=login, headers={"Authorization": "Bearer secret-token"})
    response = await api.get("http://sandbox.test/_sandbox/requests")
    requests = response.json()["requests"]
    assert [(r["method"], r["path"], r["query"], r["status"]) for r in requests] == [
        ("POST", "/leads", "", 201),
        ("GET", "/listings", "status=active&limit=2", 200),
        ("POST", "/auth/login", "", 401),
    ]
    assert json.loads(requests[0]["body"]) == body
    assert requests[2]["body"] is None
    for secret in (backend.example.api_key, "Wrong-Passw0rd", "Bearer secret-token"):
        assert secret not in response.text
    await api.delete("http://sandbox.test/_sandbox/requests")
    assert backend.request_log.all() == []


@pytest.mark.asyncio
async def test_keep_latest_requests_only(api: httpx.AsyncClient, backend: Backend) -> None:
    for number in range(1_010):
        await api.get(f"/nowhere/{number}")
    kept = backend.request_log.all()
    assert (len(kept), kept[-1].path) == (1_000, "/nowhere/1009")


@pytest.mark.asyncio
async def test_record_no_webhook_secret(broker: httpx.AsyncClient, backend: Backend) -> None:
    body = {"url": "http://127.0.0.1:9/x", "events": ["all"], "secret": "marker-secret"}
    assert (await broker.post("/webhooks", json=body)).status_code == 201
    await broker.get("/leads?token=marker-secret")
    assert "marker-secret" not in str([seen.to_dict() for seen in backend.request_log.all()])
