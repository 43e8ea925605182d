"""The attempts of a row: recorded for every operation, and finished when the run ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import anyio
import pytest

from actuallycare import (
    APIConnectionError,
    AsyncActuallyCare,
    Login,
    Request,
    Response,
    RetryPolicy,
    bulk,
)
from tests.bulk.clients import Back, creating
from tests.bulk.test_run import client
from tests.fakes import ScriptedTransport, Step, failure, success

pytestmark = pytest.mark.anyio

CREATED = success({"token": "t", "user": {"id": "1"}})


def registering(c: AsyncActuallyCare) -> Callable[[str], Any]:
    return lambda row: c.auth.register(
        email=row, first_name="A", last_name="B", password="Sample-Passw0rd", username="a"
    )


def states(path: Path) -> list[str]:
    return [json.loads(line)["state"] for line in path.read_text().splitlines()]


async def test_a_registration_is_recorded_before_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"

    def respond(request: Request) -> Response:
        assert states(path) == ["started"]
        return failure(500)

    async with client(ScriptedTransport(respond)) as c:
        run = bulk.run(["a@example.com"], registering(c), key=str, journal=path)
        (result,) = [each async for each in run]
    assert result.status == "unknown"
    assert states(path) == ["started", "unknown"]


async def test_a_registration_in_flight_finishes_when_the_run_ends() -> None:
    class Slow(ScriptedTransport):
        answered = 0

        async def send(self, request: Request) -> Response:
            response = await super().send(request)
            if len(self.requests) == 2:
                scope.cancel()
            await anyio.sleep(0.05)
            self.answered += 1
            return response

    transport = Slow(CREATED)
    scope = anyio.CancelScope()
    async with client(transport) as c:
        with scope:
            async with aclosing(bulk.run(["a", "b"], registering(c))) as run:
                async for _ in run:
                    pass
    assert transport.answered == len(transport.requests) == 2


async def test_requests_of_one_row_all_finish_when_the_run_ends() -> None:
    answered: list[str] = []

    class Slow(Back):
        async def send(self, request: Request) -> Response:
            address = json.loads(request.content or b"")["address"]
            started.append(address)
            if len(started) == 2:
                scope.cancel()
            await anyio.sleep(float(address))
            answered.append(address)
            return success({"id": "1"})

    started: list[str] = []
    scope = anyio.CancelScope()
    async with client(Slow()) as c:

        async def both(row: str) -> None:
            async with anyio.create_task_group() as group:
                group.start_soon(creating(c), "0.05")
                group.start_soon(creating(c), "0.1")

        with scope:
            async with aclosing(bulk.run(["a"], both)) as run:
                async for _ in run:
                    pass
    assert answered == ["0.05", "0.1"]


@pytest.mark.parametrize("rejected", ["auth.login", "listings.create"])
async def test_a_login_is_no_attempt_of_the_row(tmp_path: Path, rejected: str) -> None:
    path = tmp_path / "j.jsonl"

    def respond(request: Request) -> Response:
        if request.operation.name == rejected:
            return failure(400 if rejected == "listings.create" else 500)
        return success({"token": "t", "expiresIn": 900})

    transport = ScriptedTransport(respond)
    async with AsyncActuallyCare(
        token=Login("sample@example.com", "Sample-Passw0rd"), transport=transport, telemetry=False
    ) as c:
        run = bulk.run(["a"], creating(c), key=str, journal=path)
        (result,) = [each async for each in run]
    assert result.status == "failed"
    assert states(path) == (["failed"] if rejected == "auth.login" else ["started", "failed"])


def lost(request: Request) -> Response:
    raise APIConnectionError("lost", request=request, sent=True)


def refused(request: Request) -> Response:
    raise APIConnectionError("refused", request=request, sent=False)


async def only_result(
    c: AsyncActuallyCare, call: Callable[[str], Any]
) -> bulk.BulkResult[Any, Any]:
    (result,) = [each async for each in bulk.run(["a"], call)]
    return result


@pytest.mark.parametrize("steps", [(failure(408),), (lost, refused)])
async def test_an_attempt_that_may_have_arrived_makes_the_row_unknown(
    steps: tuple[Step, ...],
) -> None:
    retry = RetryPolicy(retry_unsafe=True, statuses=())
    async with client(ScriptedTransport(*steps), retry=retry) as c:
        result = await only_result(c, creating(c))
    assert result.status == "unknown"


@pytest.mark.parametrize("steps", [(success({"id": "1"}), failure(400)), (lost, failure(400))])
async def test_a_read_before_the_failure_has_no_effect(steps: tuple[Step, ...]) -> None:
    async with client(ScriptedTransport(*steps)) as c:

        async def call(row: str) -> None:
            await c.listings.get(row)
            await c.listings.create(address=row, list_price=1)

        result = await only_result(c, call)
    assert result.status == "failed"
