"""Envelopes: payloads unwrapped, faults turned into typed errors, oddities named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from actuallycare import APIStatusError, DecodeError, RateLimitError, Request, Response, ServerError
from actuallycare._core.envelope.unwrap import (
    excerpt,
    is_failure,
    read_body,
    read_timestamp,
    status_error,
    unwrap_envelope,
)
from actuallycare._core.operation import Operation
from tests.fakes import answer, failure

NOW = datetime(2026, 6, 11, tzinfo=UTC)
RECORD = Operation("listings.get", "GET", "/listings/{id}", unwrap=("data",))
NESTED = Operation("clients.get", "GET", "/clients/{id}", unwrap=("data", "client"))
NOTHING = Operation("listings.delete", "DELETE", "/listings/{id}", kind="none")
REQUEST = Request(RECORD, "GET", "https://api.example.com/v1/listings/1", {})


def test_a_payload_is_unwrapped() -> None:
    assert unwrap_envelope({"success": True, "data": {"id": "1"}}, RECORD) == {"id": "1"}
    assert unwrap_envelope({"data": {"client": {"id": "1"}}}, NESTED) == {"id": "1"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"success": True}, "data"),
        ([], "data"),
        ("text", "data"),
        (None, "data"),
        ({"data": {}}, "data.client"),
        ({"data": None}, "data.client"),
        ({"data": [1]}, "data.client"),
    ],
)
def test_a_missing_payload_names_its_place(body: Any, field: str) -> None:
    with pytest.raises(DecodeError) as caught:
        unwrap_envelope(body, NESTED)
    assert (caught.value.operation, caught.value.field) == ("clients.get", field)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b'{"data": NaN}',
        b'{"data": -Infinity}',
        b'{"data": "\xff"}',
        b'{"data": {"id"',
        b"[" * 200_000,
        b'{"data": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_body_that_is_not_json_is_a_decode_error(content: bytes) -> None:
    with pytest.raises(DecodeError) as caught:
        read_body(Response(200, {}, content), RECORD)
    assert caught.value.operation == "listings.get"
    assert len(str(caught.value)) < 1_000


def test_html_is_called_by_its_name() -> None:
    response = Response(200, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>")
    with pytest.raises(DecodeError):
        read_body(response, NOTHING)


def test_an_empty_answer_is_fine_where_nothing_is_expected() -> None:
    assert read_body(Response(204, {}), NOTHING) is None


@pytest.mark.parametrize(
    ("body", "failed"),
    [
        ({"success": False}, True),
        ({"success": True}, False),
        ({}, False),
        ([], False),
        (None, False),
    ],
)
def test_success_false_is_a_failure_whatever_the_status(body: Any, failed: bool) -> None:
    assert is_failure(body) is failed


def test_an_error_has_every_field_of_its_envelope() -> None:
    response = answer(
        {
            "success": False,
            "error": {
                "code": "VALIDATION_ERROR",
                "message": "Validation failed",
                "details": [{"field": "email", "message": "must be an email"}],
            },
            "errorId": "e-1",
            "correlationId": "c-1",
        },
        400,
    )
    error = status_error(response, REQUEST, now=NOW)
    assert (error.status_code, error.code, error.message) == (
        400,
        "VALIDATION_ERROR",
        "Validation failed",
    )
    assert (error.error_id, error.correlation_id) == ("e-1", "c-1")
    assert str(error).splitlines() == [
        "GET /listings/{id}: 400 VALIDATION_ERROR: Validation failed",
        "  email: must be an email",
        "  error id e-1",
    ]


FOREIGN = [
    (b"", "text/plain", "the response has no body"),
    (b"upstream   timed\nout", "text/plain", "upstream timed out"),
    (b"<html><h1>502 Bad Gateway</h1>", "text/html", "<html><h1>502 Bad Gateway</h1>"),
    (b'{"error": "overloaded"}', "application/json", "overloaded"),
    (b'{"message": "overloaded"}', "application/json", "overloaded"),
    (b'{"error": {"message": 5}}', "application/json", '{"error": {"message": 5}}'),
    (b"[]", "application/json", "[]"),
    (b"[" * 100_000, "application/json", "[" * 200 + "…"),
    (b"\xff\xfe", "application/octet-stream", "��"),
]


@pytest.mark.parametrize(("content", "kind", "message"), FOREIGN)
def test_errors_from_something_in_front_of_the_api(content: bytes, kind: str, message: str) -> None:
    error = status_error(Response(502, {"Content-Type": kind}, content), REQUEST, now=NOW)
    assert isinstance(error, ServerError)
    assert (error.code, error.message) == (None, message)


def test_a_redirect_error_names_the_location() -> None:
    response = Response(302, {"Location": "https://elsewhere.example.com/"})
    error = status_error(response, REQUEST, now=NOW)
    assert type(error) is APIStatusError
    assert "https://elsewhere.example.com/" in str(error)
    assert "Check base_url" in str(error)


def test_a_rate_limit_error_has_retry_after_and_rate_limit() -> None:
    headers = {
        "Retry-After": "840",
        "RateLimit-Limit": "500",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": "840",
    }
    error = status_error(failure(429, "RATE_LIMIT_EXCEEDED", headers=headers), REQUEST, now=NOW)
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 840
    assert error.rate_limit is not None
    assert error.rate_limit.limit == 500
    assert "may be sent in 840 s" in str(error)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"timestamp": "2026-06-11T18:24:09.123Z"},
            datetime(2026, 6, 11, 18, 24, 9, 123000, tzinfo=UTC),
        ),
        ({"timestamp": "yesterday"}, None),
        ({"timestamp": 5}, None),
        ({}, None),
        ([], None),
    ],
)
def test_the_timestamp_is_optional(body: Any, expected: datetime | None) -> None:
    assert read_timestamp(body) == expected


def test_an_excerpt_is_one_short_line() -> None:
    assert excerpt(b"a\n b\t c") == "a b c"
    assert excerpt("é".encode() * 500, 3) == "ééé…"
