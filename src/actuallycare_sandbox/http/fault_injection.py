"""Middleware that records requests and injects the planned faults."""

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
from ..control.redaction import redact_headers, redact_query
from ..control.request_log import RecordedRequest
from ..protocol.envelope import encode
from ..protocol.errors import ApiError
from .responses import error_response

TRANSPORT_EXTENSION = "actuallycare_sandbox.transport"
"""ASGI extension with the connection of a request, which `server` adds."""

_RESPONSE_FAULTS = frozenset({"drop_after", "truncate", "stale_has_more"})
_PROXY_PAGE = (
    "<html><head><title>{status}</title></head>"
    "<body><center><h1>{status}</h1></center><hr><center>proxy</center></body></html>"
)


class FaultInjectionMiddleware:
    """The outermost layer of the application; ignores paths outside the base path."""

    def __init__(self, app: ASGIApp, backend: Backend) -> None:
        self._app = app
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record the request, then pass it on or inject the planned faults."""
        path = self._backend.document.within(scope.get("path", ""))
        if scope["type"] != "http" or path is None:
            await self._app(scope, receive, send)
            return
        recorded = RecordedRequest(
            method=scope["method"],
            path=path,
            query=redact_query(scope["query_string"].decode("latin-1")),
            headers=redact_headers(scope["headers"]),
            at=self._backend.clock.time(),
        )
        self._backend.request_log.add(recorded)

        async def receive_wrapper() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                recorded.receive(message.get("body", b""), last=not message.get("more_body"))
            return message

        async def send_wrapper(message: Message) -> None:
            if message["type"] == "http.response.start":
                recorded.status = message["status"]
            await send(message)

        faults = self._backend.faults.take(recorded.method, recorded.path)
        await self._apply_faults(faults, scope, receive_wrapper, send_wrapper)

    async def _apply_faults(
        self, faults: Sequence[Fault], scope: Scope, receive: Receive, send: Send
    ) -> None:
        for fault in faults:
            match fault.kind:
                case "latency":
                    await anyio.sleep(fault.seconds)
                case "status" | "html":
                    await _fault_response(self._backend, fault)(scope, receive, send)
                    return
                case "drop":
                    await _drop_connection(scope, receive)
                    return
                case _:
                    pass
        response_faults = [fault for fault in faults if fault.kind in _RESPONSE_FAULTS]
        if not response_faults:
            await self._app(scope, receive, send)
            return
        response = _BufferedResponse()
        await self._app(scope, receive, response.send)
        await _send_faulty(response, response_faults, scope, receive, send)


class _BufferedResponse:
    """A response that is kept in memory until it was changed."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    async def send(self, message: Message) -> None:
        """Buffer the next message of the response."""
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")


async def _send_faulty(
    response: _BufferedResponse,
    faults: Sequence[Fault],
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    for fault in faults:
        if fault.kind == "drop_after":
            await _drop_connection(scope, receive)
            return
        if fault.kind == "stale_has_more":
            response.body = replace_has_more(response.body, fault.has_more)
            MutableHeaders(scope=response.start)["content-length"] = str(len(response.body))
    await send(response.start)
    body = response.body
    length = min((f.bytes for f in faults if f.kind == "truncate"), default=len(body))
    if length < len(body):
        await send({"type": "http.response.body", "body": body[:length], "more_body": True})
        await _drop_connection(scope, receive, sent=True)
        return
    await send({"type": "http.response.body", "body": body})


def replace_has_more(body: bytes, has_more: bool) -> bytes:
    """Return a list's body with another `data.meta.hasMore`; any other body unchanged."""
    try:
        decoded: Any = json.loads(body)
        meta = decoded["data"]["meta"]
    except (ValueError, TypeError, KeyError):
        return body
    return encode(decoded | {"data": decoded["data"] | {"meta": meta | {"hasMore": has_more}}})


def _fault_response(backend: Backend, fault: Fault) -> Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind == "html":
        return HTMLResponse(_PROXY_PAGE.format(status=fault.status), fault.status, headers)
    error = ApiError(fault.status, fault.error_code, "A planned fault", headers=headers)
    return error_response(backend, error)


async def _drop_connection(scope: Scope, receive: Receive, *, sent: bool = False) -> None:
    """Close the connection: under uvicorn its socket; in process, raise what httpx would.

    `sent` says that a part of the response was sent: it is flushed before the connection closes.
    """
    extensions: dict[str, Any] = scope.get("extensions") or {}
    transport: Any = extensions.get(TRANSPORT_EXTENSION)
    if transport is None:
        kind = httpx.RemoteProtocolError if sent else httpx.ReadError
        raise kind("the connection was dropped by a planned fault")
    if sent:
        transport.close()
    else:
        transport.abort()
    # Return only after the disconnect: uvicorn sends a 500 for an application that ends early.
    while (await receive())["type"] != "http.disconnect":
        pass
