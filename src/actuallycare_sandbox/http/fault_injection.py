"""The outermost layer: notes what arrives, and makes go wrong what was planned to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import anyio
import httpx
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..backend import Backend
from ..control.faults import Fault
from ..control.request_log import Arrival, shown_headers
from ..protocol.envelope import encode
from ..protocol.errors import ApiError
from .endpoint import refusal

TRANSPORT = "actuallycare_sandbox.transport"
"""The ASGI extension under which a server tells the connection of a request."""

_PROXY_PAGE = (
    "<html><head><title>{status}</title></head>"
    "<body><center><h1>{status}</h1></center><hr><center>proxy</center></body></html>"
)


class Observe:
    """ASGI middleware around the whole API; paths outside its base path pass unnoticed."""

    def __init__(self, app: ASGIApp, backend: Backend) -> None:
        self._app = app
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the request, then let it through or spoil it."""
        path = self._backend.document.within(scope.get("path", ""))
        if scope["type"] != "http" or path is None:
            await self._app(scope, receive, send)
            return
        arrival = Arrival(
            method=scope["method"],
            path=path,
            query=scope["query_string"].decode("latin-1"),
            headers=shown_headers(scope["headers"]),
            at=self._backend.clock.time(),
        )
        self._backend.arrivals.add(arrival)

        async def hear() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                arrival.received(message.get("body", b""), last=not message.get("more_body"))
            return message

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                arrival.status = message["status"]
            await send(message)

        faults = self._backend.faults.take(arrival.method, arrival.path)
        await self._spoilt(faults, scope, hear, tell)

    async def _spoilt(
        self, faults: Sequence[Fault], scope: Scope, receive: Receive, send: Send
    ) -> None:
        for fault in faults:
            match fault.kind:
                case "latency":
                    await anyio.sleep(fault.seconds)
                case "status" | "html":
                    await _instead(self._backend, fault)(scope, receive, send)
                    return
                case "drop":
                    await _lose(scope, receive)
                    return
                case _:
                    pass
        spoilers = [f for f in faults if f.kind in ("drop_after", "truncate", "stale_has_more")]
        if not spoilers:
            await self._app(scope, receive, send)
            return
        answer = _Answer()
        await self._app(scope, receive, answer.keep)
        await _send_spoilt(answer, spoilers, scope, receive, send)


class _Answer:
    """A response that was kept back."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    async def keep(self, message: Message) -> None:
        """Take the next message of the response."""
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")


async def _send_spoilt(
    answer: _Answer, faults: Sequence[Fault], scope: Scope, receive: Receive, send: Send
) -> None:
    for fault in faults:
        if fault.kind == "drop_after":
            await _lose(scope, receive)
            return
        if fault.kind == "stale_has_more":
            answer.body = with_has_more(answer.body, fault.has_more)
            MutableHeaders(scope=answer.start)["content-length"] = str(len(answer.body))
    await send(answer.start)
    cut = min((f.bytes for f in faults if f.kind == "truncate"), default=len(answer.body))
    if cut < len(answer.body):
        await send({"type": "http.response.body", "body": answer.body[:cut], "more_body": True})
        await _lose(scope, receive, sent=True)
        return
    await send({"type": "http.response.body", "body": answer.body})


def with_has_more(body: bytes, has_more: bool) -> bytes:
    """A list's body with another `data.meta.hasMore`; any other body as it is."""
    try:
        decoded: Any = json.loads(body)
        meta = decoded["data"]["meta"]
    except (ValueError, TypeError, KeyError):
        return body
    return encode(decoded | {"data": decoded["data"] | {"meta": meta | {"hasMore": has_more}}})


def _instead(backend: Backend, fault: Fault) -> Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind == "html":
        return HTMLResponse(_PROXY_PAGE.format(status=fault.status), fault.status, headers)
    error = ApiError(fault.status, fault.code, "A fault that was planned", headers=headers)
    return refusal(backend, error)


async def _lose(scope: Scope, receive: Receive, *, sent: bool = False) -> None:
    """Lose the connection: under uvicorn its socket; in process, as httpx tells of it."""
    extensions: dict[str, Any] = scope.get("extensions") or {}
    transport: Any = extensions.get(TRANSPORT)
    if transport is None:
        kind = httpx.RemoteProtocolError if sent else httpx.ReadError
        raise kind("the connection was lost, as planned")
    if sent:
        transport.close()
    else:
        transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
