"""A sandbox in process for each test, and one over a real socket where the socket matters.

Nothing here uses the SDK: these tests are the sandbox's own, written against the document.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest
import pytest_asyncio

from actuallycare_sandbox import Backend, Clock, Limit, Limits, Settings, create_app

NOW = 1_782_000_000.0
MANY = Limit(1_000_000, 900)
UNLIMITED = Limits(MANY, MANY, MANY, MANY)


@pytest.fixture
def sandbox_clock() -> Clock:
    """Stands still until a test moves it."""
    clock = Clock()
    clock.freeze(NOW)
    return clock


@pytest.fixture
def make_backend(sandbox_clock: Clock) -> Iterator[Callable[..., Backend]]:
    """Put a backend together from settings; closed after the test."""
    made: list[Backend] = []

    def make(**settings: object) -> Backend:
        wanted = {"records": 200, "limits": UNLIMITED} | settings
        backend = Backend(Settings(**wanted), sandbox_clock)  # type: ignore[arg-type]
        made.append(backend)
        return backend

    yield make
    for backend in made:
        backend.close()


@pytest.fixture
def backend(make_backend: Callable[..., Backend]) -> Backend:
    """200 sample records, limits that are never met."""
    return make_backend()


def connect(backend: Backend, **headers: str) -> httpx.AsyncClient:
    """A raw HTTP client of a backend, in process."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(backend=backend), client=("192.0.2.1", 1)),
        base_url="http://sandbox.test/v1",
        headers=headers,
    )


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
