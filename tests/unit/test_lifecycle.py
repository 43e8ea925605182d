"""Use after closing, while closing, in another event loop, after a fork: one clear error each."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import httpx
import pytest
import respx

from actuallycare import (
    APIConnectionError,
    AsyncActuallyCare,
    ConfigurationError,
    Request,
    Response,
    RetryPolicy,
)
from actuallycare._core.lifecycle import ClientLifecycle
from tests.fakes import ManualClock, ScriptedTransport, failure, success

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
URL = "https://api.actuallycare.com/v1"


class Silent(ScriptedTransport):
    """Never answers; counts the requests that wait."""

    waiting = 0

    async def send(self, request: Request) -> Response:
        self.waiting += 1
        try:
            await anyio.sleep_forever()
        finally:
            self.waiting -= 1
        raise AssertionError


@pytest.mark.parametrize("own_transport", [True, False])
def test_a_closed_client_makes_no_calls(run: Run, key: str, own_transport: bool) -> None:
    transport = None if own_transport else ScriptedTransport(success({"id": "1"}))

    async def main() -> None:
        async with AsyncActuallyCare(key, transport=transport) as client:
            view = client.with_options(timeout=1)
        for closed in (client, view):
            with pytest.raises(ConfigurationError, match="The client is closed"):
                await closed.listings.get("1")
        await client.aclose()

    run(main)
    assert transport is None or transport.requests == []


def test_closing_ends_the_calls_under_way(run: Run, key: str) -> None:
    transport = Silent()
    ends: list[str] = []

    async def get(client: AsyncActuallyCare) -> None:
        with pytest.raises(APIConnectionError, match="the client was closed") as caught:
            await client.listings.get("1")
        assert caught.value.sent
        assert caught.value.request.auth is None
        ends.append("call")

    async def main() -> None:
        client = AsyncActuallyCare(key, transport=transport)
        async with anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(get, client)
            while transport.waiting < 10:
                await anyio.lowlevel.checkpoint()
            await client.aclose()
            # The calls have left the transport when aclose() returns.
            assert transport.waiting == 0

    run(main)
    assert ends == ["call"] * 10


def test_closing_ends_a_wait_between_attempts(run: Run, key: str) -> None:
    transport = ScriptedTransport(failure(429, headers={"Retry-After": "20"}))

    async def main() -> None:
        client = AsyncActuallyCare(key, transport=transport)
        async with anyio.create_task_group() as group:

            async def get() -> None:
                with pytest.raises(APIConnectionError, match="the client was closed"):
                    await client.listings.get("1")

            group.start_soon(get)
            while not transport.requests:
                await anyio.lowlevel.checkpoint()
            await client.aclose()

    run(main)


def test_closing_under_cancellation_still_releases(run: Run) -> None:
    released: list[bool] = []

    async def release() -> None:
        released.append(True)

    async def main() -> None:
        lifecycle = ClientLifecycle()
        with anyio.CancelScope() as call:
            lifecycle.start_call(call)
            with anyio.move_on_after(0):
                await lifecycle.close(release)
        assert call.cancel_called

    run(main)
    assert released == [True]


def test_the_callers_own_cancellation_stays_a_cancellation(run: Run, key: str) -> None:
    async def main() -> None:
        client = AsyncActuallyCare(key, transport=Silent())
        with anyio.move_on_after(0) as scope:
            await client.listings.get("1")
        assert scope.cancelled_caught

    run(main)


@respx.mock
@pytest.mark.parametrize("own", [False, True], ids=["its own httpx", "the caller's httpx"])
def test_another_event_loop_is_refused(run: Run, key: str, own: bool) -> None:
    respx.get(f"{URL}/listings/1").mock(
        httpx.Response(200, json={"success": True, "data": {"id": "1"}})
    )
    http_client = httpx.AsyncClient() if own else None
    client = AsyncActuallyCare(key, http_client=http_client, retry=RetryPolicy(max_attempts=1))

    async def get() -> Any:
        await client.listings.get("1")
        return await client.listings.get("1")

    assert run(get).id == "1"
    with pytest.raises(ConfigurationError, match="another event loop"):
        run(get)
    with pytest.raises(ConfigurationError, match="another event loop"):
        run(client.aclose)


@respx.mock
def test_a_fork_is_refused(run: Run, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    respx.get(f"{URL}/listings/1").mock(
        httpx.Response(200, json={"success": True, "data": {"id": "1"}})
    )

    async def main() -> None:
        async with AsyncActuallyCare(key) as client:
            await client.listings.get("1")
            with monkeypatch.context() as patch:
                # What a child sees; a real fork of a threaded test process is not safe.
                patch.setattr(os, "getpid", lambda: -1)
                with pytest.raises(ConfigurationError, match="another process"):
                    await client.listings.get("1")
            await client.listings.get("1")

    run(main)


def test_a_transport_of_the_caller_may_serve_several_loops(
    run: Run, key: str, clock: ManualClock
) -> None:
    transport = ScriptedTransport(success({"id": "1"}))
    client = AsyncActuallyCare(key, transport=transport, clock=clock)
    for _ in range(2):
        run(lambda: client.listings.get("1"))
    assert len(transport.requests) == 2
