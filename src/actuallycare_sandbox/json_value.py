"""Type guards for decoded JSON."""

from __future__ import annotations

from typing import Any, TypeGuard

Record = dict[str, Any]
"""A stored JSON object with an `id`."""


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether the value is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether the value is an array."""
    return isinstance(value, list)


def as_object(value: Any) -> dict[str, Any] | None:
    """Return the value if it is an object, otherwise None."""
    return value if is_object(value) else None
