"""Fixed windows: who may pass, and what the headers say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actuallycare_sandbox import Backend, Clock, Limit, Limits
from actuallycare_sandbox.protocol.rate_limit import FixedWindowCounter, RequestLimiter
from tests.sandbox.conftest import MANY, connect


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30/2s", Limit(30, 2)),
        ("500/15m", Limit(500, 900)),
        ("30/m", Limit(30, 60)),
        ("5/0.5s", Limit(5, 0.5)),
        ("10/200ms", Limit(10, 0.2)),
        ("1000/1h", Limit(1000, 3600)),
    ],
)
def test_a_limit_is_read_from_text(text: str, limit: Limit) -> None:
    assert Limit.parse(text).requests == limit.requests
    assert Limit.parse(text).seconds == pytest.approx(limit.seconds)


@pytest.mark.parametrize("text", ["", "30", "30/", "x/2s", "0/2s", "30/0s", "-1/2s", "30/2d"])
def test_other_text_is_no_limit(text: str) -> None:
    with pytest.raises(ValueError, match="30/2s"):
        Limit.parse(text)


def test_a_window_begins_with_the_first_request_and_ends_a_fixed_time_later() -> None:
    windows = FixedWindowCounter(Limit(2, 10))
    taken = [windows.take("a", now) for now in (0.0, 9.0, 9.5, 10.0)]
    assert [b.allowed for b in taken] == [True, True, False, True]
    assert [b.remaining for b in taken] == [1, 0, 0, 1]
    assert [b.reset_after for b in taken] == [10.0, 1.0, 0.5, 10.0]


def test_addresses_do_not_share_a_budget() -> None:
    windows = FixedWindowCounter(Limit(1, 10))
    assert windows.take("a", 0).allowed
    assert windows.take("b", 0).allowed
    assert not windows.take("a", 0).allowed


def test_windows_that_are_over_are_forgotten() -> None:
    windows = FixedWindowCounter(Limit(1, 1))
    for number in range(5_000):
        windows.take(str(number), float(number))
    assert len(windows._windows) <= 1_025


def test_a_refusal_tells_whole_seconds_that_are_enough() -> None:
    windows = FixedWindowCounter(Limit(1, 2))
    windows.take("a", 0.0)
    headers = windows.take("a", 0.3).headers()
    assert headers == {
        "RateLimit-Limit": "1",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": "2",
        "Retry-After": "2",
    }


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("GET", "/listings", 500),
        ("POST", "/auth/login", 50),
        ("POST", "/auth/refresh", 30),
        ("GET", "/auth/profile", 500),
    ],
)
def test_the_headers_report_the_last_limiter_in_the_chain(
    method: str, path: str, limit: int
) -> None:
    assert RequestLimiter(Limits()).admit(method, path, "a", 0.0).limit == limit


def test_failed_attempts_on_auth_are_limited_but_not_refreshes() -> None:
    limiter = RequestLimiter(Limits(all=MANY, auth_failures=Limit(2, 60), login=MANY, refresh=MANY))
    for _ in range(2):
        limiter.record_failure("/auth/login", "a", 0.0)
        limiter.record_failure("/auth/refresh", "a", 0.0)
    assert not limiter.admit("POST", "/auth/login", "a", 1.0).allowed
    assert not limiter.admit("GET", "/auth/profile", "a", 1.0).allowed
    assert limiter.admit("POST", "/auth/refresh", "a", 1.0).allowed
    assert limiter.admit("GET", "/listings", "a", 1.0).allowed
    assert limiter.admit("POST", "/auth/login", "a", 61.0).allowed


async def test_every_response_tells_the_budget_and_a_refusal_when_to_come_back(
    make_backend: Callable[..., Backend], sandbox_clock: Clock
) -> None:
    backend = make_backend(limits=Limits(all=Limit(3, 20)))
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        answers = [await api.get(p) for p in ("/listings", "/nowhere", "/contacts", "/listings")]
        assert [a.status_code for a in answers] == [200, 404, 401, 429]
        assert [a.headers["RateLimit-Limit"] for a in answers] == ["3"] * 4
        assert [a.headers["RateLimit-Remaining"] for a in answers] == ["2", "1", "0", "0"]
        assert answers[3].headers["Retry-After"] == answers[3].headers["RateLimit-Reset"] == "20"
        assert answers[3].json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
        assert all("Retry-After" not in a.headers for a in answers[:3])
        sandbox_clock.advance(20)
        assert (await api.get("/listings")).status_code == 200
