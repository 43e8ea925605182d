"""The forms of a timeout."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol


class TimeoutParts(Protocol):
    """An `httpx.Timeout`. The longest of its parts limits an attempt; None is no limit."""

    @property
    def connect(self) -> float | None: ...
    @property
    def read(self) -> float | None: ...
    @property
    def write(self) -> float | None: ...
    @property
    def pool(self) -> float | None: ...


Timeout = float | timedelta | TimeoutParts
