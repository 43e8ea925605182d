"""Unions with a discriminator. Imported only by generated code that has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from ..json_value import is_object, json_type

T = TypeVar("T")


def by_discriminator(value: Any, key: str, parsers: Mapping[str, Callable[[Any], T]]) -> T:
    """Parse the variant of a union that the member `key` names; return an unknown one unchanged."""
    if not is_object(value):
        raise TypeError(f"expected an object, got {json_type(value)}")
    variant = value.get(key)
    parse = parsers.get(variant) if isinstance(variant, str) else None
    return parse(value) if parse is not None else cast("T", value)
