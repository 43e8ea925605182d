"""The error of an unreadable payload: operation, field, reason and excerpt, each exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from actuallycare import DecodeError
from actuallycare._core.decode_policy import DecodePolicy
from actuallycare._core.envelope.decode import decode, strip_traceback
from actuallycare._core.envelope.unreadable import check_expected


class House:
    """A model, of which only the name is used."""


def failing(error: Exception) -> Callable[[Any], Any]:
    def parse(src: Any) -> Any:
        src.get("a")
        raise error

    return parse


def recursing(_: Any) -> Any:
    raise RecursionError


def deep() -> Any:
    value: Any = "bottom"
    for _ in range(100_000):
        value = [value]
    return value


def caught(parse: Callable[[Any], Any], payload: Any, **options: Any) -> DecodeError:
    with pytest.raises(DecodeError) as raised:
        decode(parse, payload, operation="x.get", **options)
    assert raised.value.operation == "x.get"
    return raised.value


Expected = tuple[str, str, str]
ERRORS: dict[str, tuple[Callable[[Any], Any], Any, dict[str, Any], Expected]] = {
    "a field": (failing(ValueError("odd")), {"a": "ü"}, {}, ("a", "odd", '"ü"')),
    "below data": (failing(ValueError("odd")), {"a": 1}, {"at": "data"}, ("data.a", "odd", "1")),
    "without a text": (failing(ValueError()), {"a": 1}, {}, ("a", "ValueError", "1")),
    "no field": (lambda v: float(v["a"]), {}, {}, ("a", "the field is missing", "")),
    "the whole": (
        lambda v: v.get("a"),
        5,
        {},
        ("the payload", "expected an object, got a number", "5"),
    ),
    "too deep": (recursing, {}, {}, ("the payload", "it is nested too deeply", "{}")),
    "no JSON": (failing(ValueError("odd")), {"a": b"x"}, {}, ("a", "odd", "\"b'x'\"")),
    "confidential": (
        failing(ValueError("odd")),
        {"a": "secret"},
        {"sensitive": True},
        ("a", "a string of another form was expected", ""),
    ),
    "confidential, no field": (
        lambda v: v["a"],
        {},
        {"sensitive": True},
        ("a", "the field is missing", ""),
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_each_part_of_the_error(name: str) -> None:
    parse, payload, options, expected = ERRORS[name]
    error = caught(parse, payload, **options)
    field, reason, excerpt = expected
    assert (error.field, error.excerpt) == (field, excerpt)
    assert f"{reason}" in str(error)
    assert f"XX{reason}" not in str(error)


def test_an_excerpt_has_200_characters() -> None:
    error = caught(failing(ValueError("odd")), {"a": "x" * 300})
    assert error.excerpt == json.dumps("x" * 300)[:200]


def test_a_value_that_is_too_deep_is_not_shown() -> None:
    error = caught(failing(ValueError("odd")), {"a": deep()})
    assert error.excerpt == "nested too deeply to be shown"


def test_the_default_of_a_member_is_kept() -> None:
    def parse(src: Any) -> Any:
        if src.get("a", 7) != 7:
            raise AssertionError("another default")
        raise ValueError(f"got {src.get('a', 7)}")

    assert "got 7" in str(caught(parse, {}))


def test_the_policy_reaches_the_parser() -> None:
    policy = DecodePolicy()
    assert decode(lambda value: value, 5, operation="x.get", policy=policy) == 5


def test_a_warning_names_the_operation(caplog: pytest.LogCaptureFixture) -> None:
    decode(lambda src: check_expected(House, src, {"id": "id"}), {}, operation="houses.get")
    assert [vars(record)["operation"] for record in caplog.records] == ["houses.get"]


def test_an_error_that_does_not_repeat_is_reported() -> None:
    def parse(src: Any) -> Any:
        if type(src) is dict:  # a payload that records what is read has a type of its own
            raise ValueError("odd")

    assert "odd" in str(caught(parse, {}))


def test_a_decode_error_loses_its_frames() -> None:
    error = DecodeError("x.get", "odd", field="a")

    def read() -> Any:
        raise error

    with pytest.raises(DecodeError) as raised:
        strip_traceback(read)
    assert raised.value is error
    frames = [entry.name for entry in raised.traceback]
    assert "read" not in frames
    assert strip_traceback(lambda: 5) == 5


def test_only_the_row_that_cannot_be_read_is_traced() -> None:
    traced: list[Any] = []

    def parse(rows: Any) -> list[Any]:
        return [read(row) for row in rows]

    def read(row: Any) -> Any:
        if type(row) is not dict:
            traced.append(row)
        return row["id"]

    rows: list[Any] = [{"id": 1}] * 100 + [{}, {"id": 2}]
    with pytest.raises(DecodeError) as caught:
        decode(parse, rows, operation="listings.list", at="data")
    assert caught.value.field == "data[100].id"
    assert traced == [{}]
