"""Fixtures for the whole suite."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import ManualClock

# Time is no criterion: machines differ, and the first example builds character tables.
settings.register_profile(
    "explore", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# Two runs of one commit try the same examples. New ones: pytest --hypothesis-profile=explore
settings.register_profile("suite", settings.get_profile("explore"), derandomize=True)
settings.load_profile("suite")

DOCUMENT = Path(__file__).resolve().parents[1] / "openapi.json"
KEY = "0123456789abcdef" * 4


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the derived document once the vendor's own has been pulled.

    The sandbox, and the recorded responses, are written as the published reference says. A pulled
    document may say it in another dialect.
    """
    info = json.loads(DOCUMENT.read_text(encoding="utf-8"))["info"]
    if "x-derived-from" not in info:
        skip = pytest.mark.skip(reason="openapi.json is not derived from codegen/reference.json")
        for item in items:
            if item.get_closest_marker("snapshot"):
                item.add_marker(skip)


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
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Run a test that is marked `anyio` on each event loop that the SDK supports."""
    backend: str = request.param
    return backend


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """The SDK's logger, as it was before the test afterwards."""
    logger = logging.getLogger("actuallycare")
    before = logger.level, list(logger.handlers)
    yield logger
    logger.setLevel(before[0])
    logger.handlers[:] = before[1]
