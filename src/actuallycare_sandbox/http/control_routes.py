"""`/_sandbox`: what a test tells the server, and asks it. Not part of the vendor's API.

GET    /_sandbox                 what there is
POST   /_sandbox/reset           the initial state
GET    /_sandbox/requests        what arrived; DELETE forgets it
POST   /_sandbox/faults          plan a fault; GET shows what is planned, DELETE clears it
POST   /_sandbox/clock           {"advance": 60} | {"freeze": true} | {"resume": true}; GET
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from ..backend import Backend
from ..clock import timestamp
from ..control.faults import KINDS, Fault
from ..json_value import is_array, is_object
from .endpoint import json_response


def routes(backend: Backend) -> list[BaseRoute]:
    """The routes of the control API."""
    control = _Control(backend)
    inner = [
        Route("/", control.index, methods=["GET"]),
        Route("/reset", control.reset, methods=["POST"]),
        Route("/requests", control.requests, methods=["GET", "DELETE"]),
        Route("/faults", control.faults, methods=["GET", "POST", "DELETE"]),
        Route("/clock", control.clock, methods=["GET", "POST"]),
    ]
    return [Route("/_sandbox", control.index, methods=["GET"]), Mount("/_sandbox", routes=inner)]


class _Control:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def index(self, _: Request) -> Response:
        """What there is: how to get in, and what is served."""
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
        """Back to the initial state."""
        self._backend.reset()
        return json_response({"reset": True}, 200)

    async def requests(self, request: Request) -> Response:
        """What arrived."""
        if request.method == "DELETE":
            self._backend.arrivals.clear()
        found = [arrival.described() for arrival in self._backend.arrivals.all()]
        return json_response({"requests": found}, 200)

    async def faults(self, request: Request) -> Response:
        """Plan faults; one object, or a list of them."""
        if request.method == "DELETE":
            self._backend.faults.clear()
        if request.method == "POST":
            try:
                value = await _json(request)
                faults = [Fault.parse(part) for part in (value if is_array(value) else [value])]
            except ValueError as error:
                return json_response({"error": str(error)}, 400)
            for fault in faults:
                self._backend.faults.add(fault)
        planned = [
            asdict(fault) | {"times": left} for fault, left in self._backend.faults.planned()
        ]
        return json_response({"faults": planned}, 200)

    async def clock(self, request: Request) -> Response:
        """Read or move the clock."""
        clock = self._backend.clock
        if request.method == "POST":
            try:
                self._move(await _json(request))
            except ValueError as error:
                return json_response({"error": str(error)}, 400)
        return json_response({"now": timestamp(clock.now()), "frozen": clock.frozen}, 200)

    def _move(self, value: Any) -> None:
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


async def _json(request: Request) -> Any:
    value = json.loads(await request.body() or b"null")
    if not is_object(value) and not is_array(value):
        raise ValueError("send a JSON object")
    return value
