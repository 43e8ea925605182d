"""The one loop that sends, on asyncio and trio: credentials, budget, waits, errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from actuallycare import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    DecodeError,
    NotFoundError,
    RateLimitError,
    Request,
    Response,
    RetryPolicy,
    ServerError,
)
from actuallycare._core.auth import Credentials, Secret
from actuallycare._core.call import Call, Operation
from actuallycare._core.sender import Options, Sender
from tests.doubles import ManualClock, ScriptedTransport, Step, failure, success

Run = Callable[[Callable[[], Awaitable[Any]]], Any]

GET = Operation("listings.get", "GET", "/listings/{id}", auth=("key",), idempotent=True)
POST = Operation("listings.create", "POST", "/listings", auth=("key",))
BUDGET = {"RateLimit-Limit": "500", "RateLimit-Remaining": "0", "RateLimit-Reset": "4"}


def sender(
    clock: ManualClock, *steps: Step, retry: RetryPolicy | None = None, timeout: float | None = 30
) -> tuple[Sender, ScriptedTransport]:
    transport = ScriptedTransport(*steps)
    made = Sender(
        transport=transport,
        base_url="https://api.example.com/v1",
        headers={},
        credentials=Credentials(Secret("k" * 64)),
        options=Options(timeout=timeout, retry=retry or RetryPolicy()),
        clock=clock,
    )
    return made, transport


def call(operation: Operation = GET) -> Call:
    return Call(operation, "/listings/1")


def unsent() -> APIConnectionError:
    bare = Request(GET, "GET", "https://api.example.com", {})
    return APIConnectionError("refused", request=bare, sent=False)


def test_a_429_is_waited_out_for_exactly_as_long_as_told(run: Run, clock: ManualClock) -> None:
    made, transport = sender(
        clock,
        failure(429, headers={"Retry-After": "2.5"}),
        failure(429, headers=BUDGET),
        success({"id": "1"}),
    )
    exchange = run(lambda: made.send(call()))
    assert exchange.body["data"] == {"id": "1"}
    assert clock.slept == [2.5, 4.0]
    assert len(transport.requests) == 3


def test_a_429_without_any_hint_backs_off_with_jitter(run: Run, clock: ManualClock) -> None:
    made, _ = sender(clock, failure(429), failure(429), success(None))
    run(lambda: made.send(call(POST)))
    assert [0 <= wait <= bound for wait, bound in zip(clock.slept, (0.5, 1.0), strict=True)] == [
        True,
        True,
    ]


def test_a_wait_that_is_too_long_is_told_at_once(run: Run, clock: ManualClock) -> None:
    made, transport = sender(clock, failure(429, headers={"Retry-After": "840"}))
    with pytest.raises(RateLimitError) as caught:
        run(lambda: made.send(call()))
    assert caught.value.retry_after == 840
    assert clock.slept == []
    assert len(transport.requests) == 1


def test_a_wait_past_the_callers_deadline_is_told_at_once(run: Run, clock: ManualClock) -> None:
    made, _ = sender(clock, failure(429, headers={"Retry-After": "20"}))

    async def bounded() -> None:
        with anyio.fail_after(10):
            await made.send(call())

    with pytest.raises(RateLimitError):
        run(bounded)
    assert clock.slept == []


def test_attempts_are_bounded(run: Run, clock: ManualClock) -> None:
    made, transport = sender(clock, failure(429, headers={"Retry-After": "0"}))
    with pytest.raises(RateLimitError):
        run(lambda: made.send(call()))
    assert len(transport.requests) == RetryPolicy().max_attempts


@pytest.mark.parametrize(
    ("operation", "step", "attempts"),
    [(GET, failure(503), 5), (POST, failure(503), 1), (GET, unsent(), 5), (POST, unsent(), 5)],
)
def test_only_what_cannot_have_an_effect_twice_is_repeated(
    run: Run, clock: ManualClock, operation: Operation, step: Step, attempts: int
) -> None:
    made, transport = sender(clock, step)
    with pytest.raises((ServerError, APIConnectionError)):
        run(lambda: made.send(call(operation)))
    assert len(transport.requests) == attempts


def test_success_false_in_a_200_is_an_error(run: Run, clock: ManualClock) -> None:
    body = b'{"success": false, "error": {"code": "NOT_FOUND", "message": "gone"}}'
    made, _ = sender(clock, Response(200, {}, body))
    with pytest.raises(APIStatusError) as caught:
        run(lambda: made.send(call()))
    assert (caught.value.status_code, caught.value.code) == (200, "NOT_FOUND")


def test_a_200_that_is_not_json_is_a_decode_error(run: Run, clock: ManualClock) -> None:
    made, _ = sender(clock, Response(200, {"Content-Type": "text/html"}, b"<html>"))
    with pytest.raises(DecodeError, match=r"^listings\.get: "):
        run(lambda: made.send(call()))


def test_an_attempt_is_bounded_by_the_timeout(run: Run, clock: ManualClock) -> None:
    class Silent(ScriptedTransport):
        async def send(self, request: Request) -> Response:
            await anyio.sleep_forever()
            raise AssertionError

    made, _ = sender(clock, retry=RetryPolicy(max_attempts=1), timeout=0.01)
    silent = Sender(
        transport=Silent(),
        base_url=made.base_url,
        headers={},
        credentials=made.credentials,
        options=made.options,
        clock=clock,
    )
    with pytest.raises(APITimeoutError, match=r"no complete answer within 0.01 s") as caught:
        run(lambda: silent.send(call(POST)))
    assert caught.value.sent


def test_a_missing_credential_sends_nothing(run: Run, clock: ManualClock) -> None:
    made, transport = sender(clock, success(None))
    jwt_only = Operation("api_keys.list", "GET", "/api-keys", auth=("bearer",))
    with pytest.raises(ConfigurationError, match="needs a JWT"):
        run(lambda: made.send(Call(jwt_only, "/api-keys")))
    assert transport.requests == []


def test_the_budget_follows_every_response(run: Run, clock: ManualClock) -> None:
    made, _ = sender(clock, failure(404, headers=BUDGET), success(None))
    with pytest.raises(NotFoundError):
        run(lambda: made.send(call()))
    assert made.budget.rate_limit is not None
    assert (made.budget.rate_limit.limit, made.budget.rate_limit.remaining) == (500, 0)
    run(lambda: made.send(call()))
    assert made.budget.rate_limit.remaining == 0  # a response that tells nothing changes nothing


def test_waits_are_logged_without_values(
    run: Run, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "actuallycare")
    made, _ = sender(clock, failure(429, headers={"Retry-After": "3"}), success(None))
    run(lambda: made.send(call()))
    assert [r.getMessage() for r in caplog.records if r.name == "actuallycare"] == [
        "GET /listings/{id} attempt 1: 429; waiting 3.00 s"
    ]
