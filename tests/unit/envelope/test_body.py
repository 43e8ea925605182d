"""Bodies of successful responses: parsed, unwrapped, and shown in errors."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare import DecodeError, Response
from actuallycare._core.envelope.unwrap import (
    documented_or_whole,
    excerpt,
    read_body,
    unwrap_envelope,
)
from actuallycare._core.operation import Operation, ResponseKind


def operation(kind: ResponseKind = "record", *unwrap: str, **options: Any) -> Operation:
    return Operation("leads.notes.get", "GET", "/x", kind=kind, unwrap=unwrap, **options)


BODIES: list[tuple[Operation, bytes, Any]] = [
    (operation("record"), b'{"a": 1}', {"a": 1}),
    (operation("none"), b'{"a": 1}', {"a": 1}),
    (operation("any"), b"5", 5),
    (operation("any"), b"plain \xff", "plain \ufffd"),  # nothing is documented: it is a text
    # Without an envelope.
    (operation("text"), b"5", None),
    (operation("bytes"), b"5", None),
    (operation("text"), b"", None),
    # An empty body.
    (operation("none"), b"", None),
    (operation("any"), b"", None),
    (operation("record", may_be_empty=True), b"", None),
    (operation("record", may_be_empty=True), b"5", 5),
]


@pytest.mark.parametrize(("called", "content", "body"), BODIES)
def test_a_body_is_parsed(called: Operation, content: bytes, body: Any) -> None:
    assert read_body(Response(200, {}, content), called) == body


NO_JSON: list[tuple[Operation, bytes, str]] = [
    (operation("record"), b"", ""),
    (operation("page"), b"", ""),
    (operation("record"), b"<html>", "<html>"),
    (operation("none"), b"<html>", "<html>"),
    (operation("record", may_be_empty=True), b"<html>", "<html>"),
    (operation("record", sensitive=True), b"<html>", ""),
    (operation("record"), b"[" * 100_000, "[" * 200 + "…"),
]


@pytest.mark.parametrize(("called", "content", "shown"), NO_JSON)
def test_the_error_shows_a_body_that_is_no_json(
    called: Operation, content: bytes, shown: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        read_body(Response(200, {}, content), called)
    error = caught.value
    assert (error.operation, error.field, error.excerpt) == ("leads.notes.get", "", shown)


MANY = b"[" + b"0," * 1_000_000 + b"0]"


def test_too_many_values_are_not_parsed() -> None:
    response = Response(200, {}, MANY)
    with pytest.raises(DecodeError, match="max_response_bytes") as caught:
        read_body(response, operation(), max_bytes=64_000_000)
    assert caught.value.operation == "leads.notes.get"
    assert len(read_body(response, operation())) == 1_000_001


USER = {"id": "u1"}
UNWRAPPED: list[tuple[Operation, Any, Any]] = [
    (operation("record"), USER, USER),
    (operation("record", "data"), {"data": USER}, USER),
    (operation("record", "data", "a", "b"), {"data": {"a": {"b": USER}}}, USER),
    (operation("page", "data"), [1], [1]),  # the whole body is the list
    (operation("page", "data"), {"data": [1]}, [1]),
    # The record is less deep than documented.
    (operation("record", "data", "user"), {"data": USER}, USER),
    (operation("record", "data", "user"), {"data": {"n": 1}}, {"n": 1}),
    (operation("record", "data", "user"), {"data": {"n": 1.5, "x": []}}, {"n": 1.5, "x": []}),
    # The record is deeper than documented, under a usual name or that of the resource.
    (operation("record", "data"), {"note": USER}, USER),
    *(
        (operation("record", "data"), {"data": {name: USER}}, USER)
        for name in ("user", "profile", "record", "item", "result", "note", "Note")
    ),
    (operation("record", "data"), {"data": {"leads": USER}}, {"leads": USER}),
    (operation("record", "data"), {"data": {"lead": USER}}, {"lead": USER}),
    (operation("record", "data"), {"data": {"user": {}}}, {"user": {}}),
    (operation("record", "data"), {"data": {"user": [USER]}}, {"user": [USER]}),
    (operation("record", "data"), {"data": {"user": USER, "n": 1}}, USER),
    (operation("any", "data"), {"data": {"user": USER}}, {"user": USER}),
    (operation("page", "data"), {"data": {"user": USER}}, {"user": USER}),
    (operation("record", "data"), {"data": [USER]}, [USER]),
]


@pytest.mark.parametrize(("called", "body", "payload"), UNWRAPPED)
def test_a_payload_is_found(called: Operation, body: Any, payload: Any) -> None:
    assert unwrap_envelope(body, called, frozenset({"id"})) == payload


def deep() -> Any:
    value: Any = {}
    for _ in range(100_000):
        value = {"x": value}
    return value


MISSING: list[tuple[Operation, Any, str, str]] = [
    (operation("record", "data"), {"x": 1}, "data", '{"x": 1}'),
    (operation("record", "data"), [1], "data", "[1]"),
    (operation("record", "data", "user"), USER, "data", '{"id": "u1"}'),
    (operation("record", "data", "user"), {"data": {"x": []}}, "data.user", '{"x": []}'),
    (operation("any", "data", "user"), {"data": USER}, "data.user", '{"id": "u1"}'),
    (operation("any", "data", "a", "b"), {"data": {"a": {}}}, "data.a.b", "{}"),
    (operation("record", "data", sensitive=True), {"x": 1}, "data", ""),
    (operation("record", "data"), deep(), "data", "nested too deeply to be shown"),
]


@pytest.mark.parametrize(
    ("called", "body", "field", "shown"), MISSING, ids=[str(n) for n in range(len(MISSING))]
)
def test_the_error_names_what_is_missing(
    called: Operation, body: Any, field: str, shown: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        unwrap_envelope(body, called)
    error = caught.value
    assert (error.operation, error.field, error.excerpt) == ("leads.notes.get", field, shown)


ANY: list[tuple[Any, Any]] = [
    ({"success": True, "data": 1}, 1),
    ({"success": False, "data": None}, None),
    ({"data": 1}, {"data": 1}),
    ({"success": True}, {"success": True}),
    (["success", "data"], ["success", "data"]),
    ("success data", "success data"),
    (None, None),
]


@pytest.mark.parametrize(("body", "payload"), ANY)
def test_an_undocumented_payload_is_data_or_the_whole(body: Any, payload: Any) -> None:
    assert documented_or_whole(body) == payload


EXCERPTS: list[tuple[str, str]] = [
    ("abc", "abc"),
    ("abcd", "abc…"),
    ("a\n\tb", "a b"),
    ("\n ", ""),
    ("a" + " " * 11 + "b", "a"),  # no more than 12 bytes are read
]


@pytest.mark.parametrize(("text", "shown"), EXCERPTS)
def test_an_excerpt_is_short(text: str, shown: str) -> None:
    assert excerpt(text.encode(), 3) == shown


def test_an_excerpt_has_200_characters() -> None:
    assert excerpt(b"a" * 200) == "a" * 200
    assert excerpt(b"a" * 201) == "a" * 200 + "…"
