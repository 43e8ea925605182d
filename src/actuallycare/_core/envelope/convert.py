"""Convert JSON values to declared types, without loss.

Back ends write the same value in several forms: PostgreSQL's `numeric` is text in Node, ids are
numbers or text, a flag is text. A converter accepts each form that means the same, and raises
ValueError for everything else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Final, TypeVar

from ..json_value import is_array, is_object, json_type
from ..scalars import is_missing

T = TypeVar("T")

# RFC 8259 section 6. Longer numbers are codes rather than quantities.
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,399})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?")

# RFC 3339 section 5.6, without what `datetime.fromisoformat` reads itself: a leap second (section
# 5.7), and midnight at the end of a day, which ISO 8601 writes as 24:00:00.
_DATE_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](?:(\d\d:\d\d):60(?:[.,](\d+))?|24:00(?::00(?:[.,]0+)?)?)"
    r"(Z|[+-]\d\d(?::?\d\d)?)?"
)
_MINUTE: Final = datetime.timedelta(minutes=1)
_DAY: Final = datetime.timedelta(days=1)
_ONE_SECOND: Final = datetime.time(second=1)


def to_text(value: Any) -> str:
    """Return a text; a number, which an id may be, as it is written in JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and isfinite(value):
        return str(value)
    raise _unexpected("a string", value)


def to_integer(value: Any) -> int:
    """Return an integer; a float or a text that is one is converted."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        number = _decimal(value)
        if number == number.to_integral_value():
            return int(number)
    raise _unexpected("an integer", value)


def to_number(value: Any) -> float:
    """Return a float; an integer or a text is converted if the float is the same number."""
    if isinstance(value, float) and isfinite(value):
        return value
    try:
        if isinstance(value, int) and not isinstance(value, bool) and float(value) == value:
            return float(value)
        if isinstance(value, str) and _is_exact(number := _decimal(value)):
            return float(number)
    except OverflowError:  # beyond the largest float
        pass
    raise _unexpected("a number that a float can represent", value)


def to_boolean(value: Any) -> bool:
    """Return a boolean; the texts "true" and "false" are converted."""
    if isinstance(value, bool):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    if text not in ("true", "false"):
        raise _unexpected("a boolean", value)
    return text == "true"


def to_datetime(value: Any) -> datetime.datetime:
    """Return an aware date-time; UTC where a text has no offset.

    A date is its midnight in UTC. A leap second is the second after it, and fractions beyond a
    microsecond are cut, because `datetime` has neither.
    """
    if isinstance(value, str):
        try:
            value = _parse_datetime(value.strip())
        except ValueError:
            raise _unexpected("a date-time", value) from None
    elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC)
    if not isinstance(value, datetime.datetime) or is_missing(value):
        raise _unexpected("a date-time", value)
    return value if value.tzinfo is not None else value.replace(tzinfo=datetime.UTC)


def to_date(value: Any) -> datetime.date:
    """Return a date; of a date-time, the date that it is written with."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    found = to_datetime(value).date()
    odd = _DATE_TIME.fullmatch(value.strip().upper()) if isinstance(value, str) else None
    return found if odd is None else datetime.date.fromisoformat(odd[1])


def to_list(value: Any, parse: Callable[[Any], T]) -> list[T]:
    """Convert each element of an array."""
    if not is_array(value):
        raise _unexpected("an array", value)
    return [parse(item) for item in value]


def to_map(value: Any, parse: Callable[[Any], T]) -> dict[str, T]:
    """Convert each value of an object."""
    if not is_object(value):
        raise _unexpected("an object", value)
    return {key: parse(item) for key, item in value.items()}


def _json_type(value: object) -> type[object]:
    """Return the type of a JSON value; `dict` and `list` for their subclasses too."""
    if is_object(value):
        return dict
    return list if is_array(value) else type(value)


def to_union(value: Any, variants: Mapping[type, Callable[[Any], Any]]) -> Any:
    """Convert a value by the variant for its own type, or else by the first that accepts it."""
    own = variants.get(_json_type(value))
    if own is not None:
        return own(value)
    for parse in variants.values():
        try:
            return parse(value)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    raise _unexpected("one of several types", value)


def optional(value: Any, parse: Callable[[Any], T]) -> T | None:
    """Return `parse(value)`, or None for a null."""
    return None if value is None else parse(value)


def identity(value: Any) -> Any:
    """Return the value unchanged: for what the document does not describe."""
    return value


def _decimal(text: str) -> Decimal:
    text = text.strip()
    if _NUMBER.fullmatch(text) is None:
        raise ValueError("expected a number, got a string that is none")
    return Decimal(text)


def _is_exact(number: Decimal) -> bool:
    """Whether a float keeps the number: as its exact value, or as its shortest notation."""
    near = float(number)
    return isfinite(near) and number in (Decimal(near), Decimal(repr(near)))


def _parse_datetime(text: str) -> datetime.datetime:
    text = text.upper()  # RFC 3339 allows lower-case "t" and "z"
    odd = _DATE_TIME.fullmatch(text)
    if odd is None:
        return datetime.datetime.fromisoformat(text)
    day, minute, fraction, offset = odd.groups()
    start = datetime.datetime.fromisoformat(
        f"{day}T{minute or '00:00'}:00.{fraction or '0'}{offset or 'Z'}"
    )
    try:
        end = start + (_DAY if minute is None else _MINUTE)
        if minute is not None and end.astimezone(datetime.UTC).time() >= _ONE_SECOND:
            raise ValueError("a leap second is the last one of a day in UTC")
    except OverflowError:
        raise ValueError("the date-time is after the year 9999") from None
    return end


def _unexpected(expected: str, value: Any) -> ValueError:
    return ValueError(f"expected {expected}, got {json_type(value)}")
