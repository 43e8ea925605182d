"""Values in other forms are converted without loss, or not at all."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pandas as pd
import pytest

from actuallycare._core.envelope.convert import (
    optional,
    to_boolean,
    to_date,
    to_datetime,
    to_integer,
    to_list,
    to_map,
    to_number,
    to_text,
    to_union,
)
from actuallycare._core.envelope.discriminator import by_discriminator

PLUS_2 = dt.timezone(dt.timedelta(hours=2))


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


CONVERTED: list[tuple[Any, Any, Any]] = [
    (to_text, "x", "x"),
    (to_text, 7, "7"),
    (to_text, 2.5, "2.5"),
    (to_integer, 7, 7),
    (to_integer, 7.0, 7),
    (to_integer, "42", 42),
    (to_integer, " 42 ", 42),
    (to_integer, "42.00", 42),
    (to_integer, "1e3", 1000),
    (to_integer, "-0", 0),
    (to_integer, "9007199254740993", 9007199254740993),
    (to_integer, 10**400, 10**400),
    (to_number, 1.5, 1.5),
    (to_number, 425000, 425000.0),
    (to_number, "425000.00", 425000.0),
    (to_number, "0.1", 0.1),
    (to_number, "1e3", 1000.0),
    (to_number, str(2**60), float(2**60)),
    (to_boolean, True, True),
    (to_boolean, "true", True),
    (to_boolean, "False", False),
    (to_date, "2026-07-10", dt.date(2026, 7, 10)),
    (to_date, "2026-07-10T23:30:00-07:00", dt.date(2026, 7, 10)),
    (to_date, dt.date(2026, 7, 10), dt.date(2026, 7, 10)),
    (to_date, utc(2026, 7, 10, 17), dt.date(2026, 7, 10)),
    (to_datetime, "2026-07-10T17:00:00Z", utc(2026, 7, 10, 17)),
    (to_datetime, "2026-07-10t17:00:00.1z", utc(2026, 7, 10, 17, 0, 0, 100_000)),
    (to_datetime, "2026-07-10 17:00:00.123456789+00", utc(2026, 7, 10, 17, 0, 0, 123_456)),
    (to_datetime, "2026-07-10T17:00:00", utc(2026, 7, 10, 17)),
    (to_datetime, "2026-07-10T17:00:00+02:00", dt.datetime(2026, 7, 10, 17, tzinfo=PLUS_2)),
    (to_datetime, "2026-07-10", utc(2026, 7, 10)),
    (to_datetime, "2026-07-10T24:00:00Z", utc(2026, 7, 11)),
    (to_datetime, "2016-12-31T23:59:60Z", utc(2017, 1, 1)),
    (to_datetime, "2017-01-01T01:59:60+02:00", dt.datetime(2017, 1, 1, 2, tzinfo=PLUS_2)),
    (to_datetime, "2016-12-31t23:59:60.5z", utc(2017, 1, 1, 0, 0, 0, 500_000)),
    (to_datetime, "2016-12-31 23:59:60,123456789+00", utc(2017, 1, 1, 0, 0, 0, 123_456)),
    (to_datetime, "2026-07-10T24:00:00.000+00", utc(2026, 7, 11)),
    (to_date, "2016-12-31T23:59:60Z", dt.date(2016, 12, 31)),
    (to_date, " 2016-12-31t15:59:60.999-08 ", dt.date(2016, 12, 31)),
    (to_date, "2026-07-10T24:00:00Z", dt.date(2026, 7, 10)),
    (to_datetime, dt.date(2026, 7, 10), utc(2026, 7, 10)),
    (to_datetime, dt.datetime(2026, 7, 10), utc(2026, 7, 10)),
]


@pytest.mark.parametrize(("convert", "value", "expected"), CONVERTED)
def test_convert_what_means_the_same(convert: Any, value: Any, expected: Any) -> None:
    found = convert(value)
    assert found == expected
    assert type(found) is type(expected)
    if isinstance(found, dt.datetime):
        assert found.utcoffset() == expected.utcoffset()


REJECTED: dict[Any, list[Any]] = {
    to_text: [None, True, [], {}, float("inf")],
    to_integer: [None, True, "", "1,5", "1.5", 1.5, "1_000", "٤٢", "007", "+5", "NaN", "1e999999"],
    to_number: [
        *(None, True, "", "1,5", "Infinity", "NaN", "0x1A", "1e999", "1e-400", float("inf")),
        *(float("nan"), 2**53 + 1, 10**400, "12345678901234567890.12", "0.12345678901234567890"),
    ],
    to_boolean: [None, 0, 1, "yes", "t", ""],
    to_date: [pd.NaT, None, "", 20260710, "2026-02-30", "0000-00-00", "20026-01-05", "N/A", False],
    to_datetime: [
        *(None, " ", 1_781_202_249, "infinity", "24:00:00", "0000-00-00T00:00:00Z"),
        *("2026-07-10T12:30:60Z", "9999-12-31T23:59:60Z", "2026-07-10T25:00:00Z", []),
        *(pd.NaT, "2026-07-10T12:30:60.5Z", "2026-07-10T24:00:00.5Z", "2026-02-30T23:59:60Z"),
    ],
}


@pytest.mark.parametrize(("convert", "value"), [(c, v) for c, vs in REJECTED.items() for v in vs])
def test_reject_everything_else(convert: Any, value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason
        convert(value)


def test_lists_and_maps_are_converted_as_a_whole() -> None:
    assert to_list(["1", 2], to_integer) == [1, 2]
    assert to_map({"a": "1"}, to_integer) == {"a": 1}
    for value in (["1", None], ["x"], {"a": None}, "12", 5, None):
        with pytest.raises(ValueError, match="expected"):
            (to_map if isinstance(value, dict) else to_list)(value, to_integer)


def cash(value: Any) -> str:
    return f"cash {value['kind']}"


def test_unions_are_read_by_the_type_of_the_value() -> None:
    variants: Any = {str: to_text, int: to_integer, dict: cash}
    assert to_union("5", variants) == "5"
    assert to_union(5, variants) == 5
    assert to_union({"kind": 1}, variants) == "cash 1"
    assert to_union("5", {int: to_integer, dict: cash}) == 5
    with pytest.raises(ValueError, match="one of several types"):
        to_union([], variants)
    assert optional(None, to_text) is None
    assert optional(5, to_text) == "5"


class Payload(dict[str, Any]):
    """An object as `decode` passes it, when it searches for the place of an error."""


class Elements(list[Any]):
    """An array as `decode` passes it."""


def test_a_union_reads_subclasses_by_the_variant_of_their_type() -> None:
    variants: Any = {str: lambda _: "any value", dict: cash, list: len}
    assert to_union(Payload(kind=1), variants) == "cash 1"
    assert to_union(Elements([1, 2]), variants) == 2


def test_an_unknown_variant_stays_a_dict() -> None:
    assert by_discriminator({"kind": "cash"}, "kind", {"cash": cash}) == "cash cash"
    for unknown in ({"kind": "barter"}, {"kind": []}, {}):
        assert by_discriminator(unknown, "kind", {"cash": cash}) == unknown
    for value in ("12", [1], 5, None):
        with pytest.raises(ValueError, match="expected an object"):
            by_discriminator(value, "kind", {})


@pytest.mark.parametrize(
    ("convert", "value", "message"),
    [
        (to_text, [], "expected a string, got an array"),
        (to_integer, 1.5, "expected an integer, got a number"),
        (to_integer, "x", "expected a number, got a string that is none"),
        (to_number, None, "expected a number that a float can represent, got null"),
        (to_number, [], "expected a number that a float can represent, got an array"),
        (to_boolean, "maybe", "expected a boolean, got a string"),
        (to_boolean, 1, "expected a boolean, got a number"),
        (to_datetime, "tomorrow", "expected a date-time, got a string"),
        (to_datetime, 5, "expected a date-time, got a number"),
        (lambda value: to_list(value, to_text), {}, "expected an array, got an object"),
        (lambda value: to_map(value, to_text), [], "expected an object, got an array"),
        (
            lambda value: to_union(value, {int: to_integer, str: to_datetime}),
            [],
            "expected one of several types, got an array",
        ),
    ],
)
def test_the_message_names_what_was_expected_and_what_came(
    convert: Any, value: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        convert(value)


def test_a_map_keeps_its_keys() -> None:
    assert to_map({"a": "1", "b": 2}, to_integer) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), (["1"], [1]), ({"a": "1"}, {"a": 1})],
)
def test_a_union_tries_each_type_and_prefers_the_own_one(value: Any, expected: Any) -> None:
    variants: dict[type, Any] = {
        int: to_integer,
        bool: to_boolean,
        list: lambda v: to_list(v, to_integer),
        dict: lambda v: to_map(v, to_integer),
    }
    assert to_union(value, variants) == expected


def test_the_end_of_a_day_without_an_offset_is_in_utc() -> None:
    assert to_datetime("2026-07-10T24:00") == utc(2026, 7, 11)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the time zone")
def test_the_local_time_zone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC-9")
        time.tzset()
        try:
            assert to_datetime("2016-12-31T23:59:60Z") == utc(2017, 1, 1)
            assert to_datetime("2026-07-10T17:00:00") == utc(2026, 7, 10, 17)
        finally:
            patch.undo()
            time.tzset()
