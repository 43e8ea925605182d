"""Calls that end in every way, watched in memory."""

from __future__ import annotations

from typing import Any

from actuallycare import (
    ActuallyCareError,
    APIConnectionError,
    APITimeoutError,
    AsyncActuallyCare,
    Request,
    Response,
)
from tests.conftest import KEY
from tests.fakes import ManualClock, ScriptedTransport, answer, failure, success
from tests.telemetry.exported import Exported

FOUND = success({"id": "1"})
LATER = failure(429, headers={"Retry-After": "7"})
DOWN = failure(503, headers={"Retry-After": "2"})
ALWAYS = {
    "actuallycare.operation": "listings.get",
    "http.request.method": "GET",
    "server.address": "api.actuallycare.com",
    "server.port": 443,
    "url.full": "https://api.actuallycare.com/v1/listings/1",
    "url.template": "/v1/listings/{id}",
}


def lost(request: Request) -> Response:
    raise APIConnectionError("ReadError: it broke", request=request.without_auth(), sent=True)


def slow(request: Request) -> Response:
    raise APITimeoutError("no complete response", request=request.without_auth(), sent=True)


def connect(exported: Exported, *steps: Any, **options: Any) -> AsyncActuallyCare:
    options = {"transport": ScriptedTransport(*steps), "clock": ManualClock(), **options}
    return AsyncActuallyCare(KEY, telemetry=exported.observer, **options)


async def get(client: AsyncActuallyCare) -> ActuallyCareError | None:
    """Make one call; return the error that it raised, if any."""
    async with client:
        try:
            await client.listings.get("1")
        except ActuallyCareError as error:
            return error
        return None


STATUS, TYPE = "http.response.status_code", "error.type"
RESENT, LIMITED = "http.request.resend_count", "actuallycare.rate_limit.wait"
ID = "actuallycare.correlation_id"

ENDINGS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "success": ([FOUND], {STATUS: 200}),
    "success after 429": ([LATER, FOUND], {STATUS: 200, RESENT: 1, LIMITED: 7.0}),
    "success after 429 twice": ([LATER, LATER, FOUND], {STATUS: 200, RESENT: 2, LIMITED: 14.0}),
    "success after 429 with a correlation id": (
        [
            answer(
                {"success": False, "error": {}, "correlationId": "req-7"}, 429, {"Retry-After": "7"}
            ),
            FOUND,
        ],
        {STATUS: 200, RESENT: 1, LIMITED: 7.0},
    ),
    "success after 503": ([DOWN, FOUND], {STATUS: 200, RESENT: 1}),
    "success after a lost connection": ([lost, FOUND], {STATUS: 200, RESENT: 1}),
    "404": ([failure(404)], {STATUS: 404, TYPE: "404"}),
    "404 with a correlation id": (
        [answer({"success": False, "error": {}, "correlationId": "req-1"}, 404)],
        {STATUS: 404, TYPE: "404", ID: "req-1"},
    ),
    "429 for too long": (
        [failure(429, headers={"Retry-After": "900"})],
        {STATUS: 429, TYPE: "429"},
    ),
    "503 to the end": ([DOWN], {STATUS: 503, TYPE: "503", RESENT: 4}),
    "connection lost after 503": ([DOWN, lost], {TYPE: "APIConnectionError", RESENT: 4}),
    "timeout": ([slow], {TYPE: "APITimeoutError", RESENT: 4}),
    "302": ([Response(302, {"Location": "/"})], {STATUS: 302, TYPE: "APIStatusError"}),
    "200 with success false": (
        [answer({"success": False, "error": {}})],
        {STATUS: 200, TYPE: "APIStatusError"},
    ),
    "200 with HTML": ([Response(200, {}, b"<html>")], {STATUS: 200, TYPE: "DecodeError"}),
}
