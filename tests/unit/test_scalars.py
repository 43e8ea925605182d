"""Values of every type that callers have: how they are sent, and which errors name them."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actuallycare import UNSET, AsyncActuallyCare, ConfigurationError
from actuallycare._core.scalars import UnsendableValue, as_date, format_scalar
from actuallycare._core.serialize import format_json, to_jsonable
from tests.fakes import ScriptedTransport, answer

PACIFIC = dt.timezone(dt.timedelta(hours=-7))
LATE = dt.datetime(2026, 7, 1, 23, 30, tzinfo=PACIFIC)


class Price(enum.Enum):
    LOW = Decimal("1E+5")


SENT: list[tuple[Any, str, str]] = [
    (Decimal("425000.50"), "425000.50", "425000.50"),
    (Decimal("4.25E+5"), "425000", "425000"),
    (Decimal("0.1234567890123456789"), "0.1234567890123456789", "0.1234567890123456789"),
    (1e22, "10000000000000000000000", "10000000000000000000000"),
    (1e-7, "0.0000001", "0.0000001"),
    (2**70, "1180591620717411303424", "1180591620717411303424"),
    (True, "true", "true"),
    (Price.LOW, "100000", "100000"),
    (UUID(int=7), f"{UUID(int=7)}", f'"{UUID(int=7)}"'),
    (LATE, "2026-07-01T23:30:00-07:00", '"2026-07-01T23:30:00-07:00"'),
]


@pytest.mark.parametrize(("value", "text", "body"), SENT)
def test_values_are_sent_without_loss(value: Any, text: str, body: str) -> None:
    assert format_scalar(value) == text
    assert format_json(value) == body
    assert format_json({"a": [value]}) == f'{{"a":[{body}]}}'


UNSENDABLE: list[tuple[Any, str]] = [
    (float("nan"), "is nan"),
    (float("-inf"), "is -inf"),
    (Decimal("NaN"), "is NaN"),
    (Decimal("sNaN"), "is sNaN"),
    (Decimal("1E+5000"), "400 digits"),
    (Decimal("1E-5000"), "400 digits"),
    (Fraction(1, 3), "is a Fraction"),
    (b"bytes", "is a bytes"),
    (object(), "is a object"),
    (dt.datetime(2026, 7, 1), "no time zone"),
    ("\ud800", "surrogate"),
]


@pytest.mark.parametrize(("value", "reason"), UNSENDABLE)
def test_what_cannot_be_sent_is_rejected(value: Any, reason: str) -> None:
    with pytest.raises(UnsendableValue, match=reason):
        format_scalar(value)
    with pytest.raises(UnsendableValue, match=reason) as caught:
        to_jsonable({"a": [{"b": value}]})
    assert caught.value.path == ("a", "0", "b")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_a_decimal_keeps_every_digit(value: Decimal) -> None:
    try:
        text = format_json(value)
    except UnsendableValue:
        assert value.as_tuple().exponent < -400  # type: ignore[operator]
        return
    assert "e" not in text.lower()
    assert Decimal(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_reads_back_and_has_no_exponent(value: float) -> None:
    text = format_json(value)
    assert "e" not in text
    assert float(json.loads(text)) == value
    assert float(format_scalar(value)) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=30)
@given(JSON)
def test_json_text_reads_back(value: Any) -> None:
    assert json.loads(format_json(value)) == value


def test_a_date_field_takes_the_date_of_a_datetime() -> None:
    assert as_date(LATE) == dt.date(2026, 7, 1)
    assert as_date([LATE, None]) == [dt.date(2026, 7, 1), None]
    for other in (None, UNSET, "2026-07-01", dt.date(2026, 7, 1)):
        assert as_date(other) is other


def test_values_of_numpy_and_pandas() -> None:
    sent = {
        "true": np.bool_(True),
        "3": np.int64(3),
        "7": np.array(7, dtype="uint8"),
        "0.1": np.float32(0.1),
        "1.5": np.float64(1.5),
        "x": np.str_("x"),
        "2026-07-01": np.datetime64("2026-07-01"),
        "2026-07-01T23:30:00-07:00": pd.Timestamp(LATE),
    }
    assert [format_scalar(value) for value in sent.values()] == list(sent)
    for value in (np.float32("nan"), np.datetime64("NaT", "s"), pd.NaT, pd.NA,
                  np.timedelta64(1, "s"), np.datetime64("2026-07-01T10:00"),
                  np.array([1])):  # fmt: skip
        with pytest.raises(UnsendableValue):
            format_scalar(value)
    for value in (pd.Timestamp(LATE), np.datetime64("2026-07-01T23:30:00.000000001")):
        assert as_date(value) == dt.date(2026, 7, 1)


Action = Callable[[AsyncActuallyCare], Any]
CALLS: list[tuple[Action, str, str]] = [
    (lambda c: c.listings.create(address="1", list_price=float("nan")), "list_price", "create"),
    (lambda c: c.listings.list(min_price=float("inf")), "minPrice", "list"),
    (lambda c: c.listings.list(page=cast("int", "two")), "page", "list"),
    (lambda c: c.listings.get(cast("str", object())), "id", "get"),
]


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "field", "name"), CALLS)
async def test_the_error_names_operation_and_field(call: Action, field: str, name: str) -> None:
    transport = ScriptedTransport(answer({}))
    async with AsyncActuallyCare("ab" * 32, transport=transport) as client:
        with pytest.raises(ConfigurationError, match=f"^listings.{name}: `{field}` is") as caught:
            await call(client)
    assert caught.value.__context__ is None  # whose frames have the values
    assert transport.requests == []


@pytest.mark.anyio
async def test_a_body_that_contains_itself_is_rejected() -> None:
    body: list[Any] = []
    body.append(body)
    async with AsyncActuallyCare("ab" * 32, transport=ScriptedTransport(answer({}))) as client:
        with pytest.raises(ConfigurationError, match=r"listings.create: .* contains itself"):
            await client.listings.create(address=cast("str", body), list_price=1)
