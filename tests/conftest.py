"""Fixtures for the whole suite."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from actuallycare_sandbox.dialects.dialect import DIALECTS
from actuallycare_sandbox.settings import DIALECT_VARIABLE, Settings
from tests.fakes import ManualClock

# Time is no criterion: machines differ, and the first example builds character tables.
settings.register_profile(
    "explore", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# Two runs of one commit try the same examples. New ones: pytest --hypothesis-profile=explore
settings.register_profile("suite", settings.get_profile("explore"), derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parents[1]
KEY = "0123456789abcdef" * 4


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--dialect`: the dialect of every sandbox and of every response that is made up."""
    parser.addoption("--dialect", choices=sorted(DIALECTS), help="dialect of the sandbox")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the dialect before a module is imported, also for the processes of tests."""
    if config.getoption("--dialect"):
        os.environ[DIALECT_VARIABLE] = config.getoption("--dialect")
    _check_document(config.args)


def _check_document(arguments: list[str]) -> None:
    """Stop where the SDK is not the one of the published reference, which the tests describe."""
    info = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))["info"]
    paths = [Path(argument.partition("::")[0]).resolve() for argument in arguments]
    any_document = all(path.is_relative_to(ROOT / "tests" / "document") for path in paths)
    if "x-derived-from" not in info and not any_document:
        raise pytest.UsageError(
            "openapi.json was pulled from the vendor; the tests describe the published reference. "
            "Run `python -m tests.reference pytest ARGUMENTS`. Only tests/document runs here."
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what one dialect does not do."""
    if Settings().dialect != "published":
        for item in items:
            published = item.get_closest_marker("published")
            if published is not None:
                item.add_marker(pytest.mark.skip(reason=published.kwargs["reason"]))


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
