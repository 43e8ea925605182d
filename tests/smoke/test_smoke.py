"""Every operation works through the SDK; the same steps go to Prism by `nox -s prism`."""

from __future__ import annotations

import pytest

from .__main__ import EXPECTED, smoke, succeeded
from .servers import sandbox


@pytest.mark.asyncio
async def test_every_operation_succeeds_against_the_sandbox() -> None:
    with sandbox() as server:
        outcomes = await smoke(server)
    assert {
        name: outcomes.get(name) for name in EXPECTED if not succeeded(outcomes.get(name))
    } == {}
    assert set(outcomes) == set(EXPECTED)
