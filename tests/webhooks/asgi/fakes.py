"""A receiver with a stopped clock, a scripted handler, and requests to it."""

from __future__ import annotations

from typing import Any

import anyio
import httpx

from actuallycare.webhooks import WebhookEvent
from actuallycare.webhooks.asgi import WebhookReceiver
from tests.webhooks.deliveries import NOW, SECRET, Delivery


class StoppedClock:
    def monotonic(self) -> float:
        return 0.0

    def now(self) -> Any:
        return NOW

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing sleeps")


class Handler:
    """Record events; wait for `blocked`, or fail, if a test asks for it."""

    def __init__(self) -> None:
        self.events: list[WebhookEvent] = []
        self.finished: list[WebhookEvent] = []
        self.blocked: anyio.Event | None = None
        self.failures: list[BaseException] = []

    async def __call__(self, event: WebhookEvent) -> None:
        self.events.append(event)
        if self.blocked is not None:
            await self.blocked.wait()
        if self.failures:
            raise self.failures.pop(0)
        self.finished.append(event)


def receiver(handler: Any, **options: Any) -> WebhookReceiver:
    return WebhookReceiver(handler, SECRET, clock=StoppedClock(), **options)


async def post(app: Any, sent: Delivery, method: str = "POST") -> tuple[int, str]:
    """(status, word) of the answer."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://receiver.test"
    ) as client:
        answer = await client.request(
            method, "/hooks", content=sent.body, headers=list(sent.headers)
        )
        assert int(answer.headers["Content-Length"]) == len(answer.content)
        word: str = answer.json()["status"]
        return answer.status_code, word


def scripted(*messages: dict[str, Any]) -> Any:
    """A `receive` that plays these messages, then nothing more."""
    left = list(messages)

    async def receive() -> dict[str, Any]:
        if not left:
            await anyio.sleep_forever()
        return left.pop(0)

    return receive
