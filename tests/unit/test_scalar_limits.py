"""Values at the limits of what can be sent, and the whole sentence for those beyond."""

from __future__ import annotations

import datetime as dt
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from actuallycare import UNSET
from actuallycare._core.scalars import UnsendableValue, as_date, format_scalar, to_scalar
from actuallycare._core.secret import Secret


class Nowhere(dt.tzinfo):
    """A time zone without an offset, so that a datetime in it is naive."""

    def utcoffset(self, _when: dt.datetime | None, /) -> None:
        return None

    dst = utcoffset

    def tzname(self, _when: dt.datetime | None, /) -> None:
        return None


class Version:
    """Not a number, although its text is one."""

    def __str__(self) -> str:
        return "1.5"


class Shape:
    """A value with a shape, as arrays have, and nothing else."""

    shape = ()


class Tensor(Shape):
    """A single value of another library of arrays, whose types have no `kind`."""

    dtype = object()


class BigInteger:
    """An integer of another library, such as gmpy2."""

    def __int__(self) -> int:
        return 7


numbers.Integral.register(BigInteger)

KINDS = "pass a str, number, date, aware datetime, UUID or Enum"
NO_DATE = "is NaT; pass a date, or leave it out"
SENTENCES: list[tuple[Any, str]] = [
    (None, "is None, which can only be the value of a whole field"),
    (UNSET, "is UNSET, which can only be the value of a whole field"),
    (Secret(b"x"), "is a secret that is no text; pass a str"),  # type: ignore[arg-type]
    (Secret("\ud800"), "contains half of a surrogate pair, which UTF-8 cannot encode"),
    ("\ud800", "contains half of a surrogate pair, which UTF-8 cannot encode"),
    (pd.NaT, NO_DATE),
    (np.datetime64("NaT", "s"), NO_DATE),
    (np.datetime64("NaT", "ns"), NO_DATE),
    (
        dt.datetime(2026, 7, 1),
        (
            "is datetime.datetime(2026, 7, 1, 0, 0), which has no time zone; pass an aware "
            "datetime, such as datetime(…, tzinfo=timezone.utc)"
        ),
    ),
    (
        np.datetime64("2026-07-01T09:00:00.000000001"),
        (
            "is datetime.datetime(2026, 7, 1, 9, 0), which has no time zone; pass an aware "
            "datetime, such as datetime(…, tzinfo=timezone.utc)"
        ),
    ),
    (Fraction(1, 3), f"is a Fraction, which cannot be sent; {KINDS}"),
    (Version(), f"is a Version, which cannot be sent; {KINDS}"),
    (Tensor(), f"is a Tensor, which cannot be sent; {KINDS}"),
    (Shape(), f"is a Shape, which cannot be sent; {KINDS}"),
    (object(), f"is a object, which cannot be sent; {KINDS}"),
]


def test_a_time_zone_without_an_offset_is_none() -> None:
    with pytest.raises(UnsendableValue, match="which has no time zone"):
        format_scalar(dt.datetime(2026, 7, 1, tzinfo=Nowhere()))


@pytest.mark.parametrize(("value", "sentence"), SENTENCES)
def test_the_sentence_says_what_to_pass(value: Any, sentence: str) -> None:
    with pytest.raises(UnsendableValue, match=f"^{re.escape(sentence)}$"):
        format_scalar(value)


def test_the_sentence_names_the_place() -> None:
    error = UnsendableValue("is wrong")
    assert error.describe() == "the value is wrong"
    error.prepend(0)
    error.prepend("rooms")
    assert error.describe() == "`rooms.0` is wrong"


SENT: list[tuple[Any, str]] = [
    (False, "false"),
    (np.bool_(False), "false"),
    (dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC), "2026-07-01T09:00:00Z"),
    (dt.datetime(2026, 7, 1, 9, 0, 0, 5, tzinfo=dt.UTC), "2026-07-01T09:00:00.000005Z"),
    (dt.date(2026, 7, 1), "2026-07-01"),
    (Decimal("1E-400"), "0." + "0" * 399 + "1"),
    (Decimal("1E+399"), "1" + "0" * 399),
    (Secret("x"), "x"),
    (np.uint16(7), "7"),
    (np.str_("x"), "x"),
    (np.array("x"), "x"),
    (np.longdouble(0.5), "0.5"),
    (Fraction(2), "2"),
    (1 - 10**400, "-" + "9" * 400),
    (BigInteger(), "7"),
]


@pytest.mark.parametrize(("value", "text"), SENT)
def test_values_at_the_limits_are_sent(value: Any, text: str) -> None:
    assert format_scalar(value) == text


# Python itself formats no integer of more than 4300 digits.
BEYOND = [Decimal("1E-401"), Decimal("1E+400"), np.complex128(1), -(10**400), 10**5000]


@pytest.mark.parametrize("value", BEYOND, ids=lambda value: type(value).__name__)
def test_values_beyond_the_limits_are_not_sent(value: Any) -> None:
    with pytest.raises(UnsendableValue):
        format_scalar(value)


def test_a_secret_stays_wrapped() -> None:
    secret = Secret("x")
    assert to_scalar(secret) is secret


def test_no_date_stays_no_date() -> None:
    assert as_date(pd.NaT) is pd.NaT
    missing = np.datetime64("NaT", "s")
    assert as_date(missing) is missing
