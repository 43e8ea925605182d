"""Fixtures for the tests of the sandbox; most call it in process.

Nothing here uses the SDK: these tests are written against the document.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest
import pytest_asyncio

from actuallycare_sandbox import Backend, Clock, Limit, Limits, Settings, create_app
from tests.sandbox.webhook_receiver import Receiver

NOW = 1_782_000_000.0
MANY = Limit(1_000_000, 900)
UNLIMITED = Limits(MANY, MANY, MANY, MANY)


@pytest.fixture
def sandbox_clock() -> Clock:
    """A frozen clock."""
    clock = Clock()
    clock.freeze(NOW)
    return clock


@pytest.fixture
def make_backend(sandbox_clock: Clock) -> Iterator[Callable[..., Backend]]:
    """Create backends from settings; close them after the test."""
    created: list[Backend] = []

    def make(**settings: object) -> Backend:
        values = {"records": 200, "limits": UNLIMITED} | settings
        backend = Backend(Settings(**values), sandbox_clock)  # type: ignore[arg-type]
        created.append(backend)
        return backend

    yield make
    for backend in created:
        backend.close()


@pytest.fixture
def backend(make_backend: Callable[..., Backend]) -> Backend:
    """A backend with 200 sample records and limits that are never reached."""
    return make_backend()


def connect(backend: Backend, **headers: str) -> httpx.AsyncClient:
    """Return an HTTP client that calls a backend in process."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(backend=backend), client=("192.0.2.1", 1)),
        base_url="http://sandbox.test/v1",
        headers=headers,
    )


def connect_as(backend: Backend, email: str) -> httpx.AsyncClient:
    """Return an HTTP client with an access token of an account."""
    return connect(backend, Authorization=f"Bearer {backend.sessions.issue_token(email)}")


@pytest_asyncio.fixture
async def anonymous(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    """A client without credentials."""
    async with connect(backend) as client:
        yield client


@pytest_asyncio.fixture
async def api(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the example key."""
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as client:
        yield client


@pytest_asyncio.fixture
async def broker(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    """A client with an access token of the broker."""
    async with connect_as(backend, "broker@example.com") as client:
        yield client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A running webhook receiver."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
