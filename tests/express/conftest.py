"""The sandbox behind Express and a proxy that delays, in both dialects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from attrs import evolve

from actuallycare_sandbox import Limit, Limits, RunningSandbox, Settings, run_sandbox
from tests.express.servers import delaying_proxy, node
from tests.integration.conftest import pytest_generate_tests

__all__ = ["pytest_generate_tests"]

MANY = Limit(1_000_000, 900)


@pytest.fixture(scope="module")
def express_sandbox(dialect: Any) -> Iterator[RunningSandbox]:
    """A sandbox whose `base_url` is that of the proxy before Express."""
    limits = Limits(MANY, MANY, MANY, MANY)
    settings = Settings(records=600, limits=limits, dialect=dialect, strict_statuses=True)
    with (
        run_sandbox(settings) as running,
        node("front.js", BACKEND=running.base_url) as port,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(delaying_proxy(port)) as base_url,
    ):
        yield evolve(running, base_url=base_url)
