"""Pytest fixtures for projects that use the SDK; installed with the extra `sandbox`.

    async def test_mine(actuallycare_sandbox, actuallycare_sandbox_client):
        actuallycare_sandbox.backend.faults.add(Fault("status", status=503))
        page = await actuallycare_sandbox_client.listings.list()

    actuallycare_sandbox                    a server on a free loopback port
    actuallycare_sandbox_client             an SDK client of it, with key and token
    actuallycare_sandbox_in_process         the same application without a socket, for speed
    actuallycare_sandbox_in_process_client  an SDK client of that
    actuallycare_sandbox_settings           override it to have other settings
    actuallycare_clock                      override it with None to wait in real time

Each test starts from the initial state. While a test uses a sandbox, the SDK's waits take no time:
its clock jumps ahead instead, and the sandbox's clock with it. Only this module of the sandbox
imports the SDK, for that clock and the clients.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from .messages import MISSING_EXTRA

if TYPE_CHECKING:
    from actuallycare import AsyncActuallyCare
    from actuallycare.testing import InstantClock

    from .backend import Backend
    from .http.handle import RunningSandbox
    from .http.in_process import InProcessSandbox
    from .settings import Settings


@pytest.fixture(scope="session")
def actuallycare_sandbox_settings() -> Settings:
    """Settings of the sandboxes: 200 sample records and the documented limits."""
    from .settings import Settings

    return Settings(records=200)


@pytest.fixture
def actuallycare_clock() -> Iterator[InstantClock | None]:
    """Clock of every SDK client without its own: waits end at once."""
    from actuallycare.testing import instant

    with instant() as clock:
        yield clock


@pytest.fixture(scope="session")
def _actuallycare_sandbox_server(
    actuallycare_sandbox_settings: Settings,
) -> Iterator[RunningSandbox]:
    try:
        from .http.server import run_sandbox
    except ImportError as error:
        raise pytest.UsageError(f"{MISSING_EXTRA} ({error})") from error

    with run_sandbox(actuallycare_sandbox_settings) as server:
        yield server


@pytest.fixture
def actuallycare_sandbox(
    _actuallycare_sandbox_server: RunningSandbox, actuallycare_clock: InstantClock | None
) -> RunningSandbox:
    """A running sandbox in its initial state: `base_url`, `api_key`, `token()`, `backend`."""
    _reset(_actuallycare_sandbox_server.backend, actuallycare_clock)
    return _actuallycare_sandbox_server


@pytest.fixture
def actuallycare_sandbox_client(actuallycare_sandbox: RunningSandbox) -> AsyncActuallyCare:
    """An SDK client of the running sandbox; close it, or use it in `async with`."""
    from actuallycare import AsyncActuallyCare

    return AsyncActuallyCare(
        actuallycare_sandbox.api_key,
        token=actuallycare_sandbox.token(),
        base_url=actuallycare_sandbox.base_url,
    )


@pytest.fixture(scope="session")
def _actuallycare_sandbox_app(
    actuallycare_sandbox_settings: Settings,
) -> Iterator[InProcessSandbox]:
    try:
        from .http.in_process import in_process
    except ImportError as error:
        raise pytest.UsageError(f"{MISSING_EXTRA} ({error})") from error

    with in_process(actuallycare_sandbox_settings) as sandbox:
        yield sandbox


@pytest.fixture
def actuallycare_sandbox_in_process(
    _actuallycare_sandbox_app: InProcessSandbox, actuallycare_clock: InstantClock | None
) -> InProcessSandbox:
    """A sandbox without a socket in its initial state: `transport()`, `api_key`, `backend`."""
    _reset(_actuallycare_sandbox_app.backend, actuallycare_clock)
    return _actuallycare_sandbox_app


@pytest.fixture
def actuallycare_sandbox_in_process_client(
    actuallycare_sandbox_in_process: InProcessSandbox,
) -> AsyncActuallyCare:
    """An SDK client of the sandbox without a socket."""
    import httpx

    from actuallycare import AsyncActuallyCare

    sandbox = actuallycare_sandbox_in_process
    return AsyncActuallyCare(
        sandbox.api_key,
        token=sandbox.token(),
        base_url=sandbox.base_url,
        http_client=httpx.AsyncClient(transport=sandbox.transport()),
    )


def _reset(backend: Backend, clock: InstantClock | None) -> None:
    backend.reset()
    if clock is not None:
        clock.subscribe(backend.clock.advance)
