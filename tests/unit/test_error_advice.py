"""What errors say beyond the server's message: where, what to check, what may have happened."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from actuallycare import (
    APIConnectionError,
    APITimeoutError,
    AsyncActuallyCare,
    ConflictError,
    DecodeError,
    NotFoundError,
    RetryPolicy,
    ServerError,
    VersionConflictError,
    WebhookVerificationError,
)
from actuallycare._core.errors import _BY_STATUS
from actuallycare._core.http import Request
from actuallycare._core.operation import Operation
from actuallycare.testing import error
from tests.fakes import ManualClock, ScriptedTransport, Step, answer, failure, success

GET = Operation("listings.get", "GET", "/listings/{id}")


def client(key: str, *steps: Step, **options: Any) -> tuple[AsyncActuallyCare, ScriptedTransport]:
    transport = ScriptedTransport(*steps)
    made = AsyncActuallyCare(
        key, transport=transport, clock=ManualClock(), telemetry=False, **options
    )
    return made, transport


def lost(request: Request) -> Any:
    raise APIConnectionError("ReadError", request=request, sent=True)


@pytest.mark.anyio
async def test_the_repr_shows_class_status_code_and_operation(key: str) -> None:
    made, _ = client(key, failure(404, "NOT_FOUND"))
    with pytest.raises(NotFoundError) as caught:
        await made.listings.get("1")
    expected = "NotFoundError(status_code=404, code='NOT_FOUND', operation='listings.get')"
    assert repr(caught.value) == expected
    assert repr(copy.copy(caught.value)) == expected
    made, _ = client(key, success({"address": "no id"}))
    with pytest.raises(DecodeError) as decoding:
        await made.listings.get("1")
    assert repr(decoding.value) == "DecodeError(operation='listings.get', field='data.id')"


@pytest.mark.parametrize(
    "url", ["https://user:pw@api.example.com:8443/v1/x?key=k", "http://[::1]:9"]
)
def test_a_connection_error_names_the_server_without_credentials(url: str) -> None:
    request = Request(GET, "GET", url, {})
    made = APITimeoutError("no response", request=request, sent=False)
    server = "https://api.example.com:8443" if "user" in url else "http://[::1]:9"
    assert str(made).startswith(f"GET /listings/{{id}} at {server}: no response (")
    assert "pw" not in str(made)
    assert repr(made) == "APITimeoutError(operation='listings.get', sent=False)"


UNKNOWN: list[tuple[Any, bool]] = [
    (answer(b"<pre>Cannot GET /listings/1</pre>", 404), True),
    (
        answer({"success": False, "error": {"code": "X", "suggestion": "see"}}, 404),
        True,
    ),
    (answer({"message": "no Route matched"}, 404), True),
    (failure(404, "NOT_FOUND"), False),
]


@pytest.mark.parametrize(("response", "unknown"), UNKNOWN)
@pytest.mark.anyio
async def test_a_404_for_an_unknown_route_says_to_check_base_url(
    response: Any, unknown: bool, key: str
) -> None:
    made, _ = client(key, response, base_url="https://api.example.com/api")
    with pytest.raises(NotFoundError) as caught:
        await made.listings.get("1")
    assert caught.value.unknown_route is unknown
    advice = "https://api.example.com does not know this path: check base_url"
    assert (advice in str(caught.value)) is unknown


@pytest.mark.anyio
async def test_a_list_is_never_missing(key: str) -> None:
    made, _ = client(key, failure(404, "NOT_FOUND"))
    with pytest.raises(NotFoundError, match="check base_url"):
        await made.listings.list()


@pytest.mark.parametrize("status", [*_BY_STATUS, 418, 503])
@pytest.mark.anyio
async def test_each_status_error_has_the_time_to_wait(status: int, key: str) -> None:
    response = failure(status, headers={"Retry-After": "600"}, correlationId="ignored")
    made, _ = client(key, response)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        await made.listings.get("1")
    assert caught.value.retry_after == 600  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        ({"correlationId": "c-1"}, {}, "c-1"),
        ({"correlationId": "c-1"}, {"X-Request-Id": "r-1"}, "c-1"),
        ({}, {"x-request-id": "r-1"}, "r-1"),
        ({}, {}, None),
    ],
)
def test_request_id_is_the_correlation_id_or_that_of_a_proxy(
    body: dict[str, Any], headers: dict[str, str], expected: str | None
) -> None:
    assert error(ServerError, headers=headers, **body).request_id == expected


CONFLICTS: list[tuple[dict[str, Any], tuple[Any, Any]]] = [
    ({"code": "VERSION_CONFLICT", "currentVersion": 4, "attemptedVersion": 3}, (4, 3)),
    ({"code": "VERSION_CONFLICT", "details": {"current_version": "b"}}, ("b", None)),
    ({"code": "CONFLICT", "details": {"currentVersion": 4}}, (4, None)),
    ({"code": "CONFLICT", "details": [{"field": "version", "currentVersion": 4}]}, (4, None)),
    (
        {"code": "VERSION_CONFLICT", "details": [{"field": "version"}], "currentVersion": True},
        (None, None),
    ),
]


@pytest.mark.parametrize(("body", "versions"), CONFLICTS)
@pytest.mark.anyio
async def test_a_version_conflict_has_its_versions(
    body: dict[str, Any], versions: tuple[Any, Any], key: str
) -> None:
    made, _ = client(key, answer({"success": False, "error": body}, 409))
    with pytest.raises(VersionConflictError) as caught:
        await made.listings.update("1", city="X")
    assert isinstance(caught.value, ConflictError)
    assert (caught.value.current_version, caught.value.attempted_version) == versions
    assert copy.copy(caught.value).current_version == versions[0]
    assert "Get it again" in str(caught.value)
    assert "more than once" not in str(caught.value)


@pytest.mark.anyio
async def test_a_version_beside_the_error(key: str) -> None:
    error = {"code": "VERSION_CONFLICT", "message": "m"}
    body = {"success": False, "error": error, "currentVersion": 4, "attemptedVersion": 3}
    made, _ = client(key, answer(body, 409))
    with pytest.raises(VersionConflictError) as caught:
        await made.listings.update("1", city="X")
    assert (caught.value.current_version, caught.value.attempted_version) == (4, 3)


@pytest.mark.anyio
async def test_another_conflict_is_no_version_conflict(key: str) -> None:
    made, _ = client(key, failure(409, "DUPLICATE_EMAIL"))
    with pytest.raises(ConflictError) as caught:
        await made.listings.update("1", city="X")
    assert type(caught.value) is ConflictError


@pytest.mark.parametrize("first", [lost, failure(503), failure(408)])
@pytest.mark.anyio
async def test_a_put_that_was_sent_twice_may_have_succeeded(first: Step, key: str) -> None:
    made, _ = client(key, first, failure(409, "VERSION_CONFLICT"))
    with pytest.raises(VersionConflictError, match="may have succeeded") as caught:
        await made.listings.update("1", city="X")
    assert caught.value.may_have_succeeded


@pytest.mark.anyio
async def test_a_delete_that_was_sent_twice_may_have_succeeded(key: str) -> None:
    made, _ = client(key, lost, failure(404, "NOT_FOUND"))
    with pytest.raises(NotFoundError, match="may have succeeded"):
        await made.listings.delete("1")


@pytest.mark.parametrize("first", [lost, failure(503)])
@pytest.mark.anyio
async def test_a_get_that_was_sent_twice_has_no_effect(first: Step, key: str) -> None:
    made, _ = client(key, first, failure(404, "NOT_FOUND"))
    with pytest.raises(NotFoundError) as caught:
        await made.listings.get("1")
    assert not caught.value.may_have_succeeded
    assert "more than once" not in str(caught.value)


@pytest.mark.parametrize("first", [failure(429, headers={"Retry-After": "1"}), "unsent"])
@pytest.mark.anyio
async def test_an_attempt_without_effect_is_not_mentioned(first: Any, key: str) -> None:
    def unsent(request: Request) -> Any:
        raise APIConnectionError("ConnectError", request=request, sent=False)

    made, _ = client(key, unsent if first == "unsent" else first, failure(409, "VERSION_CONFLICT"))
    with pytest.raises(VersionConflictError) as caught:
        await made.listings.update("1", city="X")
    assert not caught.value.may_have_succeeded
    assert "more than once" not in str(caught.value)


@pytest.mark.parametrize("first", [lost, failure(502), failure(503), failure(504)])
@pytest.mark.anyio
async def test_a_post_is_sent_again_only_by_opt_in(first: Step, key: str) -> None:
    made, transport = client(key, first, success({"id": "1"}))
    with pytest.raises((APIConnectionError, ServerError)):
        await made.listings.create(address="1 Main St", list_price=1)
    assert len(transport.requests) == 1
    transport.requests.clear()
    view = made.with_options(retry=RetryPolicy(retry_unsafe=True))
    assert (await view.listings.create(address="1 Main St", list_price=1)).id == "1"
    assert len(transport.requests) == 2


@pytest.mark.anyio
async def test_the_opt_in_adds_no_status(key: str) -> None:
    made, transport = client(key, failure(500), retry=RetryPolicy(retry_unsafe=True))
    with pytest.raises(ServerError):
        await made.listings.create(address="1 Main St", list_price=1)
    assert len(transport.requests) == 1


def test_errors_for_users_tests() -> None:
    made = error(
        VersionConflictError, currentVersion=4, correlationId="c", details=[{"field": "a"}]
    )
    assert (made.code, made.current_version, made.request_id) == ("VERSION_CONFLICT", 4, "c")
    assert made.details == [{"field": "a"}]
    assert error(NotFoundError, headers={"Retry-After": "3"}).retry_after == 3
    for status, cls in _BY_STATUS.items():
        assert error(cls).status_code == status
    assert error(ServerError, status_code=503).status_code == 503
    assert error(ServerError).code == "INTERNAL_ERROR"
    assert not error(APITimeoutError, sent=False).sent
    with pytest.raises(TypeError, match="status 500 is a ServerError"):
        error(NotFoundError, status_code=500)
    with pytest.raises(TypeError, match="WebhookVerificationError is not"):
        error(WebhookVerificationError)
