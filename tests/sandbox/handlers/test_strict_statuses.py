"""The rules of an older back end on changes of status, which can be switched on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend
from tests.sandbox.conftest import connect_as

NEW: dict[str, Any] = {
    "listings": {"address": "1 Sandbox Street", "list_price": 1},
    "escrows": {"property_address": "1 Sandbox Street"},
    "leads": {"name": "Alfa Sample"},
    "appointments": {
        "title": "Showing",
        "start_time": "2026-07-10T17:00:00Z",
        "end_time": "2026-07-10T18:00:00Z",
    },
}
PATHS = [
    ("listings", ["active", "pending", "sold"]),
    ("listings", ["active", "withdrawn", "active", "expired", "active"]),
    ("escrows", ["pending", "active", "closed"]),
    ("leads", ["new", "contacted", "qualified", "converted"]),
    ("leads", ["new", "lost", "contacted", "unqualified"]),
    ("appointments", ["scheduled", "no_show"]),
]
FORBIDDEN = [
    ("listings", ["active", "sold"]),
    ("listings", ["withdrawn", "pending"]),
    ("escrows", ["pending", "closed"]),
    ("escrows", ["cancelled", "active"]),
    ("leads", ["new", "qualified"]),
    ("appointments", ["completed", "scheduled"]),
]


async def change(api: httpx.AsyncClient, kind: str, statuses: list[str]) -> list[httpx.Response]:
    """Create a record with the first status, and give it the others."""
    created = await api.post(f"/{kind}", json=NEW[kind] | {"status": statuses[0]})
    assert created.status_code == 201, created.text
    path = f"/{kind}/{created.json()['data']['id']}"
    return [await api.put(path, json={"status": status}) for status in statuses[1:]]


@pytest.mark.asyncio
@pytest.mark.parametrize("dialect", ["published", "older"])
@pytest.mark.parametrize(("kind", "statuses"), PATHS)
async def test_allow_next_status(
    make_backend: Callable[..., Backend], kind: str, statuses: list[str], dialect: str
) -> None:
    backend = make_backend(records=10, strict_statuses=True, dialect=dialect)
    async with connect_as(backend, "broker@example.com") as api:
        answers = await change(api, kind, statuses)
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.asyncio
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(("kind", "statuses"), FORBIDDEN)
async def test_reject_other_status_only_when_strict(
    make_backend: Callable[..., Backend], kind: str, statuses: list[str], strict: bool
) -> None:
    backend = make_backend(records=10, strict_statuses=strict)
    async with connect_as(backend, "broker@example.com") as api:
        [answer] = await change(api, kind, statuses)
    if not strict:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "BUSINESS_RULE_VIOLATION"
