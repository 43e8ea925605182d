"""Fields of a record: each in its usual form, in other forms, null, and unreadable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from actuallycare._core.decode_policy import DecodePolicy
from actuallycare._core.envelope.convert import to_boolean, to_integer, to_text
from actuallycare._core.envelope.fields import (
    keep_rest,
    read,
    read_date,
    read_datetime,
    read_id,
    read_list,
    read_number,
    required,
)
from actuallycare._core.envelope.unreadable import decoding
from actuallycare._core.record import Record

DAY = dt.date(2026, 7, 10)
NOON = dt.datetime(2026, 7, 10, 12, tzinfo=dt.UTC)
PLUS_2 = dt.timezone(dt.timedelta(hours=2))
INF = float("inf")

read_text = partial(read, to_text)
read_integer = partial(read, to_integer)
read_boolean = partial(read, to_boolean)

Read = Callable[[Any, str, dict[str, Any]], Any]


class Text(str):
    """A text of a subclass, as some parsers return."""

    __slots__ = ()


READABLE: list[tuple[Read, Any, Any]] = [
    (read_text, "a", "a"),
    (read_text, "", ""),
    (read_text, 7, "7"),
    (read_integer, 7, 7),
    (read_integer, 0, 0),
    (read_integer, "7", 7),
    (read_integer, 7.0, 7),
    (read_number, 1.5, 1.5),
    (read_number, 2, 2.0),
    (read_number, "1.50", 1.5),
    (read_boolean, True, True),
    (read_boolean, False, False),
    (read_boolean, "false", False),
    (read_datetime, "2026-07-10T12:00:00Z", NOON),
    (read_datetime, "2026-07-10T14:00:00+02:00", NOON.astimezone(PLUS_2)),
    (read_datetime, "2026-07-10T12:00:00", NOON),  # UTC where there is no offset
    (
        read_datetime,
        "2026-06-30T23:59:60Z",
        dt.datetime(2026, 7, 1, tzinfo=dt.UTC),
    ),  # a leap second
    (read_datetime, NOON, NOON),
    (read_datetime, Text("2026-07-10T12:00:00Z"), NOON),
    (read_datetime, "", None),  # what some back ends write for "no date"
    (read_datetime, " ", None),
    (read_date, "2026-07-10", DAY),
    (read_date, "2026-07-10T12:00:00Z", DAY),
    (read_date, DAY, DAY),
    (read_date, Text("2026-07-10"), DAY),
    (read_date, "", None),
    (read_date, " ", None),
]


@pytest.mark.parametrize(("reader", "value", "expected"), READABLE)
def test_a_value_is_read_in_each_form(reader: Read, value: Any, expected: Any) -> None:
    rest: dict[str, Any] = {}
    found = reader(value, "x", rest)
    assert (found, type(found)) == (expected, type(expected))
    assert getattr(found, "tzinfo", None) == getattr(expected, "tzinfo", None)
    assert rest == {}


@pytest.mark.parametrize(
    "reader",
    [
        *(read_text, read_integer, read_number, read_boolean, read_datetime, read_date),
        partial(read_list, to_text),
    ],
)
def test_a_null_is_no_value_of_another_type(reader: Read) -> None:
    rest: dict[str, Any] = {}
    with decoding(DecodePolicy(strict=True), "x.get"):
        assert reader(None, "x", rest) is None
    assert rest == {}


UNREADABLE: list[tuple[Read, Any]] = [
    (read_text, True),
    (read_text, {}),
    (read_integer, "x"),
    (read_integer, True),
    (read_number, "x"),
    (read_number, True),
    (read_number, INF),
    (read_boolean, 1),
    (read_boolean, "yes"),
    (read_datetime, "0000-00-00"),
    (read_datetime, 5),
    (read_date, "0000-00-00"),
    (read_date, 5),
    (partial(read_list, to_text), "x"),
    (partial(read_list, to_text), [None]),
    (partial(read_id, to_text), None),
    (partial(read_id, to_text), []),
    (partial(read_id, to_integer), None),
]


@pytest.mark.parametrize(("reader", "value"), UNREADABLE)
def test_an_unreadable_value_is_kept(reader: Read, value: Any) -> None:
    rest = {"other": 1}
    assert reader(value, "x", rest) is None
    assert rest == {"other": 1, "x": value}


@pytest.mark.parametrize(("reader", "value"), UNREADABLE)
def test_an_unreadable_value_is_an_error_with_strict(reader: Read, value: Any) -> None:
    rest: dict[str, Any] = {}
    with decoding(DecodePolicy(strict=True), "x.get"), pytest.raises(ValueError, match="expected"):
        reader(value, "x", rest)
    assert rest == {}


@pytest.mark.parametrize("error", [KeyError, TypeError, ValueError, AttributeError])
def test_errors_of_models_make_a_value_unreadable(error: type[Exception]) -> None:
    def convert(_: Any) -> Any:
        raise error

    rest: dict[str, Any] = {}
    assert read(convert, 5, "x", rest) is None
    assert rest == {"x": 5}
    assert read(str, 5, "y", rest) == "5"


SOURCES: list[tuple[dict[str, Any], Any]] = [
    ({"listPrice": 1}, 1),
    ({"list_price": 2}, 2),
    ({"listPrice": None, "list_price": 2}, None),
]


@pytest.mark.parametrize(("src", "value"), SOURCES)
def test_a_required_field_has_two_names(src: dict[str, Any], value: Any) -> None:
    assert required(src, "listPrice", "list_price") == value


def test_a_missing_required_field_is_named_as_in_json() -> None:
    with pytest.raises(KeyError, match=r"^'listPrice'$"):
        required({}, "listPrice", "list_price")


@pytest.mark.parametrize("value", ["", [], "x", ["x"]])
def test_only_an_object_is_a_record_without_fields(value: Any) -> None:
    rest: dict[str, Any] = {}
    assert read(lambda src: keep_rest(Record, src, {}), value, "x", rest) is None
    assert rest == {"x": value}
