"""Webhooks: subscriptions, signed deliveries, attempts and their log."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from actuallycare_sandbox import Backend
from actuallycare_sandbox.clock import timestamp
from actuallycare_sandbox.webhooks.delivery import after_attempt, on_this_machine, subscribed
from tests.sandbox.conftest import connect

SECRET = "sample-webhook-secret"
LEAD = {"name": "Bravo Sample", "email": "bravo@example.com", "source": "Referral"}


class Receiver(HTTPServer):
    """Keeps what it is sent, and answers with the statuses it was told to, then 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.arrived = threading.Semaphore(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers.items()), body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()
        self.server.arrived.release()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def backend(make_backend: Callable[..., Backend]) -> Backend:
    """Deliveries go out when a test says so."""
    return make_backend(background=False, access_token_seconds=10**6)


@pytest_asyncio.fixture
async def broker(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    async with by_token(backend, "broker@example.com") as client:
        yield client


def by_token(backend: Backend, email: str) -> httpx.AsyncClient:
    return connect(backend, Authorization=f"Bearer {backend.sessions.issue_token(email)}")


async def subscribe(
    broker: httpx.AsyncClient, url: str, *events: str, **fields: Any
) -> dict[str, Any]:
    body = {"url": url, "events": list(events), "secret": SECRET, **fields}
    answer = await broker.post("/webhooks", json=body)
    assert answer.status_code == 201
    data: dict[str, Any] = answer.json()["data"]
    return data


async def log(broker: httpx.AsyncClient, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await broker.get(f"/webhooks/{webhook['id']}/deliveries")
    found: list[dict[str, Any]] = answer.json()["data"]["deliveries"]
    return found


async def test_a_delivery_is_signed_and_carries_the_documented_fields(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    await subscribe(broker, receiver.url, "lead.created")
    lead = (await broker.post("/leads", json=LEAD)).json()["data"]
    assert backend.dispatcher.deliver_due() == 1
    [(headers, body)] = receiver.got
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Webhook-Signature"] == f"sha256={signature}"
    assert headers["X-Webhook-Event"] == "lead.created"
    payload = json.loads(body)
    assert payload["event"] == "lead.created"
    assert headers["X-Webhook-Timestamp"] == payload["timestamp"] == lead["created_at"]
    assert payload["data"] == {
        name: lead[name] for name in ("id", "name", "email", "phone", "source", "status")
    }


async def test_deliveries_follow_subscriptions(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    everything = await subscribe(broker, receiver.url, "all")
    one = await subscribe(broker, receiver.url, "listing.status_changed", "no.such_event")
    off = await subscribe(broker, receiver.url, "all", active=False)
    listing = {"address": "1 Sandbox Street", "list_price": 1}
    record = (await broker.post("/listings", json=listing)).json()["data"]
    path = f"/listings/{record['id']}"
    await broker.put(path, json={"city": "Delano"})
    await broker.put(path, json={"status": "sold"})
    await broker.delete(path)
    backend.dispatcher.deliver_due()
    events = [
        "listing.deleted",
        "listing.status_changed",
        "listing.updated",
        "listing.updated",
        "listing.created",
    ]
    assert [d["event"] for d in await log(broker, everything)] == events
    assert [d["event"] for d in await log(broker, one)] == ["listing.status_changed"]
    assert await log(broker, off) == []


async def test_a_refused_change_tells_nobody(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    await subscribe(broker, receiver.url, "all")
    await broker.post("/listings", json={"address": "no price"})
    assert backend.dispatcher.deliver_due() == 0


async def test_a_failing_receiver_is_tried_four_times_with_longer_and_longer_waits(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    receiver.statuses = [500, 404, 302, 503, 200]
    webhook = await subscribe(broker, receiver.url, "lead.created")
    await broker.post("/leads", json=LEAD)
    tried: list[int] = [backend.dispatcher.deliver_due()]
    for wait in (59, 1, 299, 1, 1_799, 1, 100_000):
        backend.clock.advance(wait)
        tried.append(backend.dispatcher.deliver_due())
    assert tried == [1, 0, 1, 0, 1, 0, 1, 0]
    [delivery] = await log(broker, webhook)
    assert (delivery["status"], delivery["attempts"]) == ("failed", 4)
    assert (delivery["response_status"], delivery["error"]) == (503, "answered 503")
    assert delivery["next_attempt_at"] is None
    assert len({body for _, body in receiver.got}) == 1, "every attempt sends the same bytes"


async def test_a_receiver_that_recovers_gets_its_delivery(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    receiver.statuses = [500]
    webhook = await subscribe(broker, receiver.url, "lead.created")
    await broker.post("/leads", json=LEAD)
    backend.dispatcher.deliver_due()
    [waiting] = await log(broker, webhook)
    assert (waiting["status"], waiting["attempts"]) == ("pending", 1)
    backend.clock.advance(60)
    assert waiting["next_attempt_at"] == timestamp(backend.clock.now())
    backend.dispatcher.deliver_due()
    [done] = await log(broker, webhook)
    assert (done["status"], done["attempts"], done["error"]) == ("delivered", 2, None)
    assert done["delivered_at"] == timestamp(backend.clock.now())
    shown = (await broker.get(f"/webhooks/{webhook['id']}")).json()["data"]
    assert shown["last_triggered"] == done["delivered_at"]


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1:1/nobody", "ConnectError"),
        ("https://hooks.example.com/in", "this machine only"),
        ("mailto:nobody@example.com", "this machine only"),
    ],
)
async def test_a_delivery_that_cannot_arrive_says_why(
    broker: httpx.AsyncClient, backend: Backend, url: str, error: str
) -> None:
    webhook = await subscribe(broker, url, "lead.created")
    await broker.post("/leads", json=LEAD)
    backend.dispatcher.deliver_due()
    [delivery] = await log(broker, webhook)
    assert error in delivery["error"]
    assert delivery["response_status"] is None


async def test_a_subscription_can_be_changed_and_deleted(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    webhook = await subscribe(broker, receiver.url, "lead.created")
    assert webhook["id"].startswith("wh_")
    assert len(webhook["id"]) == 15
    path = f"/webhooks/{webhook['id']}"
    changed = (await broker.put(path, json={"active": False})).json()["data"]
    assert changed == webhook | {"active": False}
    await broker.put(path, json={"active": True})
    await broker.post("/leads", json=LEAD)
    await broker.delete(path)
    assert backend.dispatcher.deliver_due() == 0
    for gone in (path, f"{path}/deliveries"):
        assert (await broker.get(gone)).status_code == 404


async def test_subscriptions_are_a_bare_array_with_pages(
    broker: httpx.AsyncClient, receiver: Receiver
) -> None:
    made = [await subscribe(broker, receiver.url, "all") for _ in range(3)]
    answer = (await broker.get("/webhooks?limit=2")).json()
    assert set(answer) == {"success", "data"}
    assert answer["data"] == [made[2], made[1]]
    assert (await broker.get("/webhooks?limit=2&page=2")).json()["data"] == [made[0]]


async def test_webhooks_need_a_broker_or_a_system_admin(backend: Backend) -> None:
    statuses: dict[str, int] = {}
    for account in ("broker", "admin", "agent"):
        async with by_token(backend, f"{account}@example.com") as client:
            statuses[account] = (await client.get("/webhooks/events")).status_code
    assert statuses == {"broker": 200, "admin": 200, "agent": 403}


async def test_the_catalog_describes_itself(broker: httpx.AsyncClient) -> None:
    catalog = (await broker.get("/webhooks/events")).json()
    assert set(catalog) == {"success", "data", "meta"}
    assert catalog["meta"]["total"] == len(catalog["data"])
    assert {
        "event": "escrow.created",
        "category": "escrow",
        "description": "An escrow was created",
        "payload": ["id", "status", "property_address", "escrow_number"],
    } in catalog["data"]
    grouped = (await broker.get("/webhooks/events/categories")).json()["data"]
    assert sorted(grouped) == catalog["meta"]["categories"]
    assert sorted(e for names in grouped.values() for e in names) == sorted(
        e["event"] for e in catalog["data"]
    )


async def test_a_thread_delivers_by_itself_and_again_when_the_clock_moves(
    make_backend: Callable[..., Backend], receiver: Receiver
) -> None:
    backend = make_backend()
    receiver.statuses = [500]
    async with by_token(backend, "broker@example.com") as broker:
        await subscribe(broker, receiver.url, "lead.created")
        await broker.post("/leads", json=LEAD)
        assert receiver.arrived.acquire(timeout=10)
        backend.dispatcher.deliver_due()  # waits until the thread has noted the first attempt
        assert len(receiver.got) == 1
        backend.clock.advance(60)
        assert receiver.arrived.acquire(timeout=10)


async def test_what_was_not_delivered_is_taken_up_after_a_restart(
    make_backend: Callable[..., Backend], receiver: Receiver, tmp_path: Path
) -> None:
    data = tmp_path / "sandbox.sqlite"
    first = make_backend(data=data, background=False)
    async with by_token(first, "broker@example.com") as broker:
        await subscribe(broker, receiver.url, "lead.created")
        await broker.post("/leads", json=LEAD)
    first.close()
    make_backend(data=data)
    assert receiver.arrived.acquire(timeout=10)


@pytest.mark.parametrize(
    ("webhook", "wanted"),
    [
        ({"active": True, "events": ["lead.created"]}, True),
        ({"active": True, "events": ["all"]}, True),
        ({"active": True, "events": ["lead.updated"]}, False),
        ({"active": True, "events": ["lead"]}, False),
        ({"active": False, "events": ["all"]}, False),
    ],
)
def test_which_subscriptions_want_an_event(webhook: dict[str, Any], wanted: bool) -> None:
    assert subscribed(webhook, "lead.created") is wanted


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000/x", True),
        ("http://127.9.9.9/x", True),
        ("http://localhost/x", True),
        ("http://a.localhost:1/x", True),
        ("http://[::1]/x", True),
        ("https://example.com/x", False),
        ("http://10.0.0.1/x", False),
        ("http://localhost.example.com/x", False),
        ("http://[broken/x", False),
        ("urn:x", False),
        ("", False),
    ],
)
def test_which_urls_lead_to_this_machine(url: str, here: bool) -> None:
    assert on_this_machine(url) is here


@pytest.mark.parametrize(
    ("attempts", "status", "outcome"),
    [
        (0, 200, ("delivered", None)),
        (3, 299, ("delivered", None)),
        (0, 300, ("pending", 10.0)),
        (1, None, ("pending", 20.0)),
        (2, 500, ("pending", 20.0)),
        (3, 500, ("failed", None)),
    ],
)
def test_what_an_attempt_leads_to(
    backend: Backend, attempts: int, status: int | None, outcome: tuple[str, float | None]
) -> None:
    now = backend.clock.now()
    after = after_attempt(
        {"attempts": attempts, "status": "pending"}, now, status, None, (10.0, 20.0)
    )
    backend.clock.advance(outcome[1] or 0)
    due = None if outcome[1] is None else timestamp(backend.clock.now())
    assert (after["status"], after["next_attempt_at"]) == (outcome[0], due)
    assert after["attempts"] == attempts + 1
