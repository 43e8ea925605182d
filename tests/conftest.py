"""Fixtures for the whole suite."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import ManualClock

# Time is no criterion: machines differ, and the first example builds character tables.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("suite")

KEY = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own settings must not reach the tests."""
    monkeypatch.delenv("ACTUALLYCARE_API_KEY", raising=False)
    monkeypatch.delenv("ACTUALLYCARE_BASE_URL", raising=False)


@pytest.fixture
def key() -> str:
    """A well-formed API key."""
    return KEY


@pytest.fixture
def clock() -> ManualClock:
    """A clock that moves only when somebody sleeps on it."""
    return ManualClock()


@pytest.fixture(params=["asyncio", "trio"])
def run(request: pytest.FixtureRequest) -> Callable[[Callable[[], Awaitable[Any]]], Any]:
    """Run an async function on each event loop that the SDK claims."""

    def runner(function: Callable[[], Awaitable[Any]]) -> Any:
        return anyio.run(function, backend=request.param)

    return runner
