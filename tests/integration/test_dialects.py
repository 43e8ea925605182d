"""The SDK against both dialects of the sandbox, over a socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from actuallycare import AsyncActuallyCare, BadRequestError, ConflictError, Login
from actuallycare_sandbox import Limit, Limits, RunningSandbox, Settings, run_sandbox
from tests.smoke.steps import perform, steps

MANY = Limit(1_000_000, 900)
NEEDS_ARCHIVING = {"leads.delete", "escrows.delete", "appointments.delete"}


@pytest.fixture(scope="module")
def _running(dialect: Any) -> Iterator[RunningSandbox]:
    limits = Limits(MANY, MANY, MANY, MANY)
    settings = Settings(records=200, limits=limits, dialect=dialect, strict_statuses=True)
    with run_sandbox(settings) as running:
        yield running


@pytest.fixture
def sandbox(_running: RunningSandbox) -> RunningSandbox:
    _running.backend.reset()
    return _running


def connect(sandbox: RunningSandbox) -> AsyncActuallyCare:
    login = Login(sandbox.email, sandbox.password)
    return AsyncActuallyCare(sandbox.api_key, token=login, base_url=sandbox.base_url)


@pytest.mark.asyncio
async def test_every_list_gives_all_items(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        for name in ("listings", "clients", "leads", "appointments", "escrows", "contacts"):
            resource = getattr(client, name)
            items = await resource.list(limit=7).collect()
            page = await resource.list(limit=7)
            assert page.meta.total == len(items) > 7
            assert len({item.id for item in items}) == len(items)


@pytest.mark.asyncio
async def test_every_operation_but_deletes_of_unarchived_records(sandbox: RunningSandbox) -> None:
    older = sandbox.backend.settings.dialect == "older"
    async with connect(sandbox) as client:
        outcomes = await perform(client, steps(sandbox.email, sandbox.password))
    failed = {outcome.name: outcome.error or "" for outcome in outcomes if outcome.error}
    assert len(outcomes) == 64
    assert failed.keys() == (NEEDS_ARCHIVING if older else set())
    assert all("NOT_ARCHIVED" in error for error in failed.values())


@pytest.mark.asyncio
async def test_a_login_survives_its_refreshes(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        for _ in range(4):
            assert (await client.auth.get_profile()).email == sandbox.email
            sandbox.backend.clock.advance(1_000)
        log = [r.path for r in sandbox.backend.request_log.all() if r.path.startswith("/auth/")]
    assert log.count("/auth/login") == 1


@pytest.mark.asyncio
async def test_versions_and_archiving(sandbox: RunningSandbox) -> None:
    older = sandbox.backend.settings.dialect == "older"
    async with connect(sandbox) as client:
        lead = await client.leads.create(name="Alfa & Bravo")
        assert lead.name == ("Alfa &amp; Bravo" if older else "Alfa & Bravo")
        await client.leads.update(lead.id, status="contacted", version=1)
        with pytest.raises(ConflictError) as conflict:
            await client.leads.update(lead.id, status="qualified", version=1)
        assert conflict.value.details == {"currentVersion": 2, "attemptedVersion": 1}
        with pytest.raises(BadRequestError) as rule:
            await client.leads.update(lead.id, status="new")
        assert rule.value.code == "BUSINESS_RULE_VIOLATION"
        if older:
            with pytest.raises(BadRequestError) as rejected:
                await client.leads.delete(lead.id)
            assert rejected.value.code == "NOT_ARCHIVED"
            await client.request("PUT", f"/leads/{lead.id}/archive")
        assert await client.leads.delete(lead.id) is None


@pytest.mark.asyncio
async def test_prices_and_ids_of_escrows(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        escrow = await client.escrows.create(property_address="1 Sample Street", purchase_price=5)
        again = await client.escrows.get(escrow.id)
        assert again.id == escrow.id
        assert float(again.purchase_price or 0) == 5
        if sandbox.backend.settings.dialect == "older":
            assert escrow.id.startswith("ESC-")
            assert escrow.escrow_status == "active"
            closed = await client.escrows.update(escrow.id, escrow_status="closed")
            assert closed.escrow_status == "closed"


@pytest.mark.asyncio
async def test_the_action_delete_of_an_api_key(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        create = client.api_keys.create(name="Nightly", scopes={"leads": ["read", "delete"]})
        if sandbox.backend.settings.dialect == "older":
            assert (await create).scopes == {"leads": ["read", "delete"]}
        else:
            with pytest.raises(BadRequestError, match="scopes"):
                await create


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/clients", "/listings"])
async def test_what_the_dialect_sends(sandbox: RunningSandbox, path: str) -> None:
    """The tests above would prove nothing if both dialects sent the same."""
    older = sandbox.backend.settings.dialect == "older"
    headers = {"X-API-Key": sandbox.api_key}
    async with httpx.AsyncClient(base_url=sandbox.base_url, headers=headers) as http:
        body = (await http.get(path, params={"limit": 1})).json()
        login = await http.post(
            "/auth/login", json={"username": "broker", "password": sandbox.password}
        )
        token = login.json()["data"]["refreshToken"]
        refreshed = await http.post("/auth/refresh", json={"refreshToken": token})
    rows = body["data"] if isinstance(body["data"], list) else body["data"][path[1:]]
    price = rows[0]["budget_min" if path == "/clients" else "list_price"]
    assert isinstance(price, str if older else (int, float))
    assert ("pagination" in body) is older
    assert ("meta" in body["data"]) is not older
    tokens = refreshed.json()["data"]
    assert ("token" in tokens, "refreshToken" in tokens) == (not older, not older)
    assert ("refreshToken=" in refreshed.headers.get("set-cookie", "")) is older
    assert tokens["expiresIn"] == ("15m" if older else 900)
