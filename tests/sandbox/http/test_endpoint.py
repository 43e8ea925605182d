"""Error responses of the endpoint, never an unexpected 500."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.data.query import Selection
from tests.sandbox.conftest import connect


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "NOT_FOUND"),
        ("GET", "/listings/not-a-uuid", 404, "NOT_FOUND"),
        ("GET", "/listings/00000000-0000-4000-8000-000000000000", 404, "NOT_FOUND"),
        ("GET", "/listings/", 404, "NOT_FOUND"),
        ("GET", "//listings", 404, "NOT_FOUND"),
        ("PATCH", "/listings", 405, "METHOD_NOT_ALLOWED"),
        ("TRACE", "/listings", 405, "METHOD_NOT_ALLOWED"),
    ],
)
async def test_return_envelope_for_missing_route_or_record(
    api: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    response = await api.request(method, path)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert response.json()["success"] is False
    is_record = path.startswith("/listings/") and path != "/listings/"
    assert ("suggestion" in response.json()["error"]) is (status == 404 and not is_record)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "path",
    [
        "/escrows?search=" + "a%20" * 5_000,
        "/escrows?search=%00",
        "/escrows?sort=%27%3B--",
        "/listings?minPrice=1e309&maxPrice=-1e309",
        "/listings?" + "unknown=1&" * 5_000,
    ],
    ids=["5,000 words", "NUL", "SQL", "beyond every number", "unknown parameters"],
)
async def test_accept_unusual_query(api: httpx.AsyncClient, path: str) -> None:
    assert (await api.get(path)).status_code == 200


@pytest.mark.asyncio
async def test_hide_traceback_of_internal_error(
    backend: Backend, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(backend.store, "select", fail)
    response = await api.get("/listings")
    assert response.status_code == 500
    assert response.json()["error"] == {
        "code": "INTERNAL_ERROR",
        "message": "Internal server error",
    }
    assert response.json()["errorId"]
    assert "secret detail" not in response.text
    assert "RateLimit-Limit" in response.headers


@pytest.mark.asyncio
async def test_roll_back_failed_request(
    make_backend: Callable[..., Backend], monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = make_backend()
    before = backend.store.snapshot()
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        monkeypatch.setattr(
            "actuallycare_sandbox.handlers.context.RequestContext.emit",
            lambda *_: (_ for _ in ()).throw(OSError()),
        )
        body = {"address": "1 Sandbox Street", "list_price": 1}
        assert (await api.post("/listings", json=body)).status_code == 500
    assert backend.store.count(Selection("listings")) == 80
    assert len(backend.store.snapshot()) == len(before)
