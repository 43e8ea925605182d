"""Error envelopes: each field, in each form that back ends send, and the error from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actuallycare import (
    APIStatusError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    RateLimitError,
    Request,
    Response,
    ServerError,
    VersionConflictError,
)
from actuallycare._core.envelope.unwrap import ErrorDetails, read_error_details, status_error
from actuallycare._core.http import AuthHeader
from actuallycare._core.operation import Operation
from actuallycare._core.secret import Secret
from tests.fakes import START, answer

GET = Operation("leads.get", "GET", "/leads/{id}")
LIST = Operation("leads.list", "GET", "/leads", kind="page")
NOTES = Operation("leads.notes", "GET", "/leads/{id}/notes", kind="page")
LOGIN = Operation("auth.login", "POST", "/auth/login", sensitive=True)
KEY = "s3cret&key"
FIELD = {"field": "a", "message": "is wrong"}

DETAILS: list[tuple[Any, ErrorDetails]] = [
    (
        {
            "error": {"code": "X", "message": "m", "details": [FIELD], "suggestion": "s"},
            "errorId": "e",
            "correlationId": "c",
        },
        ErrorDetails("X", "m", [FIELD], "e", "c", suggestion="s"),
    ),
    # The ids inside the error; outside they win.
    ({"error": {"errorId": "e", "correlationId": "c"}}, ErrorDetails(None, None, None, "e", "c")),
    (
        {"error": {"errorId": "e", "correlationId": "c"}, "errorId": "E", "correlationId": "C"},
        ErrorDetails(None, None, None, "E", "C"),
    ),
    # What belongs to one code, beside it; details win.
    ({"error": {"code": "X", "limit": 5}}, ErrorDetails("X", None, {"limit": 5})),
    ({"error": {"limit": 5, "details": []}}, ErrorDetails(None, None, [])),
    ({"error": {"limit": 5, "details": None}}, ErrorDetails(None, None, {"limit": 5})),
    # The message in other places.
    ({"error": {"code": "X"}, "message": "m"}, ErrorDetails("X", "m")),
    ({"error": {"message": "inner"}, "message": "m"}, ErrorDetails(None, "inner")),
    ({"error": "m"}, ErrorDetails(None, "m")),
    ({"error": {"message": 5}}, ErrorDetails()),
    ({"message": "m"}, ErrorDetails(None, "m")),
    # A code or an id that is no text.
    ({"error": {"code": 5}, "errorId": ["é"]}, ErrorDetails("5", None, None, '["\\u00e9"]')),
    ({}, ErrorDetails()),
    ([], ErrorDetails()),
    ("text", ErrorDetails()),
    (None, ErrorDetails()),
]


@pytest.mark.parametrize(("body", "details"), DETAILS)
def test_each_field_is_read_in_each_form(body: Any, details: ErrorDetails) -> None:
    assert read_error_details(body) == details


VERSIONS: list[tuple[dict[str, Any], tuple[Any, Any]]] = [
    ({"currentVersion": 4, "attemptedVersion": 3}, (4, 3)),
    ({"current_version": "b", "attempted_version": "a"}, ("b", "a")),
    ({"details": {"currentVersion": 4, "attempted_version": 0}}, (4, 0)),
    ({"currentVersion": 4, "details": {"currentVersion": 5}}, (4, None)),
    ({"currentVersion": True, "details": {"currentVersion": 5}}, (5, None)),
    ({"currentVersion": None, "current_version": 5}, (5, None)),
    ({"currentVersion": 1.5, "details": [{"currentVersion": 4}]}, (4, None)),
]


@pytest.mark.parametrize(("error", "versions"), VERSIONS)
def test_the_versions_of_a_conflict(error: dict[str, Any], versions: tuple[Any, Any]) -> None:
    details = read_error_details({"error": error})
    assert (details.current_version, details.attempted_version) == versions
    raised = raise_for(answer({"error": error}, 409))
    if versions[0] is None:
        assert type(raised) is ConflictError
    else:
        assert isinstance(raised, VersionConflictError)
        assert (raised.current_version, raised.attempted_version) == versions
    assert type(raise_for(answer({"error": error}, 400))) is BadRequestError


def raise_for(response: Response, operation: Operation = GET, **options: Any) -> APIStatusError:
    url = "https://api.example.com/v1/leads/1"
    auth = AuthHeader("X-API-Key", Secret(KEY))
    request = Request(operation, "GET", url, {"Accept": "x"}, b"sent", 30, auth, **options)
    error = status_error(response, request, now=START)
    assert error.status_code == response.status_code
    assert (error.request.auth, error.request.url) == (None, url)
    return error


def test_an_error_has_everything_of_the_response() -> None:
    error = {"code": "X", "message": "m", "details": [FIELD]}
    response = answer({"error": error, "errorId": "e", "correlationId": "c"}, 500, {"X-A": "b"})
    raised = raise_for(response)
    assert (raised.code, raised.message, raised.details) == ("X", "m", [FIELD])
    assert (raised.error_id, raised.correlation_id) == ("e", "c")
    assert raised.response == response


RESET = {"RateLimit-Limit": "500", "RateLimit-Remaining": "0", "RateLimit-Reset": "840"}
LATER = {"Retry-After": "Thu, 11 Jun 2026 18:24:19 GMT"}  # ten seconds after START
WAITS: list[tuple[int, dict[str, str], float | None]] = [
    (429, {"Retry-After": "7"}, 7),
    (429, RESET, 840),  # only this status means that the limit is exhausted
    (503, RESET, None),
    (503, {**RESET, "Retry-After": "7"}, 7),
    (429, LATER, 10),
    (503, LATER, 10),
    (500, {}, None),
]


@pytest.mark.parametrize(("status", "headers", "wait"), WAITS)
def test_the_time_to_wait(status: int, headers: dict[str, str], wait: float | None) -> None:
    error = raise_for(Response(status, headers))
    assert error.retry_after == wait
    if isinstance(error, RateLimitError):
        assert (error.rate_limit is not None) == ("RateLimit-Limit" in headers)
        reset_at = None if error.rate_limit is None else error.rate_limit.reset_at
        assert reset_at is None or (reset_at - START).total_seconds() == 840
    else:
        assert isinstance(error, ServerError)


ROUTES: list[tuple[Operation, Any, bool]] = [
    (GET, {"error": {"code": "NOT_FOUND"}}, False),
    (GET, {"error": {"code": "NOT_FOUND", "suggestion": "see the docs"}}, True),
    (GET, {"error": "no Route matched"}, True),
    (LIST, {"error": {"code": "NOT_FOUND"}}, True),  # a list may be empty, not missing
    (NOTES, {"error": {"code": "NOT_FOUND"}}, False),  # its lead may be missing
]


@pytest.mark.parametrize(("operation", "body", "unknown"), ROUTES)
def test_whether_the_route_is_unknown(operation: Operation, body: Any, unknown: bool) -> None:
    error = raise_for(answer(body, 404), operation)
    assert isinstance(error, NotFoundError)
    assert error.unknown_route is unknown


def test_a_message_has_500_characters() -> None:
    assert raise_for(answer({"message": "é" * 501}, 500)).message == "é" * 500


def test_a_body_with_too_many_values_is_only_shown() -> None:
    many = b'{"message": "m", "x": [' + b"0," * 1_000_000 + b"0]}"
    error = raise_for(Response(500, {}, many), max_bytes=64_000_000)
    assert error.message.startswith('{"message": "m", "x": [0,0,')
    assert raise_for(answer({"message": "m"}, 500), max_bytes=64_000_000).message == "m"


CONFIDENTIAL = [
    # details as received, and in the error
    (
        [{"field": "a", "value": 1, "input": 2, "received": 3}, [4], "b"],
        [{"field": "a"}, "b"],
    ),
    ({"field": "a", "value": 1}, {"field": "a"}),
    ("text", "text"),
]


@pytest.mark.parametrize(("details", "shown"), CONFIDENTIAL)
def test_errors_of_confidential_bodies_repeat_no_value(details: Any, shown: Any) -> None:
    response = answer({"error": {"code": "X", "message": "m", "details": details}}, 400)
    confidential = raise_for(response, LOGIN)
    assert (confidential.code, confidential.message, confidential.details) == ("X", "m", shown)
    assert confidential.response.content == b""
    assert confidential.response.headers == response.headers
    assert confidential.request.content is None
    usual = raise_for(response)
    assert (usual.details, usual.response.content) == (details, response.content)


def test_errors_do_not_repeat_the_credential() -> None:
    details = [{"a": f"the {KEY}", f"n{KEY}": [KEY, 5, None]}, "b"]
    response = answer({"error": {"message": f"bad {KEY}!", "details": details}}, 401)
    error = raise_for(response)
    assert error.message == "bad [redacted]!"
    assert error.details == [{"a": "the [redacted]", "n[redacted]": ["[redacted]", 5, None]}, "b"]
    shown = json.loads(error.response.content)
    assert shown["error"] == {"message": error.message, "details": error.details}
    escaped = raise_for(Response(401, {}, b'{"message": "bad s3cret\\u0026key"}'))
    assert escaped.message == "bad [redacted]"


def test_bytes_beside_the_credential_are_kept() -> None:
    error = raise_for(Response(500, {}, b"\xff " + KEY.encode() + b" \xc3\xa9"))
    assert error.response.content == b"\xff [redacted] \xc3\xa9"
    assert error.message == "\ufffd [redacted] é"
    body_value = (Secret("password"),)
    assert raise_for(Response(500, {}, b"a password"), secrets=body_value).message == "a [redacted]"


REDIRECTS = [(299, False), (300, True), (302, True), (399, True), (400, False)]


@pytest.mark.parametrize(("status", "redirects"), REDIRECTS)
def test_which_status_is_a_redirect(status: int, redirects: bool) -> None:
    message = raise_for(Response(status, {"Location": "https://x.example"}, b"body")).message
    assert ("https://x.example" in message) is redirects
    assert (message == "body") is not redirects


@pytest.mark.parametrize(("length", "is_parsed"), [(1_000_000, True), (1_000_001, False)])
def test_a_huge_error_is_not_parsed(length: int, is_parsed: bool) -> None:
    content = b'{"error": {"code": "SAMPLE"}}'.ljust(length)
    request = Request(Operation("listings.get", "GET", "/listings/{id}"), "GET", "https://a.b", {})
    error = status_error(Response(400, {}, content), request, now=START)
    assert error.code == ("SAMPLE" if is_parsed else None)


def test_a_huge_404_does_not_mean_an_unknown_route() -> None:
    error = raise_for(Response(404, {}, b'{"error": "x"}'.ljust(1_000_001)))
    assert isinstance(error, NotFoundError)
    assert not error.unknown_route
