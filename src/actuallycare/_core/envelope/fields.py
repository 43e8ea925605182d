"""Fields of a record: read each as its declared type, and keep what is of another one.

Generated `from_dict` methods call these functions. A value that cannot be converted makes its
attribute None. The original goes to `additional_properties`, and `decode` reports the field once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from math import inf
from typing import Any, Final, TypeVar, cast

from ..record import NO_PROPERTIES, expected_names, known_names, wire_names
from .convert import to_date, to_datetime, to_list, to_number
from .unreadable import check_expected, current_policy, report

T = TypeVar("T")

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
"""What reading a value of another type raises; KeyError and AttributeError come from models."""

_NULL: Final[Any] = None
"""A null of any type: `cast` is a call, and records have many nulls."""

_EXACT: Final = 2**53
"""A float represents each integer up to this one (IEEE 754, double precision)."""

_parse_datetime: Final = datetime.datetime.fromisoformat
_parse_date: Final = datetime.date.fromisoformat


def read(convert: Callable[[Any], T], value: Any, name: str, rest: dict[str, Any]) -> T:
    """Return `convert(value)`, or None for a null.

    If the value cannot be converted, return None and keep it in `rest`. With `strict`, raise the
    error instead.
    """
    return _NULL if value is None else read_id(convert, value, name, rest)


def read_id(convert: Callable[[Any], T], value: Any, name: str, rest: dict[str, Any]) -> T:
    """Do as `read` does, but keep and report a null too: no other call can use a record then."""
    try:
        return convert(value)
    except _UNREADABLE:
        if current_policy().strict:
            raise
    rest[name] = value
    return cast("T", None)


# The functions for one type do as `read` does. They test for a null and the usual form first: most
# values need no other call.


def read_number(value: Any, name: str, rest: dict[str, Any]) -> Any:
    """Read a float."""
    if value is None or (type(value) is float and -inf < value < inf):
        return value
    # JavaScript writes a whole number without a fraction.
    if type(value) is int and -_EXACT <= value <= _EXACT:
        return float(value)
    return read(to_number, value, name, rest)


def read_datetime(value: Any, name: str, rest: dict[str, Any]) -> Any:
    """Read an aware date-time."""
    if value is None:
        return None
    if type(value) is str:
        try:
            found = _parse_datetime(value)
            if found.tzinfo is not None:
                return found
        except ValueError:
            pass  # of another form; `to_datetime` decides
    return None if _is_blank(value) else read(to_datetime, value, name, rest)


def read_date(value: Any, name: str, rest: dict[str, Any]) -> Any:
    """Read a date."""
    if value is None:
        return None
    if type(value) is str:
        try:
            return _parse_date(value)
        except ValueError:
            pass  # of another form; `to_date` decides
    return None if _is_blank(value) else read(to_date, value, name, rest)


def read_list(convert: Callable[[Any], T], value: Any, name: str, rest: dict[str, Any]) -> list[T]:
    """Read an array, and convert each element."""
    return read(lambda array: to_list(array, convert), value, name, rest)


def _is_blank(value: Any) -> bool:
    """Whether a value is an empty text, which back ends write for "no date"."""
    return isinstance(value, str) and not value.strip()


def required(src: Mapping[str, Any], wire: str, name: str) -> Any:
    """Return the value of a field that must be present, under either of its names."""
    return src[wire] if wire in src or name not in src else src[name]


@cache
def _checked_names(cls: Any) -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the known and the expected names: one lookup for each record instead of two."""
    return known_names(cls), expected_names(cls)


def keep_rest(cls: Any, src: Mapping[str, Any], rest: dict[str, Any]) -> Mapping[str, Any]:
    """Return the unknown fields of `src`, and the values in `rest`, which could not be read.

    Report fields that the document requires and that are missing; with `strict`, raise KeyError.
    """
    known, expected = _checked_names(cls)
    if expected and not expected.keys() <= src.keys():
        check_expected(cls, src, expected)
    # A record without fields looks nothing up: `keys` is what fails for an empty text or array.
    if not rest and src.keys() <= known:
        return NO_PROPERTIES
    if rest:
        report(cls, rest)
    names = wire_names(cls)
    for key, value in src.items():
        # `to_dict` writes the names of attributes, which are read where the other name is absent.
        if key not in known and (key not in names or names[key] in src):
            rest[key] = value
    return rest or NO_PROPERTIES
