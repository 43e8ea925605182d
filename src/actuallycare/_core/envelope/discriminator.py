"""Unions with a discriminator. Imported only by generated code that has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from ..json_value import is_object, json_type

T = TypeVar("T")


def by_discriminator(
    value: Any,
    key: str,
    parsers: Mapping[str, Callable[[Any], T]],
    default: Callable[[Any], T] | None = None,
) -> T:
    """Return the variant of a union that the member `key` names.

    An unknown one is read by `default`, the base class. Without one it stays a dict, which the
    annotation says.
    """
    if not is_object(value):
        raise ValueError(f"expected an object, got {json_type(value)}")
    variant = value.get(key)
    parse = parsers.get(variant, default) if isinstance(variant, str) else default
    return parse(value) if parse is not None else cast("T", dict(value))
