"""Check the settings of a client and of a call."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any, TypeVar, cast

from .errors import ConfigurationError
from .timeout import Timeout

T = TypeVar("T", int, float)


def validate_positive(name: str, value: T | None, unit: str) -> T | None:
    """Return the value; ConfigurationError unless it is None or a number above 0."""
    if value is None or (_is_number(value) and value > 0):
        return value
    raise ConfigurationError(
        f"{name} is {_shown(value)}; {unit} above 0, or None for no limit, were expected."
    )


def validate_timeout(value: Timeout | None) -> float | None:
    """Return the seconds of a timeout; None for no limit.

    Raises:
        ConfigurationError: it is not a number of seconds above 0, a timedelta or an httpx.Timeout.
    """
    seconds = validate_positive("timeout", _seconds(value), "seconds")
    return None if seconds == math.inf else seconds


def _seconds(timeout: Any) -> float | None:
    """Return the seconds of a number or timedelta, or the longest part of an `httpx.Timeout`."""
    if timeout is None or _is_number(timeout):
        return cast("float | None", timeout)
    if isinstance(timeout, timedelta):
        return timeout.total_seconds()
    try:
        parts = (timeout.connect, timeout.read, timeout.write, timeout.pool)
    except AttributeError:
        raise ConfigurationError(
            f"timeout is {_shown(timeout)}; seconds above 0 (a number, a timedelta or an "
            "httpx.Timeout), or None for no limit, were expected."
        ) from None
    return None if None in parts else max(parts)


def validate_methods(name: str, value: Any, methods: tuple[str, ...], expected: str) -> None:
    """Raise ConfigurationError unless a setting is an object with these methods, or None."""
    if value is None:
        return
    if isinstance(value, type) or not all(callable(getattr(value, part, None)) for part in methods):
        raise ConfigurationError(f"{name} is {_shown(value)}; {expected} was expected.")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shown(value: object) -> str:
    """Describe a value; a text may be a credential in the wrong place."""
    if isinstance(value, type):
        return f"the class {value.__qualname__}"
    if isinstance(value, (int, float, timedelta)):
        return repr(value)
    return f"a {type(value).__qualname__}"
