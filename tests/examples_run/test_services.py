"""The example services, served by uvicorn in a process of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from actuallycare import AsyncActuallyCare, webhooks
from actuallycare.models import Listing
from actuallycare_sandbox import Fault, RunningSandbox
from tests.examples_run.conftest import service

SECRET = "an-example-of-a-secret"


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ({"kind": "status", "status": 503, "times": None}, 502, "could not be used"),
        ({"kind": "html", "status": 502, "times": None}, 502, "could not be used"),
        ({"kind": "status", "status": 429, "retry_after": 77}, 503, "try again later"),
        ({"kind": "status", "status": 401, "code": "INVALID_KEY"}, 502, "could not be used"),
        ({"kind": "truncate", "times": None}, 502, "could not be used"),
        ({"kind": "status", "status": 503, "times": 1}, 200, None),
        ({"kind": "drop", "times": 1}, 200, None),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_errors_of_the_sdk_become_answers_of_the_service(
    fault: dict[str, Any], status: int, said: str | None, fastapi_url: str, sandbox: RunningSandbox
) -> None:
    sandbox.backend.faults.add(Fault(path="/listings", **fault))
    answer = httpx.get(f"{fastapi_url}/listings", timeout=20)
    sandbox.backend.faults.clear()
    assert answer.status_code == status
    if said is not None:
        assert said in answer.json()["error"]
    if status == 503:
        assert answer.headers["Retry-After"] == "77"
    assert sandbox.api_key not in answer.text


def test_a_slow_api_is_a_gateway_timeout(fastapi_url: str, sandbox: RunningSandbox) -> None:
    sandbox.backend.faults.add(Fault("latency", seconds=3, times=None, path="/listings"))
    answer = httpx.get(f"{fastapi_url}/listings", timeout=20)
    sandbox.backend.faults.clear()
    assert answer.status_code == 504


@pytest.fixture(scope="module")
def fastapi_url(_sandbox: RunningSandbox) -> Any:
    given = {"ACTUALLYCARE_API_KEY": _sandbox.api_key, "ACTUALLYCARE_BASE_URL": _sandbox.base_url}
    with service("fastapi_service", {**os.environ, **given}) as url:
        yield url


def test_the_service_reads_and_writes_listings(fastapi_url: str, sandbox: RunningSandbox) -> None:
    with httpx.Client(base_url=fastapi_url, timeout=20) as http:
        found = http.get("/listings", params={"status": "sold"}).json()
        assert {listing["status"] for listing in found} == {"sold"}
        id = found[0]["id"]
        changed = http.put(f"/listings/{id}/price", json={"price": 123_456}).json()
        read = http.get(f"/listings/{id}").json()
        assert changed["list_price"] == read["list_price"] == 123_456
        assert read.keys() >= {"id", "address", "created_at", "listing_date"}
        assert http.get("/listings/no-such-listing").status_code == 404
        assert http.get("/listings", params={"status": "actve"}).status_code == 422
        refused = http.put(f"/listings/{id}/price", json={"price": -5})
        assert refused.status_code == 400, refused.text
        assert refused.json()["details"], "the API's own words about the field"


def test_the_service_describes_the_records_of_the_sdk(fastapi_url: str) -> None:
    document = httpx.get(f"{fastapi_url}/openapi.json", timeout=20).json()
    described = document["components"]["schemas"]["Listing"]
    assert described["properties"].keys() == Listing(id="1").to_dict().keys()
    content = document["paths"]["/listings"]["get"]["responses"]["200"]["content"]
    items = content["application/json"]["schema"]["items"]
    assert items == {"$ref": "#/components/schemas/Listing"}


async def until(holds: Callable[[], Any]) -> None:
    with anyio.fail_after(20):
        while not await holds():  # noqa: ASYNC110
            await anyio.sleep(0.05)


def signed(number: int) -> tuple[bytes, dict[str, str]]:
    """A delivery about nobody."""
    at = datetime.now(UTC).isoformat()
    body = f'{{"event": "lead.deleted", "data": {{"id": "nobody-{number}"}}}}'.encode()
    return body, {
        "X-Webhook-Event": "lead.deleted",
        "X-Webhook-Timestamp": at,
        "X-Webhook-Signature": webhooks.sign(body, SECRET),
    }


async def sent_again(http: httpx.AsyncClient, number: int = 1) -> tuple[int, str]:
    body, headers = signed(number)
    answer = await http.post("/hooks/actuallycare", content=body, headers=headers)
    return answer.status_code, answer.json()["status"]


async def no_delivery_twice(http: httpx.AsyncClient) -> None:
    assert await sent_again(http) == (200, "done")
    assert await sent_again(http) == (200, "duplicate")
    assert await sent_again(http, 2) == (200, "done")


async def delete_lead(client: AsyncActuallyCare, id: str, sandbox: RunningSandbox) -> None:
    if sandbox.backend.settings.dialect == "older":  # it deletes archived leads only
        await client.request("PUT", f"/leads/{id}/archive")
    await client.leads.delete(id)


@pytest.mark.asyncio
async def test_the_receiver_gets_deliveries_and_finds_missed_ones(
    tmp_path: Path,
    environment: dict[str, str],
    client: AsyncActuallyCare,
    sandbox: RunningSandbox,
) -> None:
    given = {
        "LEADS_DB": str(tmp_path / "leads.sqlite"),
        "WEBHOOK_SECRET": f"the-former-secret {SECRET}",
        "RECONCILE_SECONDS": "3600",
    }

    async def shown() -> dict[str, list[Any]]:
        answer = await http.get("/leads")
        return {row[0]: row for row in answer.json()}

    async with client, httpx.AsyncClient(timeout=20) as http:
        known = {lead.id for lead in await client.leads.list(limit=100).collect()}

        async def has_all() -> bool:
            return set(await shown()) == known

        with service("webhook_receiver", {**environment, **given}) as url:
            http.base_url = httpx.URL(url)
            await until(has_all)  # the first pass
            hook = await client.webhooks.create(
                url=f"{url}/hooks/actuallycare",
                events=["lead.created", "lead.updated", "lead.deleted"],
                secret=SECRET,
            )
            lead = await client.leads.create(name="Delivered", email="a@example.com")
            known.add(lead.id)
            await until(has_all)
            await client.leads.update(lead.id, status="contacted")

            async def contacted() -> bool:
                return (await shown())[lead.id][3] == "contacted"

            await until(contacted)
            await delete_lead(client, lead.id, sandbox)
            known.remove(lead.id)
            await until(has_all)
            await no_delivery_twice(http)
            refused = await http.post("/hooks/actuallycare", json={"event": "lead.created"})
            assert (refused.status_code, refused.json()) == (401, {"status": "signature_missing"})
            await client.webhooks.delete(hook.id)
            missed = await client.leads.create(name="Missed", email="b@example.com")
            await delete_lead(client, next(iter(known)), sandbox)
            known = {item.id for item in await client.leads.list(limit=100).collect()}
            assert missed.id not in await shown()
        given["RECONCILE_SECONDS"] = "0.2"
        with service("webhook_receiver", {**environment, **given}) as url:
            http.base_url = httpx.URL(url)
            await until(has_all)
            assert await sent_again(http) == (200, "duplicate"), "remembered across a restart"
            await delete_lead(client, missed.id, sandbox)
            known.remove(missed.id)
            await until(has_all)
