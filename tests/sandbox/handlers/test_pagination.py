"""Pages of every list, at every boundary."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.data.query import Selection, where
from actuallycare_sandbox.spec.document import load
from tests.sandbox.scenarios import WEBHOOK

PAGED = [
    operation.path
    for operation in load().operations
    if operation.method == "GET" and operation.parameter("page")
]
ARCHIVABLE = ("contacts", "escrows")


@pytest.fixture
def backend(make_backend: Callable[..., Backend]) -> Backend:
    """A backend with enough records for several pages of 100."""
    return make_backend(records=1_000, background=False)


async def prepare(client: httpx.AsyncClient, backend: Backend, path: str) -> tuple[str, int]:
    """Return the path of a list and the number of its records."""
    kind = path.strip("/")
    if kind.startswith("webhooks"):
        created = [(await client.post("/webhooks", json=WEBHOOK)).json()["data"] for _ in range(3)]
        for _ in range(40):
            await client.post("/leads", json={"name": "Alfa Sample"})
        return path.replace("{id}", created[0]["id"]), 40 if "{id}" in path else 3
    shown = (where("is_archived", False),) if kind in ARCHIVABLE else ()
    return path, backend.store.count(Selection(kind, shown))


def test_find_every_list_with_pages() -> None:
    assert PAGED == [
        "/appointments",
        "/clients",
        "/contacts",
        "/escrows",
        "/leads",
        "/listings",
        "/webhooks",
        "/webhooks/{id}/deliveries",
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize("path", PAGED)
async def test_return_pages_at_every_boundary(
    broker: httpx.AsyncClient, backend: Backend, path: str
) -> None:
    path, total = await prepare(broker, backend, path)
    default = 20 if path == "/escrows" else 25
    for limit in (None, 1, 2, 7, 99, 100):
        size = limit or default
        last = math.ceil(total / size)
        for page in {None, 1, 2, max(1, last - 1), last, last + 1, 10**20}:
            query = {"limit": limit, "page": page}
            params = {name: value for name, value in query.items() if value is not None}
            body = (await broker.get(path, params=params)).json()
            number = page or 1
            count = max(0, min(size, total - (number - 1) * size))
            records, meta = parts(body)
            assert len(records) == count, params
            if meta is not None:
                expected = {"page": number, "limit": size, "total": total, "totalPages": last}
                assert meta == expected | {"hasMore": number < last}, params


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "query",
    [
        "limit=101",
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=",
        "limit=1.5",
        "limit=1e2",
        "limit=%D9%A1",
        "page=0",
        "page=-1",
        "page=one",
        "page=1&page=2",
    ],
)
async def test_reject_invalid_page(broker: httpx.AsyncClient, query: str) -> None:
    webhook = (await broker.post("/webhooks", json=WEBHOOK)).json()["data"]["id"]
    name = query.partition("=")[0]
    lists = [f"{path.replace('{id}', webhook)}?{query}" for path in PAGED]
    if name == "limit":
        lists.append(f"/contacts/search?q=sample&{query}")
    for path in lists:
        response = await broker.get(path)
        assert response.status_code == 400, path
        error = response.json()["error"]
        assert error["code"] == "VALIDATION_ERROR"
        assert [d["field"] for d in error["details"]] == [name]


def parts(body: dict[str, Any]) -> tuple[list[Any], dict[str, Any] | None]:
    """Return the records and the `meta` of a list."""
    data = body["data"]
    if isinstance(data, list):
        return data, None
    return next(value for value in data.values() if isinstance(value, list)), data["meta"]


@pytest.mark.asyncio
async def test_return_whole_list_in_pages(api: httpx.AsyncClient, backend: Backend) -> None:
    async def ids(limit: int) -> list[str]:
        found: list[str] = []
        for page in range(1, 100):
            query = {"limit": limit, "page": page}
            data = (await api.get("/listings", params=query)).json()["data"]
            found += [record["id"] for record in data["listings"]]
            if not data["meta"]["hasMore"]:
                break
        return found

    stored = [record["id"] for record in backend.store.select(Selection("listings"))]
    assert await ids(7) == await ids(100) == stored


@pytest.mark.asyncio
async def test_return_documented_layout_of_each_list(api: httpx.AsyncClient) -> None:
    shapes = {
        "listings": ({"listings", "meta", "stats"}, 25),
        "clients": ({"clients", "meta"}, 25),
        "leads": ({"leads", "meta", "stats", "cursors"}, 25),
        "escrows": ({"escrows", "meta", "stats"}, 20),
        "appointments": ({"appointments", "meta"}, 25),
    }
    for resource, (names, limit) in shapes.items():
        body = (await api.get(f"/{resource}")).json()
        assert set(body["data"]) == names
        assert body["data"]["meta"]["limit"] == limit
        assert "timestamp" in body
