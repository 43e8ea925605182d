"""Errors: one class a status, picklable, readable, and free of credentials."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

import actuallycare
from actuallycare import (
    AccountLockedError,
    ActuallyCareError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    DecodeError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    Request,
    ServerError,
    UnprocessableError,
)
from actuallycare._core.envelope.unwrap import status_error
from actuallycare._core.errors import error_class
from actuallycare._core.http import AuthHeader
from actuallycare._core.operation import Operation
from actuallycare._core.secret import Secret
from tests.fakes import failure

OPERATION = Operation("listings.get", "GET", "/listings/{id}", unwrap=("data",))
NOW = datetime(2026, 6, 11, tzinfo=UTC)


def request(key: str = "k" * 64) -> Request:
    return Request(
        OPERATION,
        "GET",
        "https://api.example.com/v1/listings/1",
        {"Accept": "application/json"},
        auth=AuthHeader("X-API-Key", Secret(key)),
    )


STATUSES = [
    (400, BadRequestError),
    (401, AuthenticationError),
    (403, PermissionDeniedError),
    (404, NotFoundError),
    (409, ConflictError),
    (422, UnprocessableError),
    (423, AccountLockedError),
    (429, RateLimitError),
    (500, ServerError),
    (503, ServerError),
    (520, ServerError),
    (561, ServerError),
    (302, APIStatusError),
    (410, APIStatusError),
    (418, APIStatusError),
]


@pytest.mark.parametrize(("status", "cls"), STATUSES)
def test_each_status_has_its_class(status: int, cls: type[APIStatusError]) -> None:
    assert error_class(status) is cls


def test_every_error_has_one_base() -> None:
    names = [name for name in actuallycare.__all__ if name.endswith("Error")]
    assert len(names) == 18
    for name in names:
        assert issubclass(getattr(actuallycare, name), ActuallyCareError)


def examples() -> list[ActuallyCareError]:
    bare = request().without_auth()
    return [
        ConfigurationError("no key"),
        APIConnectionError("refused", request=bare, sent=False),
        APITimeoutError("slow", request=bare, sent=True),
        DecodeError("listings.get", "it is odd", field="data.id", excerpt="{}"),
        status_error(failure(404, "NOT_FOUND"), request(), now=NOW),
        status_error(failure(429, headers={"Retry-After": "3"}), request(), now=NOW),
    ]


@pytest.mark.parametrize("error", examples(), ids=lambda error: type(error).__name__)
def test_errors_survive_pickling(error: ActuallyCareError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.__dict__ == error.__dict__


def test_errors_do_not_keep_the_credential() -> None:
    key = "feedface" * 8
    error = status_error(failure(401, "UnauthorizedError"), request(key), now=NOW)
    assert error.request.auth is None
    assert key not in repr(error) + str(error) + repr(error.request) + repr(vars(error))
    assert key.encode() not in pickle.dumps(error)


@pytest.mark.parametrize(
    ("status", "advice"), [(401, "expired or revoked"), (403, "scopes"), (429, "did not say")]
)
def test_messages_say_what_to_do(status: int, advice: str) -> None:
    assert advice in str(status_error(failure(status), request(), now=NOW))


def test_a_connection_error_records_whether_it_was_sent() -> None:
    bare = request().without_auth()
    assert "did not reach" in str(APIConnectionError("refused", request=bare, sent=False))
    assert "may have reached" in str(APIConnectionError("reset", request=bare, sent=True))


def test_details_of_any_shape_are_shown() -> None:
    details = [{"path": "a", "msg": "b"}, {"x": 1}, "plain"]
    text = str(status_error(failure(400, details=details), request(), now=NOW))
    assert text.splitlines()[1:] == ["  a: b", "  ?: {'x': 1}", "  plain"]
