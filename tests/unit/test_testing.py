"""What users test their programs with: no real waits, and no others than they would have."""

from __future__ import annotations

import json
import threading
import time
import warnings
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest

from actuallycare import (
    ActuallyCareError,
    AsyncActuallyCare,
    Clock,
    ConfigurationError,
    DeadlineExceededError,
    DecodeError,
    Pacer,
    RateLimitError,
    RetryPolicy,
    WebhookVerificationError,
    testing,
    webhooks,
)
from actuallycare._core.clock import SystemClock
from actuallycare.testing import InstantClock, instant
from tests.conftest import KEY
from tests.fakes import ScriptedTransport, answer, failure, success

LATER = failure(429, headers={"Retry-After": "900"})
FOUND = success({"id": "1"})
SPENT = answer(
    {"success": True, "data": {"id": "1"}},
    headers={"RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "600"},
)
PATIENT = RetryPolicy(max_wait=900, max_elapsed=1_800)


def connect(*steps: Any, **options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare(KEY, transport=ScriptedTransport(*steps), retry=PATIENT, **options)


@pytest.fixture(autouse=True)
def no_real_waits() -> Any:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 60


@pytest.mark.anyio
async def test_a_clock_of_the_client_jumps_over_its_waits() -> None:
    clock: Clock = InstantClock()
    assert isinstance(clock, InstantClock)

    before, start = clock.monotonic(), clock.now()
    async with connect(LATER, FOUND, clock=clock) as client:
        assert (await client.listings.get("1")).id == "1"
    assert clock.waits == [900]
    assert clock.monotonic() - before >= 900
    assert (clock.now() - start).total_seconds() >= 900


@pytest.mark.anyio
async def test_instant_reaches_clients_created_before_and_inside() -> None:
    pacer = Pacer()

    early = connect(LATER, FOUND)
    with instant() as clock:
        await early.listings.get("1")
        late = connect(SPENT, FOUND, rate_limiter=pacer)
        await late.listings.get("1")
        await late.listings.get("1")
    assert clock.waits[0] == 900
    assert clock.waits[1] == pytest.approx(600, abs=1)


def test_instant_reaches_other_threads_and_event_loops() -> None:
    failures: list[BaseException] = []

    def program() -> None:
        async def call() -> None:
            async with connect(LATER, FOUND) as client:
                await client.listings.get("1")

        try:
            anyio.run(call)
        except BaseException as error:
            failures.append(error)

    with instant() as clock:
        thread = threading.Thread(target=program)
        thread.start()
        thread.join()
    assert failures == []
    assert clock.waits == [900]


@pytest.mark.anyio
async def test_after_the_block_time_is_real_again() -> None:
    with instant() as outer:
        with instant() as inner:
            await SystemClock().sleep(60)
        await SystemClock().sleep(30)
    assert (inner.waits, outer.waits) == ([60], [30])
    assert abs((SystemClock().now() - datetime.now(UTC)).total_seconds()) < 5
    with anyio.move_on_after(0.01) as scope:
        await SystemClock().sleep(30)
    assert scope.cancelled_caught


@pytest.mark.anyio
async def test_the_policy_still_decides() -> None:
    with instant() as clock:
        client = AsyncActuallyCare(KEY, transport=ScriptedTransport(LATER, FOUND))
        with pytest.raises(RateLimitError):
            await client.listings.get("1")
        patient = connect(LATER, FOUND)
        with anyio.fail_after(10), pytest.raises(RateLimitError):
            await patient.listings.get("1")
    assert clock.waits == []


@pytest.mark.anyio
async def test_waits_of_several_tasks_overlap() -> None:
    jumps: list[float] = []
    clock = InstantClock(jumps.append)

    before = clock.monotonic()
    async with anyio.create_task_group() as tasks:
        for seconds in (900.0, 900.0, 5.0):
            tasks.start_soon(clock.sleep, seconds)
    assert 900 <= clock.monotonic() - before < 960
    assert sorted(clock.waits) == [5, 900, 900]
    assert sum(jumps) == pytest.approx(900, abs=60)


@pytest.mark.anyio
async def test_a_cancelled_wait_does_not_move_time() -> None:
    clock = InstantClock()

    before = clock.monotonic()
    with anyio.CancelScope() as scope:
        scope.cancel()
        await clock.sleep(900)
    assert clock.waits == []
    assert clock.monotonic() - before < 60


def test_followers_move_along() -> None:
    first: list[float] = []
    second: list[float] = []
    clock = InstantClock(first.append)
    clock.advance(5)
    clock.subscribe(second.append)
    clock.advance(7)
    assert (first, second) == ([5, 7], [7])
    with pytest.raises(ConfigurationError, match="seconds is -1"):
        clock.advance(-1)


def test_deliveries_expire_by_the_instant_clock() -> None:
    def delivery(sent: datetime) -> tuple[bytes, dict[str, str]]:
        body = json.dumps({"event": "lead.created", "timestamp": sent.isoformat()}).encode()
        headers = {
            "X-Webhook-Signature": webhooks.sign(body, "a secret for tests"),
            "X-Webhook-Timestamp": sent.isoformat(),
            "X-Webhook-Event": "lead.created",
        }
        return body, headers

    with instant() as clock:
        early = delivery(clock.now())
        clock.advance(7_200)
        webhooks.verify(*delivery(clock.now()), "a secret for tests")
        with pytest.raises(WebhookVerificationError) as caught:
            webhooks.verify(*early, "a secret for tests")
    webhooks.verify(*early, "a secret for tests")
    assert caught.value.reason == "timestamp_stale"


@pytest.mark.parametrize("cls", [ConfigurationError, DeadlineExceededError, DecodeError])
def test_errors_without_a_response_can_be_built(cls: type[ActuallyCareError]) -> None:
    error = testing.error(cls, "broken", operation="listings.get")
    assert type(error) is cls
    assert "broken" in str(error)


@pytest.mark.parametrize("cls", [dict, 5, "Listing"])
def test_a_record_of_something_else_is_a_type_error(cls: Any) -> None:
    with pytest.raises(TypeError, match="is not a model"):
        testing.record(cls)


@pytest.mark.anyio
async def test_a_page_beyond_the_last_one_is_empty() -> None:
    page = await testing.pager([1, 2, 3], page_size=2).fetch(9)
    assert page.items == []
    assert (page.meta.page, page.meta.total, page.has_more) == (9, 3, False)


def test_a_pager_that_a_test_never_uses_does_not_warn() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        testing.pager([1]).__del__()
    assert caught == []
