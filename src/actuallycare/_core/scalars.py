"""Single values to send, as text or plain JSON values: numbers, dates, ids, enums. No I/O.

Values of numpy and pandas are recognised by their attributes, so neither is imported.
"""

from __future__ import annotations

import datetime
import enum
import math
import numbers
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from uuid import UUID

from .secret import Secret, unwrap_secret
from .unset import UNSET

_MOST_DIGITS = 400
"""Before or after the decimal point. Every float has fewer before it: the largest is 1.8e308."""
_INTEGERS_END = 10**_MOST_DIGITS


class UnsendableValue(ValueError):
    """A value that cannot be sent. Its text says why, without the value.

    Callers turn it into an error that names the operation, the setting or the model.
    """

    path: tuple[str, ...] = ()
    """Where the value is: the name of the field, then what leads to the value inside it."""

    def prepend(self, name: object) -> None:
        """Add the name under which another value contains this one."""
        self.path = (str(name), *self.path)

    def describe(self) -> str:
        """Return a sentence about the field."""
        return f"`{'.'.join(self.path)}` {self}" if self.path else f"the value {self}"


def to_scalar(value: Any) -> str | bool | int | float | Decimal | Secret:
    """Return what to send for a single value. Numbers are finite, dates are text.

    A secret stays wrapped, so that no error shows it. Raises UnsendableValue.
    """
    if value is UNSET or value is None:
        raise UnsendableValue(f"is {value!r}, which can only be the value of a whole field")
    if isinstance(value, enum.Enum):
        # str() gives the name, such as `Status.ACTIVE`, also for `class Status(str, Enum)`.
        return to_scalar(value.value)
    if isinstance(value, str):
        return _checked_text(str.__str__(value))
    if isinstance(value, Secret):
        found: Any = value.get_secret_value()
        if isinstance(found, str):  # `secret_problem` checks the others
            _checked_text(found)
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return _checked_number(value)
    if isinstance(value, datetime.date):
        return format_datetime(value)
    if isinstance(value, UUID):
        return str(value)
    return to_scalar(_plain(value))


def format_scalar(value: Any) -> str:
    """Format a single value of a query, header, path or form. Raises UnsendableValue."""
    value = unwrap_secret(to_scalar(value))
    if value is None or isinstance(value, bytes):
        raise UnsendableValue("is a secret that is no text; pass a str")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else format_number(value)


def format_number(value: float | Decimal) -> str:
    """Format a finite number without an exponent, which not every parser of numbers accepts."""
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        text = float.__repr__(value)
        if "e" not in text:
            return text
        value = Decimal(text)
    return format(value, "f")


def format_datetime(value: datetime.date) -> str:
    """Format a date, or a date-time with its offset (RFC 3339), as the vendor does: `Z` for UTC.

    Raises UnsendableValue for a date-time without an offset, which is ambiguous.
    """
    if is_missing(value):
        raise UnsendableValue("is NaT; pass a date, or leave it out")
    if isinstance(value, datetime.datetime) and value.utcoffset() is None:
        raise UnsendableValue(
            f"is {value!r}, which has no time zone; pass an aware datetime, such as "
            "datetime(…, tzinfo=timezone.utc)"
        )
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def as_date(value: Any) -> Any:
    """Return the date of a date-time, in its own time zone; anything else unchanged.

    For fields that the API documents as dates. To Python and to type checkers, a datetime is a
    date too.
    """
    if isinstance(value, (list, tuple)):
        return [as_date(item) for item in cast("list[Any]", value)]
    if _array_kind(value) == "M":
        value = value.astype("datetime64[D]").item() or value  # None for NaT
    if isinstance(value, datetime.datetime) and not is_missing(value):
        return value.date()
    return value


def _plain(value: Any) -> Any:
    """Return a number, date or text of another library as Python's own. Raises UnsendableValue."""
    kind = _array_kind(value)
    if kind == "M":
        return _plain_date(value)
    if kind in ("b", "i", "u", "U"):
        return value.item()
    if kind is None and isinstance(value, numbers.Integral):
        return int(value)
    if kind == "f" or (kind is None and isinstance(value, numbers.Real)):
        # By way of the text: 0.1 as a 32-bit float is 0.10000000149011612 as a Python float.
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    raise UnsendableValue(
        f"is a {type(value).__name__}, which cannot be sent; pass a str, number, date, aware "
        "datetime, UUID or Enum"
    )


def _array_kind(value: Any) -> str | None:
    """Return the kind of a numpy scalar: one of the letters of `dtype.kind`."""
    if getattr(value, "shape", None) != ():
        return None
    kind = getattr(getattr(value, "dtype", None), "kind", None)
    return kind if isinstance(kind, str) else None


def _plain_date(value: Any) -> datetime.date:
    """Return a `numpy.datetime64` as a date or datetime. It never has a time zone."""
    found = value.item()
    if isinstance(found, int):  # nanoseconds, which Python's datetime does not have
        found = value.astype("datetime64[us]").item()
    if not isinstance(found, datetime.date):
        raise UnsendableValue("is NaT; pass a date, or leave it out")
    return found


def is_missing(value: datetime.date) -> bool:
    """Whether a date is the missing one of pandas."""
    # `pandas.NaT` is an instance of datetime. Like NaN it does not equal itself.
    return value != value  # noqa: PLR0124 - that is the test


def _checked_text(text: str) -> str:
    if not text.isascii() and not _is_utf8(text):
        raise UnsendableValue("contains half of a surrogate pair, which UTF-8 cannot encode")
    return text


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _checked_number(value: float | Decimal) -> float | Decimal:
    if isinstance(value, int):
        if not -_INTEGERS_END < value < _INTEGERS_END:
            raise UnsendableValue(f"is an integer of more than {_MOST_DIGITS} digits")
        return value
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        raise UnsendableValue(f"is {value}; pass a finite number, or None or nothing instead")
    if isinstance(value, Decimal):
        _, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)
        if exponent < -_MOST_DIGITS or len(digits) + exponent > _MOST_DIGITS:
            raise UnsendableValue(
                f"is a Decimal of more than {_MOST_DIGITS} digits when written without an exponent"
            )
    return value
