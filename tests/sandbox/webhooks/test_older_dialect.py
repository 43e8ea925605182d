"""Webhooks in the dialect of the older back end, and the event `webhook.test` in both."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend, Settings
from actuallycare_sandbox.dialects.older import TEAM_ID
from tests.sandbox.conftest import connect_as
from tests.sandbox.webhook_receiver import LEAD, Receiver, subscribe


@pytest.fixture
def older(make_backend: Callable[..., Backend]) -> Backend:
    """A backend of the older dialect that delivers only when a test calls `deliver_due`."""
    return make_backend(background=False, access_token_seconds=10**6, dialect="older")


async def log(broker: httpx.AsyncClient, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    response = await broker.get(f"/webhooks/{webhook['id']}/deliveries")
    found: list[dict[str, Any]] = response.json()["data"]
    return found


@pytest.mark.asyncio
async def test_deliver_team_and_numbers_as_text(older: Backend, receiver: Receiver) -> None:
    async with connect_as(older, "broker@example.com") as broker:
        await subscribe(broker, receiver.url, "listing.created")
        await broker.post("/listings", json={"address": "1 Sandbox Street", "list_price": 5})
    older.dispatcher.deliver_due()
    [(headers, body)] = receiver.requests
    payload = json.loads(body)
    assert payload["team_id"] == TEAM_ID
    assert payload["data"]["list_price"] == "5.00"
    assert headers["X-Webhook-Timestamp"] == payload["timestamp"]


@pytest.mark.asyncio
async def test_end_delivery_at_any_status(older: Backend, receiver: Receiver) -> None:
    receiver.statuses = [500]
    async with connect_as(older, "broker@example.com") as broker:
        webhook = await subscribe(broker, receiver.url, "lead.created")
        await broker.post("/leads", json=LEAD)
        older.dispatcher.deliver_due()
        [delivery] = await log(broker, webhook)
    assert (delivery["status"], delivery["attempts"]) == ("failed", 1)
    assert delivery["response_status"] == 500


@pytest.mark.asyncio
async def test_retry_after_1_5_and_15_minutes_without_answer(older: Backend) -> None:
    async with connect_as(older, "broker@example.com") as broker:
        await subscribe(broker, "http://127.0.0.1:1/nobody", "lead.created")
        await broker.post("/leads", json=LEAD)
    attempts = [older.dispatcher.deliver_due()]
    for wait in (59, 1, 299, 1, 899, 1, 100_000):
        older.clock.advance(wait)
        attempts.append(older.dispatcher.deliver_due())
    assert attempts == [1, 0, 1, 0, 1, 0, 1, 0]


@pytest.mark.asyncio
async def test_delete_deactivates(older: Backend, receiver: Receiver) -> None:
    async with connect_as(older, "broker@example.com") as broker:
        webhook = await subscribe(broker, receiver.url, "lead.created")
        path = f"/webhooks/{webhook['id']}"
        await broker.post("/leads", json=LEAD)
        assert older.dispatcher.deliver_due() == 1
        deleted = (await broker.delete(path)).json()["data"]
        assert deleted["id"] == webhook["id"]
        assert deleted["active"] is False
        await broker.post("/leads", json=LEAD)
        assert older.dispatcher.deliver_due() == 0
        assert (await broker.get(path)).json()["data"]["active"] is False
        assert len(await log(broker, webhook)) == 1
        assert (await broker.delete(path)).status_code == 200
        await broker.put(path, json={"active": True})
        await broker.post("/leads", json=LEAD)
        assert older.dispatcher.deliver_due() == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("dialect", ["published", "older"])
async def test_no_attempt_follows_a_delete(
    make_backend: Callable[..., Backend], dialect: str
) -> None:
    backend = make_backend(background=False, access_token_seconds=10**6, dialect=dialect)
    async with connect_as(backend, "broker@example.com") as broker:
        webhook = await subscribe(broker, "http://127.0.0.1:1/nobody", "lead.created")
        await broker.post("/leads", json=LEAD)
        assert backend.dispatcher.deliver_due() == 1
        await broker.delete(f"/webhooks/{webhook['id']}")
        backend.clock.advance(100_000)
        assert backend.dispatcher.deliver_due() == 0


class SlowReceiver(HTTPServer):
    """Closes each connection without an answer once `release` is set."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _NoAnswer)
        self.received = threading.Event()
        self.release = threading.Event()


class _NoAnswer(BaseHTTPRequestHandler):
    server: SlowReceiver

    def do_POST(self) -> None:
        self.server.received.set()
        self.server.release.wait(10)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.asyncio
@pytest.mark.parametrize("dialect", ["published", "older"])
async def test_no_attempt_follows_a_delete_during_an_attempt(
    make_backend: Callable[..., Backend], dialect: str
) -> None:
    backend = make_backend(background=False, access_token_seconds=10**6, dialect=dialect)
    with SlowReceiver() as receiver:
        threading.Thread(target=receiver.serve_forever, daemon=True).start()
        async with connect_as(backend, "broker@example.com") as broker:
            url = f"http://127.0.0.1:{receiver.server_port}/"
            webhook = await subscribe(broker, url, "lead.created")
            for _ in range(2):  # the second one waits behind the first
                await broker.post("/leads", json=LEAD)
            attempts = asyncio.create_task(asyncio.to_thread(backend.dispatcher.deliver_due))
            assert await asyncio.to_thread(receiver.received.wait, 10)
            await broker.delete(f"/webhooks/{webhook['id']}")
            receiver.received.clear()
            receiver.release.set()
            await attempts
            assert not receiver.received.is_set()
            backend.clock.advance(100_000)
            assert backend.dispatcher.deliver_due() == 0
            if dialect == "older":
                found = [(d["status"], d["attempts"]) for d in await log(broker, webhook)]
                assert sorted(found) == [("failed", 0), ("failed", 1)]
        receiver.shutdown()


def test_waits_of_settings_are_kept() -> None:
    assert Settings(dialect="older", retry_seconds=(1.0,)).retry_seconds == (1.0,)


@pytest.mark.asyncio
@pytest.mark.parametrize("dialect", ["published", "older"])
async def test_send_test_event_on_request(
    make_backend: Callable[..., Backend], receiver: Receiver, dialect: str
) -> None:
    backend = make_backend(background=False, dialect=dialect)
    url = "http://sandbox.test/_sandbox/webhook-test"
    async with connect_as(backend, "broker@example.com") as broker:
        webhook = await subscribe(broker, receiver.url, "lead.created")
        assert (await broker.post(url, json={"id": webhook["id"]})).json() == {"sent": True}
        missing = await broker.post(url, json={"id": "wh_000000000000"})
        rejected = await broker.post(url, json={"webhook": webhook["id"]})
    assert backend.dispatcher.deliver_due() == 1
    [(headers, body)] = receiver.requests
    payload = json.loads(body)
    assert payload["event"] == headers["X-Webhook-Event"] == "webhook.test"
    assert payload["data"].keys() == {"test", "message"}
    assert payload.get("team_id") == (TEAM_ID if dialect == "older" else None)
    assert (missing.status_code, rejected.status_code) == (404, 400)
    assert "no webhook 'wh_000000000000'" in missing.json()["error"]
