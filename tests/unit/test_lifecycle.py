"""Use after closing, while closing, in another event loop, after a fork: one clear error each."""

from __future__ import annotations

import os
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


@pytest.mark.anyio
@pytest.mark.parametrize("own_transport", [True, False])
async def test_a_closed_client_makes_no_calls(key: str, own_transport: bool) -> None:
    transport = None if own_transport else ScriptedTransport(success({"id": "1"}))

    async with AsyncActuallyCare(key, transport=transport) as client:
        view = client.with_options(timeout=1)
    for closed in (client, view):
        with pytest.raises(ConfigurationError):
            await closed.listings.get("1")
    await client.aclose()
    assert transport is None or transport.requests == []


@pytest.mark.anyio
async def test_closing_ends_the_calls_under_way(key: str) -> None:
    transport = Silent()
    ends: list[str] = []

    async def get(client: AsyncActuallyCare) -> None:
        with pytest.raises(APIConnectionError) as caught:
            await client.listings.get("1")
        assert caught.value.sent
        assert caught.value.request.auth is None
        ends.append("call")

    client = AsyncActuallyCare(key, transport=transport)
    async with anyio.create_task_group() as group:
        for _ in range(10):
            group.start_soon(get, client)
        while transport.waiting < 10:
            await anyio.lowlevel.checkpoint()
        await client.aclose()
        # The calls have left the transport when aclose() returns.
        assert transport.waiting == 0
    assert ends == ["call"] * 10


@pytest.mark.anyio
async def test_closing_ends_a_wait_between_attempts(key: str) -> None:
    transport = ScriptedTransport(failure(429, headers={"Retry-After": "20"}))

    client = AsyncActuallyCare(key, transport=transport)
    async with anyio.create_task_group() as group:

        async def get() -> None:
            with pytest.raises(APIConnectionError):
                await client.listings.get("1")

        group.start_soon(get)
        while not transport.requests:
            await anyio.lowlevel.checkpoint()
        await client.aclose()


@pytest.mark.anyio
async def test_closing_under_cancellation_still_releases() -> None:
    released: list[bool] = []

    async def release() -> None:
        released.append(True)

    lifecycle = ClientLifecycle()
    with anyio.CancelScope() as call:
        lifecycle.start_call(call)
        with anyio.move_on_after(0):
            await lifecycle.close(release)
    assert call.cancel_called
    assert released == [True]


@pytest.mark.anyio
async def test_the_callers_own_cancellation_stays_a_cancellation(key: str) -> None:
    client = AsyncActuallyCare(key, transport=Silent())
    with anyio.move_on_after(0) as scope:
        await client.listings.get("1")
    assert scope.cancelled_caught


@respx.mock
@pytest.mark.parametrize("own", [False, True], ids=["its own httpx", "the caller's httpx"])
def test_another_event_loop_is_rejected(anyio_backend: str, key: str, own: bool) -> None:
    respx.get(f"{URL}/listings/1").mock(
        httpx.Response(200, json={"success": True, "data": {"id": "1"}})
    )
    http_client = httpx.AsyncClient() if own else None
    client = AsyncActuallyCare(key, http_client=http_client, retry=RetryPolicy(max_attempts=1))

    async def get() -> Any:
        await client.listings.get("1")
        return await client.listings.get("1")

    assert anyio.run(get, backend=anyio_backend).id == "1"
    with pytest.raises(ConfigurationError):
        anyio.run(get, backend=anyio_backend)
    with pytest.raises(ConfigurationError):
        anyio.run(client.aclose, backend=anyio_backend)


@pytest.mark.anyio
@respx.mock
async def test_a_fork_is_rejected(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    respx.get(f"{URL}/listings/1").mock(
        httpx.Response(200, json={"success": True, "data": {"id": "1"}})
    )

    async with AsyncActuallyCare(key) as client:
        await client.listings.get("1")
        with monkeypatch.context() as patch:
            # What a child sees; a real fork of a threaded test process is not safe.
            patch.setattr(os, "getpid", lambda: -1)
            with pytest.raises(ConfigurationError):
                await client.listings.get("1")
        await client.listings.get("1")


def test_a_transport_of_the_caller_may_serve_several_loops(
    anyio_backend: str, key: str, clock: ManualClock
) -> None:
    transport = ScriptedTransport(success({"id": "1"}))
    client = AsyncActuallyCare(key, transport=transport, clock=clock)
    for _ in range(2):
        anyio.run(lambda: client.listings.get("1"), backend=anyio_backend)
    assert len(transport.requests) == 2
