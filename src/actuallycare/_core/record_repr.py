"""How a record is shown: in one short line, or with all fields."""

from __future__ import annotations

import datetime
import reprlib
from collections.abc import Iterable
from pprint import pformat
from typing import Any, Final

_FIELDS = 4
"""Fields that the short form shows."""


class _Redacted:
    """Placeholder for a redacted value."""

    def __repr__(self) -> str:
        return "'…'"


REDACTED: Final = _Redacted()


class _Short(reprlib.Repr):
    """Abbreviates long values, and writes dates as they are written in JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = 40
        self.maxother = 80
        self.maxlist = 2
        self.maxdict = 2

    def repr_datetime(self, value: datetime.datetime, _level: int) -> str:
        return value.isoformat()

    def repr_date(self, value: datetime.date, _level: int) -> str:
        return value.isoformat()


_short = _Short().repr


def short_text(name: str, shown: Iterable[tuple[str, Any]]) -> str:
    """Return one line: the id, the first fields that are set, and the number of the others."""
    present = [(field, value) for field, value in shown if value is not None]
    present.sort(key=lambda pair: pair[0] != "id")
    # Additional properties are only counted: nothing is known about them.
    first = [pair for pair in present if pair[0] != "additional_properties"][:_FIELDS]
    parts = [f"{field}={_short(value)}" for field, value in first]
    if len(present) > len(first):
        parts.append(f"… +{len(present) - len(first)}")
    return f"{name}({', '.join(parts)})"


def full_text(name: str, shown: Iterable[tuple[str, Any]]) -> str:
    """Return one line for each field."""
    lines = [f"{field}={pformat(value, compact=True)}," for field, value in shown]
    body = "\n".join(lines).replace("\n", "\n    ")
    return f"{name}(\n    {body}\n)"
