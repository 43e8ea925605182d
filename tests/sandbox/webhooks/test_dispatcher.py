"""Deliveries: subscriptions, signatures, attempts and their log."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.clock import timestamp
from actuallycare_sandbox.webhooks import sending
from tests.sandbox.conftest import connect_as
from tests.sandbox.webhook_receiver import LEAD, SECRET, Receiver, subscribe


@pytest.fixture
def backend(make_backend: Callable[..., Backend]) -> Backend:
    """A backend that delivers only when a test calls `deliver_due`."""
    return make_backend(background=False, access_token_seconds=10**6)


async def log(broker: httpx.AsyncClient, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    response = await broker.get(f"/webhooks/{webhook['id']}/deliveries")
    found: list[dict[str, Any]] = response.json()["data"]["deliveries"]
    return found


@pytest.mark.asyncio
async def test_sign_delivery_with_documented_fields(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    await subscribe(broker, receiver.url, "lead.created")
    lead = (await broker.post("/leads", json=LEAD)).json()["data"]
    assert backend.dispatcher.deliver_due() == 1
    [(headers, body)] = receiver.requests
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Webhook-Signature"] == f"sha256={signature}"
    assert headers["X-Webhook-Event"] == "lead.created"
    payload = json.loads(body)
    assert payload["event"] == "lead.created"
    assert headers["X-Webhook-Timestamp"] == payload["timestamp"] == lead["created_at"]
    assert payload["data"] == {
        name: lead[name] for name in ("id", "name", "email", "phone", "source", "status")
    }


@pytest.mark.asyncio
async def test_deliver_subscribed_events_only(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    everything = await subscribe(broker, receiver.url, "all")
    one = await subscribe(broker, receiver.url, "listing.status_changed", "no.such_event")
    off = await subscribe(broker, receiver.url, "all")
    await broker.put(f"/webhooks/{off['id']}", json={"active": False})
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


@pytest.mark.asyncio
async def test_send_no_delivery_for_rejected_change(
    broker: httpx.AsyncClient, backend: Backend, receiver: Receiver
) -> None:
    await subscribe(broker, receiver.url, "all")
    await broker.post("/listings", json={"address": "no price"})
    assert backend.dispatcher.deliver_due() == 0


@pytest.mark.asyncio
async def test_retry_delivery_four_times_with_growing_waits(
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
    assert len({body for _, body in receiver.requests}) == 1, "every attempt sends the same bytes"


@pytest.mark.asyncio
async def test_deliver_after_receiver_recovers(
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


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1:1/nobody", "ConnectError"),
        ("https://hooks.example.com/in", "this machine only"),
        ("mailto:nobody@example.com", "this machine only"),
    ],
)
async def test_record_error_of_failed_delivery(
    broker: httpx.AsyncClient, backend: Backend, url: str, error: str
) -> None:
    webhook = await subscribe(broker, url, "lead.created")
    await broker.post("/leads", json=LEAD)
    backend.dispatcher.deliver_due()
    [delivery] = await log(broker, webhook)
    assert error in delivery["error"]
    assert delivery["response_status"] is None


@pytest.mark.asyncio
async def test_deliver_in_thread_and_after_clock_change(
    make_backend: Callable[..., Backend], receiver: Receiver
) -> None:
    backend = make_backend()
    receiver.statuses = [500]
    async with connect_as(backend, "broker@example.com") as broker:
        await subscribe(broker, receiver.url, "lead.created")
        await broker.post("/leads", json=LEAD)
        assert receiver.received.acquire(timeout=10)
        backend.dispatcher.deliver_due()  # waits until the thread has noted the first attempt
        assert len(receiver.requests) == 1
        backend.clock.advance(60)
        assert receiver.received.acquire(timeout=10)


@pytest.mark.asyncio
async def test_deliver_pending_after_restart(
    make_backend: Callable[..., Backend], receiver: Receiver, tmp_path: Path
) -> None:
    data = tmp_path / "sandbox.sqlite"
    first = make_backend(data=data, background=False)
    async with connect_as(first, "broker@example.com") as broker:
        await subscribe(broker, receiver.url, "lead.created")
        await broker.post("/leads", json=LEAD)
    first.close()
    make_backend(data=data)
    assert receiver.received.acquire(timeout=10)


def drip(connection: socket.socket, stopped: threading.Event) -> None:
    while not stopped.wait(0.05):
        connection.sendall(b"x")


def send_without_end(connection: socket.socket, stopped: threading.Event) -> None:
    while not stopped.is_set():
        connection.sendall(b"x" * 65_536)


def send_headers_without_end(connection: socket.socket, stopped: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not stopped.wait(0.05):
        connection.sendall(b"X-Sample: a\r\n")


Answer = Callable[[socket.socket, threading.Event], None]


@contextmanager
def bad_receiver(head: bytes, answer: Answer) -> Iterator[str]:
    """A receiver that answers each connection with `head`, then never ends."""
    stopped = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            connection.sendall(head)
            answer(connection, stopped)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        stopped.set()
        listener.shutdown(socket.SHUT_RDWR)


OK = b"HTTP/1.1 200 OK\r\n\r\n"
BAD = [(OK, drip, 200), (OK, send_without_end, 200), (b"", send_headers_without_end, None)]


@pytest.mark.asyncio
@pytest.mark.parametrize(("head", "answer", "status"), BAD)
async def test_deliver_beside_receiver_that_never_ends(
    make_backend: Callable[..., Backend],
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    head: bytes,
    answer: Answer,
    status: int | None,
) -> None:
    monkeypatch.setattr(sending, "_TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(sending, "_BODY_SECONDS", 0.2)
    backend = make_backend()
    with bad_receiver(head, answer) as url:
        async with connect_as(backend, "broker@example.com") as broker:
            slow = await subscribe(broker, url, "lead.created")
            await subscribe(broker, receiver.url, "lead.created")
            for _ in range(3):
                await broker.post("/leads", json=LEAD)
            for _ in range(3):
                assert receiver.received.acquire(timeout=5)
            for _ in range(200):
                tried = [d for d in await log(broker, slow) if d["attempts"]]
                if len(tried) == 3:
                    break
                await asyncio.sleep(0.05)
    assert [d["response_status"] for d in tried] == [status] * 3


@pytest.mark.asyncio
async def test_stop_while_receiver_does_not_answer(make_backend: Callable[..., Backend]) -> None:
    backend = make_backend()
    with bad_receiver(b"", drip) as url:
        async with connect_as(backend, "broker@example.com") as broker:
            await subscribe(broker, url, "lead.created")
            await broker.post("/leads", json=LEAD)
            await asyncio.sleep(0.2)
        begun = time.monotonic()
        backend.dispatcher.stop()
        assert time.monotonic() - begun < 1.5
