"""Check settings: those of a client or a call, of policies, stores and the webhook receiver."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from numbers import Integral
from typing import Any, cast

from .async_function import is_async_function
from .errors import ConfigurationError
from .timeout import Timeout


def validate_seconds(name: str, value: float, *, allow_zero: bool = False) -> float:
    """Return the value; ConfigurationError unless it is a number above 0, or 0 if that is allowed.

    NaN is rejected: it would bound nothing.
    """
    if _is_number(value) and (value > 0 or (allow_zero and value == 0)):
        return value
    expected = "of at least 0" if allow_zero else "above 0"
    raise ConfigurationError(f"{name} is {shown(value)}; seconds {expected} were expected.")


def validate_time_limit(name: str, value: float | None) -> float | None:
    """Return the value; ConfigurationError unless it is None or a number above 0."""
    if value is None or (_is_number(value) and value > 0):
        return value
    raise ConfigurationError(
        f"{name} is {shown(value)}; seconds above 0, or None for no limit, were expected."
    )


def validate_count(name: str, value: int, *, least: int = 1) -> int:
    """Return the value; ConfigurationError unless it is a whole number of at least `least`."""
    if _is_whole(value) and value >= least:
        return value
    raise ConfigurationError(
        f"{name} is {shown(value)}; a whole number of at least {least} was expected."
    )


def validate_limit(name: str, value: int | None, *, least: int = 1) -> int | None:
    """Return the value; ConfigurationError unless it is None or a whole number, see `least`."""
    if value is None or (_is_whole(value) and value >= least):
        return value
    raise ConfigurationError(
        f"{name} is {shown(value)}; a whole number of at least {least}, or None for no limit, was "
        "expected."
    )


def validate_timeout(value: Timeout | None) -> float | None:
    """Return the seconds of a timeout; None for no limit.

    Raises:
        ConfigurationError: it is not a number of seconds above 0, a timedelta or an httpx.Timeout.
    """
    seconds = validate_time_limit("timeout", _seconds(value))
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
            f"timeout is {shown(timeout)}; seconds above 0 (a number, a timedelta or an "
            "httpx.Timeout), or None for no limit, were expected."
        ) from None
    if None in parts:
        return None
    if not all(map(_is_number, parts)):
        raise ConfigurationError(f"timeout is {timeout!r}; its parts must be numbers or None.")
    return cast("float", max(parts))


def validate_methods(name: str, value: Any, methods: tuple[str, ...], expected: str) -> None:
    """Raise ConfigurationError unless a setting is an object with these methods, or None."""
    if value is None:
        return
    if isinstance(value, type) or not all(callable(getattr(value, part, None)) for part in methods):
        raise ConfigurationError(f"{name} is {shown(value)}; {expected} was expected.")


def validate_clock(value: Any) -> None:
    """Raise ConfigurationError unless a setting is a `Clock`, or None."""
    validate_methods("clock", value, ("monotonic", "now", "sleep"), "a Clock")


def validate_callable(name: str, value: object) -> None:
    """Raise ConfigurationError unless a setting is a function."""
    if not callable(value):
        raise ConfigurationError(f"{name} is {shown(value)}; a function was expected.")


def validate_callback(name: str, value: Any, expected: str = "a function") -> None:
    """Raise ConfigurationError unless a setting is a function that is not async.

    An async function would be called, but never awaited.
    """
    if isinstance(value, type) or not callable(value):
        raise ConfigurationError(f"{name} is {shown(value)}; {expected} was expected.")
    if is_async_function(value):
        raise ConfigurationError(
            f"{name} is an async function, which is not awaited; a plain function was expected."
        )


def validate_text(name: str, value: Any) -> str:
    """Return the value; ConfigurationError unless it is a str."""
    if isinstance(value, str):
        return value
    raise ConfigurationError(f"{name} is {shown(value)}; a str was expected.")


def validate_bool(name: str, value: Any) -> bool:
    """Return the value; ConfigurationError unless it is True or False."""
    if isinstance(value, bool):
        return value
    raise ConfigurationError(f"{name} is {shown(value)}; True or False was expected.")


def validate_share(name: str, value: float) -> float:
    """Return the value; ConfigurationError unless it is a number from 0 to 1."""
    if _is_number(value) and 0 <= value <= 1:
        return value
    raise ConfigurationError(f"{name} is {shown(value)}; a number from 0 to 1 was expected.")


def read_statuses(value: Iterable[int]) -> frozenset[int]:
    """Return the statuses as a set; ConfigurationError unless they are HTTP statuses."""
    statuses: Any = value
    try:
        # The characters of a text, and the keys of a mapping, are no statuses.
        is_other = isinstance(statuses, (str, bytes, Mapping))
        found: frozenset[Any] = frozenset((None,) if is_other else statuses)
    except TypeError:
        found = frozenset((None,))
    if all(_is_whole(status) and 100 <= status <= 599 for status in found):
        return found
    raise ConfigurationError(
        f"statuses is {shown(statuses)}; HTTP statuses were expected, such as {{502, 503}}."
    )


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    # An int that no float can represent would raise OverflowError with the first deadline.
    return isinstance(value, float) or (isinstance(value, int) and value.bit_length() < 1_000)


def _is_whole(value: object) -> bool:
    # `Integral` includes the integers of numpy.
    return not isinstance(value, bool) and isinstance(value, Integral)


def shown(value: object) -> str:
    """Describe a value; a text may be a credential in the wrong place."""
    if isinstance(value, type):
        return f"the class {value.__qualname__}"
    if value is None or isinstance(value, (float, timedelta)):
        return repr(value)
    if isinstance(value, int):
        return repr(value) if value.bit_length() < 1_000 else "a huge int"
    return f"a {type(value).__qualname__}"
