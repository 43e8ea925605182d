"""Requests that are wrong: the documented error, never a 500."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.data.query import Selection
from actuallycare_sandbox.json_value import Record
from tests.sandbox.conftest import connect

JSON = {"Content-Type": "application/json"}


async def test_every_wrong_field_is_named(api: httpx.AsyncClient) -> None:
    body = {"list_price": "dear", "bedrooms": 1.5, "status": "lost", "listing_date": "tomorrow"}
    answer = await api.post("/listings", json=body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["message"]) == ("VALIDATION_ERROR", "Validation failed")
    problems = {d["field"]: d["message"] for d in error["details"]}
    assert problems == {
        "address": "address is required",
        "bedrooms": "bedrooms must be integer or null",
        "list_price": "list_price must be number",
        "listing_date": "listing_date must be a valid date",
        "status": "status must be one of: active, pending, sold, withdrawn, expired",
    }


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{", JSON),
        (b"", JSON),
        (b"\xff", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b'{"address": "x", "list_price": NaN}', JSON),
        (b'{"address": "\\ud800", "list_price": 1}', JSON),
        (b"[" * 100_000, JSON),
        (b'{"address": "x", "list_price": ' + b"9" * 5_000 + b"}", JSON),
        (b'{"address": "x", "list_price": 1}', {"Content-Type": "text/plain"}),
        (b'{"address": "x", "list_price": 1}', {}),
        (b"{}" + b" " * 1_000_000, JSON),
    ],
    ids=[
        "cut off",
        "empty",
        "no UTF-8",
        "array",
        "null",
        "NaN",
        "half a surrogate pair",
        "deep",
        "endless number",
        "text/plain",
        "no type",
        "over the limit",
    ],
)
async def test_a_body_that_is_none_is_a_400(
    api: httpx.AsyncClient, body: bytes, headers: dict[str, str]
) -> None:
    answer = await api.post("/listings", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "VALIDATION_ERROR"
    assert answer.json()["error"]["details"][0]["field"] == "body"


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
async def test_what_is_not_there_is_said_in_the_envelope(
    api: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await api.request(method, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["success"] is False


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
async def test_odd_but_documented_requests_are_answered(api: httpx.AsyncClient, path: str) -> None:
    assert (await api.get(path)).status_code == 200


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
async def test_who_is_not_known_gets_401(
    anonymous: httpx.AsyncClient, headers: dict[str, str], code: str
) -> None:
    answer = await anonymous.get("/listings", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, code)


@pytest.mark.parametrize("path", ["/api-keys", "/contacts", "/webhooks", "/billing/plans"])
async def test_jwt_only_groups_do_not_see_a_key(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(path)
    assert answer.status_code == 401
    assert answer.json()["error"]["message"] == "No authentication token provided"


async def test_the_older_header_name_works_too(backend: Backend) -> None:
    async with connect(backend, **{"API-Key": backend.example.api_key}) as api:
        assert (await api.get("/listings")).status_code == 200


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
async def test_a_key_may_do_what_its_scopes_say(
    backend: Backend, scopes: Record, reads: int, writes: int
) -> None:
    key = backend.store.first(Selection("api_keys"))
    assert key is not None
    backend.store.put("api_keys", key | {"scopes": scopes})
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        body = {"address": "1 Sandbox Street", "list_price": 1}
        assert (await api.get("/listings")).status_code == reads
        assert (await api.post("/listings", json=body)).status_code == writes


async def test_a_fault_of_the_sandbox_shows_no_traceback(
    backend: Backend, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(backend.store, "select", fail)
    answer = await api.get("/listings")
    assert answer.status_code == 500
    assert answer.json()["error"] == {"code": "INTERNAL_ERROR", "message": "Internal server error"}
    assert answer.json()["errorId"]
    assert "secret detail" not in answer.text
    assert "RateLimit-Limit" in answer.headers


async def test_a_refused_request_changes_nothing(
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
