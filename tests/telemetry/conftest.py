"""What was exported in a test."""

from __future__ import annotations

import pytest

from tests.telemetry.exported import Exported


@pytest.fixture
def exported() -> Exported:
    return Exported()
