"""The one loop that sends, on asyncio and trio: credentials, budget, waits, errors."""

from __future__ import annotations

import anyio
import pytest
from attrs import evolve

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
    RetryEvent,
    RetryPolicy,
    ServerError,
)
from actuallycare._core.auth.credentials import Credentials, FixedSource
from actuallycare._core.operation import Call, Operation
from actuallycare._core.secret import Secret
from actuallycare._core.sender import Options, Sender
from actuallycare._core.transports._errors import too_large
from tests.fakes import ManualClock, ScriptedTransport, Step, answer, failure, success

GET = Operation("listings.get", "GET", "/listings/{id}", auth=("key",))
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
        credentials=Credentials(FixedSource(Secret("k" * 64))),
        options=Options(timeout=timeout, retry=retry or RetryPolicy()),
        clock=clock,
    )
    return made, transport


def call(operation: Operation = GET) -> Call:
    return Call(operation, "/listings/1")


def unsent() -> APIConnectionError:
    bare = Request(GET, "GET", "https://api.example.com", {})
    return APIConnectionError("refused", request=bare, sent=False)


@pytest.mark.anyio
async def test_a_429_waits_for_exactly_retry_after(clock: ManualClock) -> None:
    made, transport = sender(
        clock,
        failure(429, headers={"Retry-After": "2.5"}),
        failure(429, headers=BUDGET),
        success({"id": "1"}),
    )
    exchange = await made.send(call())
    assert exchange.body["data"] == {"id": "1"}
    assert clock.slept == [2.5, 4.0]
    assert len(transport.requests) == 3


@pytest.mark.anyio
async def test_a_429_without_any_hint_backs_off_with_jitter(clock: ManualClock) -> None:
    made, _ = sender(clock, failure(429), failure(429), success(None))
    await made.send(call(POST))
    assert [0 <= wait <= bound for wait, bound in zip(clock.slept, (0.5, 1.0), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.anyio
@pytest.mark.parametrize("useless", ["-1", "99999999999", "Thu, 01 Jan 2026 00:00:00 GMT", "soon"])
async def test_a_useless_retry_after_means_backoff(clock: ManualClock, useless: str) -> None:
    made, transport = sender(clock, *[failure(503, headers={"Retry-After": useless})] * 5)
    with pytest.raises(ServerError) as caught:
        await made.send(call())
    assert caught.value.retry_after is None
    bounds = (0.5, 1.0, 2.0, 4.0)
    assert all(0.1 * b <= wait <= b for wait, b in zip(clock.slept, bounds, strict=True))
    assert len(transport.requests) == 5


@pytest.mark.anyio
async def test_an_error_says_how_long_to_wait(clock: ManualClock) -> None:
    made, _ = sender(clock, failure(503, headers={"Retry-After": "600"}))
    with pytest.raises(ServerError) as caught:
        await made.send(call())
    assert caught.value.retry_after == 600


@pytest.mark.anyio
async def test_ratelimit_reset_does_not_delay_the_retry_of_a_503(
    clock: ManualClock,
) -> None:
    budget = {**BUDGET, "RateLimit-Remaining": "400", "RateLimit-Reset": "893"}
    made, transport = sender(
        clock,
        failure(503, headers=budget),
        failure(503, headers={**budget, "Retry-After": "3"}),
        success({"id": "1"}),
    )
    await made.send(call())
    assert clock.slept[0] < 1
    assert clock.slept[1] == 3
    assert len(transport.requests) == 3


@pytest.mark.anyio
async def test_the_time_of_attempts_counts_towards_max_elapsed(clock: ManualClock) -> None:
    def slow_failure(_request: Request) -> Response:
        clock.elapsed += 50
        return failure(503, headers={"Retry-After": "1"})

    made, transport = sender(clock, slow_failure, retry=RetryPolicy(max_elapsed=120))
    with pytest.raises(ServerError):
        await made.send(call())
    assert len(transport.requests) == 3  # after 50, 101 and 152 seconds
    assert clock.slept == [1, 1]


@pytest.mark.anyio
async def test_a_wait_beyond_max_wait_raises_at_once(clock: ManualClock) -> None:
    made, transport = sender(clock, failure(429, headers={"Retry-After": "840"}))
    with pytest.raises(RateLimitError) as caught:
        await made.send(call())
    assert caught.value.retry_after == 840
    assert clock.slept == []
    assert len(transport.requests) == 1


@pytest.mark.anyio
async def test_a_wait_past_the_callers_deadline_raises_at_once(clock: ManualClock) -> None:
    made, _ = sender(clock, failure(429, headers={"Retry-After": "20"}))
    with anyio.fail_after(10), pytest.raises(RateLimitError):
        await made.send(call())
    assert clock.slept == []


@pytest.mark.anyio
async def test_attempts_are_bounded(clock: ManualClock) -> None:
    made, transport = sender(clock, failure(429, headers={"Retry-After": "0"}))
    with pytest.raises(RateLimitError):
        await made.send(call())
    assert len(transport.requests) == RetryPolicy().max_attempts


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("operation", "step", "attempts"),
    [(GET, failure(503), 5), (POST, failure(503), 1), (GET, unsent(), 5), (POST, unsent(), 5)],
)
async def test_only_safe_requests_are_repeated(
    clock: ManualClock, operation: Operation, step: Step, attempts: int
) -> None:
    made, transport = sender(clock, step)
    with pytest.raises((ServerError, APIConnectionError)):
        await made.send(call(operation))
    assert len(transport.requests) == attempts


@pytest.mark.anyio
async def test_success_false_in_a_200_is_an_error(clock: ManualClock) -> None:
    body = b'{"success": false, "error": {"code": "NOT_FOUND", "message": "gone"}}'
    made, _ = sender(clock, Response(200, {}, body))
    with pytest.raises(APIStatusError) as caught:
        await made.send(call())
    assert (caught.value.status_code, caught.value.code) == (200, "NOT_FOUND")


@pytest.mark.anyio
async def test_a_200_that_is_not_json_is_a_decode_error(clock: ManualClock) -> None:
    made, _ = sender(clock, Response(200, {"Content-Type": "text/html"}, b"<html>"))
    with pytest.raises(DecodeError, match=r"^listings\.get: "):
        await made.send(call())


@pytest.mark.anyio
async def test_an_attempt_is_bounded_by_the_timeout(clock: ManualClock) -> None:
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
    with pytest.raises(APITimeoutError) as caught:
        await silent.send(call(POST))
    assert caught.value.sent


@pytest.mark.anyio
async def test_a_missing_credential_sends_nothing(clock: ManualClock) -> None:
    made, transport = sender(clock, success(None))
    jwt_only = Operation("api_keys.list", "GET", "/api-keys", auth=("bearer",))
    with pytest.raises(ConfigurationError):
        await made.send(Call(jwt_only, "/api-keys"))
    assert transport.requests == []


@pytest.mark.anyio
async def test_rate_limit_follows_every_response(clock: ManualClock) -> None:
    made, _ = sender(clock, failure(404, headers=BUDGET), success(None))
    with pytest.raises(NotFoundError):
        await made.send(call())
    assert made.rate_limit_state.rate_limit is not None
    assert (made.rate_limit_state.rate_limit.limit, made.rate_limit_state.rate_limit.remaining) == (
        500,
        0,
    )
    await made.send(call())
    assert (
        made.rate_limit_state.rate_limit.remaining == 0
    )  # a response without rate limit headers changes nothing


@pytest.mark.anyio
async def test_attempts_are_logged_without_values(
    clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "actuallycare")
    refused = answer(
        {"success": False, "error": {"code": "X", "message": "m"}, "correlationId": "c-1"},
        429,
        {"Retry-After": "3"},
    )
    made, _ = sender(clock, refused, unsent(), success(None), retry=RetryPolicy(backoff_base=0))
    await made.send(call())
    records = [r for r in caplog.records if r.name == "actuallycare"]
    assert [r.getMessage() for r in records] == [
        "GET /listings/{id} attempt 1: 429; waiting 3.00 s",
        "GET /listings/{id} attempt 2: no response; waiting 0.00 s",
        "GET /listings/{id} attempt 3: 200",
    ]
    facts = ("method", "path", "status", "attempt", "wait", "correlation_id")
    assert [tuple(vars(r)[name] for name in facts) for r in records] == [
        ("GET", "/listings/{id}", 429, 1, 3.0, "c-1"),
        ("GET", "/listings/{id}", None, 2, 0.0, None),
        ("GET", "/listings/{id}", 200, 3, None, None),
    ]


@pytest.mark.anyio
async def test_on_retry_is_called_before_each_wait(clock: ManualClock) -> None:
    events: list[RetryEvent] = []
    made, _ = sender(clock, failure(429, headers={"Retry-After": "3"}), unsent(), success(None))
    made = evolve(made, on_retry=events.append)
    await made.send(call())
    assert [(e.operation, e.attempt, e.status, type(e.error)) for e in events] == [
        ("listings.get", 1, 429, RateLimitError),
        ("listings.get", 2, None, APIConnectionError),
    ]
    assert [e.wait for e in events] == clock.slept


@pytest.mark.anyio
async def test_an_error_of_on_retry_ends_the_call(clock: ManualClock) -> None:
    def stop(event: RetryEvent) -> None:
        raise InterruptedError(event.operation)

    made, transport = sender(clock, failure(503))
    made = evolve(made, on_retry=stop)
    with pytest.raises(InterruptedError, match=r"listings\.get"):
        await made.send(call())
    assert len(transport.requests) == 1


@pytest.mark.anyio
async def test_rate_limit_ignores_auth_endpoints(clock: ManualClock) -> None:
    made, _ = sender(clock, answer({}, headers=BUDGET))
    await made.send(Call(Operation("auth.login", "POST", "/auth/login"), "/auth/login"))
    assert made.rate_limit_state.rate_limit is None


class Turns:
    """A rate limiter that counts calls and records the statuses it gets."""

    def __init__(self) -> None:
        self.asked = 0
        self.released: list[int | None] = []

    async def acquire(self) -> None:
        self.asked += 1

    def release(self, response: Response | None) -> None:
        self.released.append(response.status_code if response is not None else None)


@pytest.mark.anyio
async def test_each_attempt_acquires_and_releases_the_limiter(clock: ManualClock) -> None:
    turns = Turns()
    made, _ = sender(clock, failure(503), unsent(), success(None))
    made = evolve(made, rate_limiter=turns)
    await made.send(call())
    assert (turns.asked, turns.released) == (3, [503, None, 200])
    await made.send(Call(Operation("x", "GET", "/auth/verify", kind="none"), "/auth/verify"))
    assert turns.asked == 3


@pytest.mark.anyio
async def test_a_cancelled_attempt_releases_the_limiter(clock: ManualClock) -> None:
    turns = Turns()
    made, _ = sender(clock, success(None))
    made = evolve(made, rate_limiter=turns)

    with anyio.move_on_after(0):
        await made.send(call())
    assert (turns.asked, turns.released) == (1, [None])


@pytest.mark.anyio
async def test_max_response_bytes_is_set_on_the_request(clock: ManualClock) -> None:
    def endless(request: Request) -> Response:
        raise too_large(request)

    made, transport = sender(clock, endless)
    made = evolve(made, options=evolve(made.options, max_response_bytes=1_000_000))
    with pytest.raises(DecodeError, match=r"^listings\.get: .* longer than 1,000,000 bytes"):
        await made.send(call())
    assert [r.max_bytes for r in transport.requests] == [1_000_000]
