"""The integration tests run against both dialects of the sandbox."""

from __future__ import annotations

import pytest

from actuallycare_sandbox.dialects.dialect import DIALECTS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that takes `dialect` in both, or in the one of `--dialect`."""
    if "dialect" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--dialect")
        names = [chosen] if chosen else list(DIALECTS)
        metafunc.parametrize("dialect", names, scope="module")
