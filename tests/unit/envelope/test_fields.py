"""Values: the absent marker, dates, nulls, unions."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from actuallycare import UNSET
from actuallycare._core.envelope.discriminator import by_discriminator
from actuallycare._core.envelope.fields import (
    if_object,
    optional,
    to_date,
    to_datetime,
    to_list,
    to_map,
)
from actuallycare._core.secret import redact
from actuallycare._core.serialize import format_datetime, to_jsonable

UTC = dt.UTC


def test_unset_is_one_falsy_value() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-10T17:00:00Z", dt.datetime(2026, 7, 10, 17, tzinfo=UTC)),
        ("2026-06-11T18:24:09.123Z", dt.datetime(2026, 6, 11, 18, 24, 9, 123000, tzinfo=UTC)),
        (
            "2026-06-11T18:24:09+02:00",
            dt.datetime(2026, 6, 11, 18, 24, 9, tzinfo=dt.timezone(dt.timedelta(hours=2))),
        ),
        ("", None),
        (None, None),
    ],
)
def test_date_times(text: Any, moment: dt.datetime | None) -> None:
    assert to_datetime(text) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-10", dt.date(2026, 7, 10)),
        ("2026-07-10T17:00:00.000Z", dt.date(2026, 7, 10)),
        ("", None),
        (None, None),
    ],
)
def test_dates(text: Any, day: dt.date | None) -> None:
    assert to_date(text) == day


@pytest.mark.parametrize("value", ["soon", 5, 0, False, [], {"a": 1}])
def test_what_is_no_date_is_not_guessed(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        to_datetime(value)
    with pytest.raises((TypeError, ValueError)):
        to_date(value)


def test_nulls_are_kept_at_every_depth() -> None:
    assert optional(None, int) is None
    assert to_list(["1", None], int) == [1, None]
    assert to_map({"a": "1", "b": None}, int) == {"a": 1, "b": None}


@pytest.mark.parametrize("value", ["12", {"a": 1}, 5, None])
def test_reject_a_value_that_is_not_an_array(value: Any) -> None:
    with pytest.raises(TypeError):
        to_list(value, int)


@pytest.mark.parametrize("value", ["12", [1], 5, None])
def test_reject_a_value_that_is_not_an_object(value: Any) -> None:
    with pytest.raises(TypeError):
        to_map(value, int)
    with pytest.raises(TypeError):
        by_discriminator(value, "kind", {})


def test_unions_are_decoded_by_type() -> None:
    def cash(value: Any) -> str:
        return f"cash {value['kind']}"

    assert if_object({"kind": 1}, cash) == "cash 1"
    assert if_object("text", cash) == "text"
    assert by_discriminator({"kind": "cash"}, "kind", {"cash": cash}) == "cash cash"
    for unknown in ({"kind": "barter"}, {"kind": []}, {}):
        assert by_discriminator(unknown, "kind", {"cash": cash}) == unknown


def test_a_secret_field_shows_only_whether_it_is_there() -> None:
    assert (redact(None), redact(UNSET), redact("s3cret")) == ("None", "UNSET", "'…'")


class Nested:
    def to_dict(self) -> dict[str, Any]:
        return {"a": UNSET, "when": dt.date(2026, 7, 10)}


def test_values_on_their_way_to_the_wire() -> None:
    value = {
        "left_alone": UNSET,
        "null": None,
        "moment": dt.datetime(2026, 7, 10, 17, tzinfo=UTC),
        "list": ({"x": UNSET, "y": 1}, 2),
        "nested": Nested(),
    }
    assert to_jsonable(value) == {
        "null": None,
        "moment": "2026-07-10T17:00:00Z",
        "list": [{"y": 1}, 2],
        "nested": {"when": "2026-07-10"},
    }
    with pytest.raises(TypeError):
        to_jsonable({"x": object()})
    with pytest.raises(TypeError):
        to_jsonable({"x": [UNSET]})


def test_datetimes_keep_their_offset() -> None:
    plus2 = dt.timezone(dt.timedelta(hours=2))
    assert (
        format_datetime(dt.datetime(2026, 1, 2, 3, 4, 5, 600, UTC)) == "2026-01-02T03:04:05.000600Z"
    )
    assert format_datetime(dt.datetime(2026, 1, 2, tzinfo=plus2)) == "2026-01-02T00:00:00+02:00"
    assert format_datetime(dt.date(2026, 1, 2)) == "2026-01-02"
    with pytest.raises(ValueError, match="has no time zone"):
        format_datetime(dt.datetime(2026, 1, 2))
