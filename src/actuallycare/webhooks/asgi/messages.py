"""A request's body and its answer over ASGI, without a web framework.

Source: the ASGI specification, HTTP & WebSocket protocol, version 2.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, TypeAlias

import anyio
from attrs import field, frozen

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


@frozen
class Answer:
    """What the vendor's delivery log will show: a status, and one word."""

    status: int
    word: str
    headers: tuple[tuple[bytes, bytes], ...] = field(default=())


METHOD_NOT_ALLOWED: Final = Answer(405, "method_not_allowed", ((b"allow", b"POST"),))
TOO_LARGE: Final = Answer(413, "body_too_large")
TOO_SLOW: Final = Answer(408, "body_too_slow", ((b"connection", b"close"),))


async def read_body(
    scope: Scope, receive: Receive, *, most: int, within: float
) -> bytes | Answer | None:
    """The body; an answer to a request that has none to accept; None when the sender is gone."""
    announced = dict(scope["headers"]).get(b"content-length", b"")
    if announced.isdigit() and int(announced[:20]) > most:
        return TOO_LARGE
    with anyio.move_on_after(within):
        return await _gather(receive, most)
    return TOO_SLOW


async def answer(send: Send, what: Answer) -> None:
    """Send an answer."""
    body = json.dumps({"status": what.word}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send(
        {
            "type": "http.response.start",
            "status": what.status,
            "headers": [*headers, *what.headers],
        }
    )
    await send({"type": "http.response.body", "body": body})


async def lifespan(running: AbstractAsyncContextManager[Any], receive: Receive, send: Send) -> None:
    """Run a context from a server's startup to its shutdown."""
    step = "startup"
    try:
        await receive()
        async with running:
            await send({"type": "lifespan.startup.complete"})
            step = "shutdown"
            await receive()
    except Exception as error:
        await send({"type": f"lifespan.{step}.failed", "message": str(error)})
        raise
    await send({"type": "lifespan.shutdown.complete"})


async def _gather(receive: Receive, most: int) -> bytes | Answer | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            return TOO_LARGE
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
