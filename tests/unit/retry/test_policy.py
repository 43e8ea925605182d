"""The retry policy: which outcomes are repeated, after how long, and within which bounds."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import AsyncActuallyCare, ConfigurationError
from actuallycare._core.retry.policy import TRANSIENT, AttemptOutcome, RetryPolicy

SAFE, UNSAFE = True, False

CASES = [
    # status, idempotent, sent → repeated?
    (429, SAFE, True, True),
    (429, UNSAFE, True, True),
    (408, SAFE, True, True),
    (408, UNSAFE, True, False),
    (502, SAFE, True, True),
    (503, SAFE, True, True),
    (504, SAFE, True, True),
    (503, UNSAFE, True, False),
    (400, SAFE, True, False),
    (401, SAFE, True, False),
    (404, SAFE, True, False),
    (409, SAFE, True, False),
    (500, SAFE, True, False),
    (302, SAFE, True, False),
    (None, SAFE, True, True),
    (None, UNSAFE, True, False),
    (None, SAFE, False, True),
    (None, UNSAFE, False, True),
]


@pytest.mark.parametrize(("status", "idempotent", "sent", "repeated"), CASES)
def test_which_outcomes_are_repeated(
    status: int | None, idempotent: bool, sent: bool, repeated: bool
) -> None:
    outcome = AttemptOutcome(status, idempotent, sent)
    wait = RetryPolicy().next_wait(1, outcome, elapsed=0, jitter=0.5)
    assert (wait is not None) is repeated


EFFECTS = [
    # status, sent, reads only → may have succeeded?
    (None, True, False, True),
    (None, False, False, False),
    (None, True, True, False),
    (200, True, False, True),
    (201, True, False, True),
    (200, True, True, False),
    (302, True, False, False),
    (400, True, False, False),
    (408, True, False, True),
    (429, True, False, False),
    (500, True, False, True),
    (503, True, False, True),
    (503, True, True, False),
]


@pytest.mark.parametrize(("status", "sent", "safe", "expected"), EFFECTS)
def test_which_outcomes_may_have_had_an_effect(
    status: int | None, sent: bool, safe: bool, expected: bool
) -> None:
    assert AttemptOutcome(status, True, sent, safe=safe).may_have_succeeded is expected


WAITS = [
    # requested wait, attempt, jitter → wait
    (0.0, 1, 0.5, 0.0),
    (0.0, 2, 0.5, 0.5),  # again: not all attempts at once
    (0.0, 3, 1.0, 2.0),
    (7.25, 1, 0.5, 7.25),
    (30.0, 1, 0.0, 30.0),
    (30.1, 1, 0.0, None),  # longer than max_wait: raised at once, without sleeping first
    (None, 1, 1.0, 0.5),
    (None, 2, 1.0, 1.0),
    (None, 3, 1.0, 2.0),
    (None, 4, 0.5, 2.0),
    (None, 5, 1.0, None),  # the fifth attempt is the last
]


@pytest.mark.parametrize(("requested", "attempt", "jitter", "wait"), WAITS)
def test_waits_by_default(
    requested: float | None, attempt: int, jitter: float, wait: float | None
) -> None:
    outcome = AttemptOutcome(429, SAFE, retry_after=requested)
    assert RetryPolicy().next_wait(attempt, outcome, elapsed=0, jitter=jitter) == wait


def test_the_backoff_is_capped() -> None:
    policy = RetryPolicy(max_attempts=10_000, max_elapsed=math.inf)
    outcome = AttemptOutcome(503, SAFE)
    assert policy.next_wait(5_000, outcome, elapsed=0, jitter=1.0) == policy.backoff_cap


def test_a_single_attempt_is_never_repeated() -> None:
    outcome = AttemptOutcome(429, SAFE, retry_after=0)
    assert RetryPolicy(max_attempts=1).next_wait(1, outcome, elapsed=0, jitter=0) is None


@pytest.mark.parametrize(
    ("elapsed", "time_left", "wait"),
    [(110.0, math.inf, 10.0), (111.0, math.inf, None), (0.0, 11.0, 10.0), (0.0, 10.0, None)],
)
def test_a_wait_past_a_deadline_is_not_begun(
    elapsed: float, time_left: float, wait: float | None
) -> None:
    outcome = AttemptOutcome(429, SAFE, retry_after=10)
    next_wait = RetryPolicy().next_wait(1, outcome, elapsed=elapsed, time_left=time_left, jitter=0)
    assert next_wait == wait


@given(
    attempt=st.integers(1, 10_000),
    status=st.none() | st.integers(100, 999),
    idempotent=st.booleans(),
    sent=st.booleans(),
    requested=st.none() | st.floats(0, 1e9),
    elapsed=st.floats(0, 1e6),
    time_left=st.floats(-10, 1e6) | st.just(math.inf),
    jitter=st.floats(0, 1),
    max_wait=st.floats(0, 1e6),
    max_elapsed=st.floats(0, 1e6),
    max_attempts=st.integers(1, 100),
)
def test_no_wait_passes_a_bound(
    attempt: int,
    status: int | None,
    idempotent: bool,
    sent: bool,
    requested: float | None,
    elapsed: float,
    time_left: float,
    jitter: float,
    max_wait: float,
    max_elapsed: float,
    max_attempts: int,
) -> None:
    policy = RetryPolicy(max_wait=max_wait, max_elapsed=max_elapsed, max_attempts=max_attempts)
    outcome = AttemptOutcome(status, idempotent, sent, requested)
    wait = policy.next_wait(attempt, outcome, elapsed=elapsed, time_left=time_left, jitter=jitter)
    if wait is None:
        return
    assert attempt < max_attempts
    assert 0 <= wait <= max_wait
    assert elapsed + wait <= max_elapsed
    assert wait < time_left
    assert requested is None or wait == requested or (requested == 0 and attempt > 1)


@given(
    elapsed=st.floats(0, 1e6),
    time_left=st.floats(-10, 1e6) | st.just(math.inf),
    max_wait=st.floats(0, 1e6),
    max_elapsed=st.floats(0, 1e6),
)
def test_no_attempt_is_held_back_past_a_bound(
    elapsed: float, time_left: float, max_wait: float, max_elapsed: float
) -> None:
    policy = RetryPolicy(max_wait=max_wait, max_elapsed=max_elapsed)
    max_throttle_wait = policy.max_throttle_wait(elapsed, time_left=time_left)
    assert max_throttle_wait <= max_wait
    assert max_throttle_wait <= max(0, max_elapsed - elapsed)
    assert max_throttle_wait <= max(0, time_left)
    assert RetryPolicy(max_attempts=1).max_throttle_wait(elapsed, time_left=time_left) == 0


def test_the_statuses_can_be_chosen() -> None:
    policy = RetryPolicy(statuses=TRANSIENT | {500})
    assert [policy.retries(AttemptOutcome(500, safe)) for safe in (SAFE, UNSAFE)] == [True, False]
    assert policy.retries(AttemptOutcome(503, SAFE))


@pytest.mark.parametrize(
    "bad",
    [
        {"max_attempts": 0},
        {"max_attempts": 1.5},
        {"max_attempts": "3"},
        {"max_wait": -1},
        {"max_wait": None},
        {"max_elapsed": -0.1},
        {"backoff_base": math.nan},
        {"backoff_cap": True},
        {"statuses": 503},
        {"statuses": "503"},
        {"statuses": {50}},
        {"retry_unsafe": "no"},
    ],
)
def test_invalid_policies_are_rejected(bad: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(bad))):
        RetryPolicy(**bad)


def test_the_patient_policy_outlasts_several_windows() -> None:
    expected = RetryPolicy(max_attempts=20, max_wait=960.0, max_elapsed=14_400.0)
    assert RetryPolicy.patient() == expected


@pytest.mark.parametrize(
    ("time_left", "wait"), [(-1.0, 0.0), (0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (500.0, 100.0)]
)
def test_a_cooldown_is_awaited_while_time_is_left(time_left: float, wait: float) -> None:
    policy = RetryPolicy(max_wait=100.0, max_elapsed=1_000.0)
    assert policy.max_throttle_wait(0.0, time_left=time_left) == wait


def test_another_object_as_retry_is_named_in_the_error() -> None:
    with pytest.raises(ConfigurationError, match=r"retry is 3; a RetryPolicy was expected"):
        AsyncActuallyCare("0" * 64, retry=3)  # type: ignore[arg-type]
