"""The receiver over real sockets on each event loop: served by hypercorn, drained at its end."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable
from functools import partial

import anyio
import httpx
import hypercorn.asyncio
import hypercorn.trio
import pytest
from hypercorn.config import Config

from actuallycare.webhooks import WebhookEvent
from actuallycare.webhooks.asgi import WebhookReceiver
from tests.webhooks.asgi.fakes import StoppedClock
from tests.webhooks.deliveries import SECRET, Delivery, delivery, encoded, tampered

SERVERS: dict[str, Callable[..., Awaitable[None]]] = {
    "asyncio": hypercorn.asyncio.serve,
    "trio": hypercorn.trio.serve,
}


@pytest.mark.anyio
async def test_hypercorn_serves_and_drains_the_receiver(anyio_backend: str) -> None:
    finished: list[WebhookEvent] = []
    unsendable: list[str] = []

    hold, stop = anyio.Event(), anyio.Event()

    async def slowly(event: WebhookEvent) -> None:
        if event.name == "lead.updated":
            await hold.wait()
        finished.append(event)

    app = WebhookReceiver(slowly, SECRET, clock=StoppedClock(), response_timeout=0.2)
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.errorlog = logging.getLogger("tests.hypercorn")
    async with anyio.create_task_group() as group, httpx.AsyncClient() as http:
        group.start_soon(partial(SERVERS[anyio_backend], app, config, shutdown_trigger=stop.wait))

        async def post(sent: Delivery) -> tuple[int, str]:
            answer = await http.post(url, content=sent.body, headers=list(sent.headers))
            return answer.status_code, answer.json()["status"]

        assert await post(delivery()) == (200, "done")
        assert await post(delivery()) == (200, "duplicate")
        for case in tampered():
            try:
                assert await post(case.delivery) == (401, case.reason)
            except (httpx.LocalProtocolError, UnicodeEncodeError):
                unsendable.append(case.name)
        slow = delivery(encoded("lead.updated"), event="lead.updated")
        assert await post(slow) == (202, "accepted")
        stop.set()
        await anyio.sleep(0.3)
        assert len(finished) == 1
        hold.set()
    assert unsendable == ["a line break after", "an Arabic digit"], "httpx refuses these itself"
    assert [event.name for event in finished] == ["lead.created", "lead.updated"]
