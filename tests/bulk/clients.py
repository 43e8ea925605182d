"""One bulk run, with the async client on each event loop, and with the blocking client."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import anyio

from actuallycare import (
    ActuallyCare,
    APIConnectionError,
    AsyncActuallyCare,
    Request,
    Response,
    bulk,
)
from actuallycare._core.clock import Clock
from actuallycare.testing import InstantClock
from tests.fakes import ScriptedTransport, failure, success

KINDS = ["asyncio", "trio", "blocking"]
Results = list[bulk.BulkResult[Any, Any]]


class Back(ScriptedTransport):
    """Creates listings; the address decides what happens."""

    def __init__(self, *, pause: float = 0.0) -> None:
        super().__init__(self.respond)
        self.pause = pause
        self.at_once = self.most_at_once = 0
        self.created: list[str] = []

    async def send(self, request: Request) -> Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await anyio.sleep(self.pause)
            return await super().send(request)
        finally:
            self.at_once -= 1

    def respond(self, request: Request) -> Response:
        address = json.loads(request.content or b"{}")["address"]
        if address == "bad":
            return failure(400, "VALIDATION_ERROR")
        if address == "broken":
            return failure(500)
        if address == "unsent":
            raise APIConnectionError("refused", request=request, sent=False)
        if address == "lost":
            raise APIConnectionError("lost", request=request, sent=True)
        self.created.append(address)
        return success({"id": f"id of {address}"})


def creating(client: Any) -> Callable[[str], Any]:
    """The function of a run that creates a listing for each row, on either client."""
    return lambda row: client.listings.create(address=row, list_price=1)


def read(
    kind: str,
    transport: ScriptedTransport,
    rows: Iterable[Any],
    call: Callable[[Any], Callable[[Any], Any]] = creating,
    *,
    clock: Clock | None = None,
    into: Results | None = None,
    **options: Any,
) -> Results:
    """Return the results of a run of one kind; with `into`, also of a run that raises."""
    found: Results = [] if into is None else into
    arguments: dict[str, Any] = {"transport": transport, "clock": clock or InstantClock()}

    async def with_async() -> None:
        async with AsyncActuallyCare("ab" * 32, **arguments) as client:
            async for result in bulk.run(rows, call(client), **options):
                found.append(result)

    if kind != "blocking":
        anyio.run(with_async, backend=kind)
        return found
    with ActuallyCare("ab" * 32, **arguments) as client:
        for result in bulk.run_blocking(rows, call(client), **options):
            found.append(result)
    return found
