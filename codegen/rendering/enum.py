"""Literal aliases for enums."""

from __future__ import annotations

from .properties import LiteralEnumProperty


def enum_values(enum: LiteralEnumProperty) -> str:
    """The members as the arguments of `Literal[…]`, sorted, so that order never shows as change."""
    values: list[str | int] = sorted(enum.values, key=lambda value: (str(type(value)), value))
    return ", ".join(repr(value) for value in values)
