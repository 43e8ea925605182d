"""`/_sandbox`: routes for tests to control and inspect the server. Not part of the vendor's API.

GET    /_sandbox                 credentials, and what the server supports
POST   /_sandbox/reset           restore the initial state
GET    /_sandbox/requests        list recorded requests; DELETE clears them
POST   /_sandbox/faults          plan faults; GET lists them, DELETE clears them
POST   /_sandbox/clock           {"advance": 60} | {"freeze": true} | {"resume": true}; GET reads it
POST   /_sandbox/webhook-test    {"id": "wh_…"}: send the event `webhook.test` to a subscription

A POST needs `Content-Type: application/json`, which no web page of another origin can send.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from attrs import asdict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from ..backend import Backend
from ..clock import timestamp
from ..control.faults import KINDS, Fault
from ..json_value import is_array, is_object
from ..protocol.errors import ApiError
from .request_parsing import read_body
from .responses import json_response

_MAX_BODY = 1_000_000
"""Longest body of a request, in bytes."""
_Handler = Callable[[Request], Awaitable[Response]]


def routes(backend: Backend) -> list[BaseRoute]:
    """Return the routes of the control API."""
    control = _Control(backend)
    inner = [
        Route("/", control.index, methods=["GET"]),
        Route("/reset", _json_only(control.reset), methods=["POST"]),
        Route("/requests", control.requests, methods=["GET", "DELETE"]),
        Route("/faults", _json_only(control.faults), methods=["GET", "POST", "DELETE"]),
        Route("/clock", _json_only(control.clock), methods=["GET", "POST"]),
        Route("/webhook-test", _json_only(control.webhook_test), methods=["POST"]),
    ]
    return [Route("/_sandbox", control.index, methods=["GET"]), Mount("/_sandbox", routes=inner)]


class _Control:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def index(self, _: Request) -> Response:
        """Return credentials, the number of operations and the kinds of faults."""
        example = self._backend.example
        return json_response(
            {
                "api_key": example.api_key,
                "email": example.email,
                "password": example.password,
                "operations": len(self._backend.document.operations),
                "faults": list(KINDS),
            },
            200,
        )

    async def reset(self, _: Request) -> Response:
        """Restore the initial state."""
        self._backend.reset()
        return json_response({"reset": True}, 200)

    async def requests(self, request: Request) -> Response:
        """List or clear the recorded requests."""
        if request.method == "DELETE":
            self._backend.request_log.clear()
        found = [recorded.to_dict() for recorded in self._backend.request_log.all()]
        return json_response({"requests": found}, 200)

    async def faults(self, request: Request) -> Response:
        """List, plan or clear faults; plan one object or a list of them."""
        if request.method == "DELETE":
            self._backend.faults.clear()
        if request.method == "POST":
            value = await _json(request)
            faults = [Fault.parse(item) for item in (value if is_array(value) else [value])]
            for fault in faults:
                self._backend.faults.add(fault)
        planned = [
            asdict(fault) | {"times": remaining}
            for fault, remaining in self._backend.faults.planned()
        ]
        return json_response({"faults": planned}, 200)

    async def clock(self, request: Request) -> Response:
        """Read or change the clock."""
        clock = self._backend.clock
        if request.method == "POST":
            self._change_clock(await _json(request))
        return json_response({"now": timestamp(clock.now()), "frozen": clock.frozen}, 200)

    async def webhook_test(self, request: Request) -> Response:
        """Send the event `webhook.test` to a subscription."""
        match await _json(request):
            case {"id": str() as webhook_id}:
                pass
            case _:
                raise ValueError('send {"id": "wh_…"}, the id of a webhook')
        try:
            self._backend.dispatcher.send_test(webhook_id)
        except LookupError as error:
            return json_response({"error": str(error.args[0])}, 404)
        return json_response({"sent": True}, 200)

    def _change_clock(self, value: Any) -> None:
        clock = self._backend.clock
        match value:
            case {"advance": int() | float() as seconds} if not isinstance(seconds, bool):
                clock.advance(seconds)
            case {"freeze": True}:
                clock.freeze()
            case {"freeze": int() | float() as at} if not isinstance(at, bool):
                clock.freeze(at)
            case {"resume": True}:
                clock.resume()
            case _:
                raise ValueError(
                    'send {"advance": seconds}, {"freeze": true}, {"freeze": epoch seconds} '
                    'or {"resume": true}'
                )


def _json_only(handler: _Handler) -> _Handler:
    """Reject a POST of another content type, and a body that cannot be read."""

    async def checked(request: Request) -> Response:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST" and media_type != "application/json":
            return json_response({"error": "send Content-Type: application/json"}, 400)
        try:
            return await handler(request)
        except ValueError as error:
            return json_response({"error": str(error)}, 400)
        except RecursionError:
            return json_response({"error": "the body is nested too deeply"}, 400)
        except ApiError as error:
            return json_response({"error": f"a body has at most {_MAX_BODY:,} bytes"}, error.status)

    return checked


async def _json(request: Request) -> Any:
    value = json.loads(await read_body(request, _MAX_BODY) or b"null")
    if not is_object(value) and not is_array(value):
        raise ValueError("send a JSON object")
    return value
