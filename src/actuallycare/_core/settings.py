"""Check the settings of a client and of a call."""

from __future__ import annotations

from typing import TypeVar

from .errors import ConfigurationError

T = TypeVar("T", int, float)


def validate_positive(name: str, value: T | None, unit: str) -> T | None:
    """Return the value; ConfigurationError unless it is None or above 0."""
    if value is not None and not value > 0:
        raise ConfigurationError(
            f"{name} is {value!r}; {unit} above 0, or None for no limit, were expected."
        )
    return value
