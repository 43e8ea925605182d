"""Read a request and send a response over ASGI, without a web framework.

Source: the ASGI specification, HTTP & WebSocket protocol, version 2.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Final, TypeAlias

import anyio
from attrs import field, frozen

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


@frozen
class StatusResponse:
    """A response with a status and one word, which the vendor shows in its list of deliveries."""

    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...] = field(default=())


METHOD_NOT_ALLOWED: Final = StatusResponse(405, "method_not_allowed", ((b"allow", b"POST"),))
TOO_LARGE: Final = StatusResponse(413, "body_too_large")
TOO_SLOW: Final = StatusResponse(408, "body_too_slow", ((b"connection", b"close"),))


DISCONNECTED: Final = StatusResponse(400, "disconnected")
"""Nobody receives it. Middleware, such as Starlette's `BaseHTTPMiddleware`, expects a response."""


async def read_body(
    scope: Scope, receive: Receive, *, max_bytes: int, timeout: float
) -> bytes | StatusResponse:
    """Return the body, or the response that rejects it."""
    announced = dict(scope["headers"]).get(b"content-length", b"")
    if announced.isdigit() and int(announced[:20]) > max_bytes:
        return TOO_LARGE
    with anyio.move_on_after(timeout):
        return await _gather(receive, max_bytes)
    return TOO_SLOW


async def send_response(send: Send, response: StatusResponse) -> None:
    """Send a response. When the sender has disconnected, servers may raise OSError (ASGI 2.4)."""
    with suppress(OSError):
        await _send_response(send, response)


async def _send_response(send: Send, response: StatusResponse) -> None:
    body = json.dumps({"status": response.reason}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send(
        {
            "type": "http.response.start",
            "status": response.status,
            "headers": [*headers, *response.headers],
        }
    )
    await send({"type": "http.response.body", "body": body})


async def run_lifespan(
    context: AbstractAsyncContextManager[Any], receive: Receive, send: Send
) -> None:
    """Enter a context at a server's startup and leave it at its shutdown."""
    step = "startup"
    try:
        await receive()
        async with context:
            await send({"type": "lifespan.startup.complete"})
            step = "shutdown"
            await receive()
    except Exception as error:
        await send({"type": f"lifespan.{step}.failed", "message": str(error)})
        raise
    await send({"type": "lifespan.shutdown.complete"})


async def _gather(receive: Receive, max_bytes: int) -> bytes | StatusResponse:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return DISCONNECTED
        part = message.get("body", b"")
        size += len(part)
        if size > max_bytes:
            return TOO_LARGE
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
