"""Fixed windows and the headers that report them."""

from __future__ import annotations

import pytest

from actuallycare_sandbox import Limit, Limits
from actuallycare_sandbox.protocol.rate_limit import FixedWindowCounter, RequestLimiter
from tests.sandbox.conftest import MANY


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
def test_parse_limit(text: str, limit: Limit) -> None:
    assert Limit.parse(text).requests == limit.requests
    assert Limit.parse(text).seconds == pytest.approx(limit.seconds)


@pytest.mark.parametrize("text", ["", "30", "30/", "x/2s", "0/2s", "30/0s", "-1/2s", "30/2d"])
def test_reject_invalid_limit(text: str) -> None:
    with pytest.raises(ValueError, match="30/2s"):
        Limit.parse(text)


def test_start_window_with_first_request() -> None:
    windows = FixedWindowCounter(Limit(2, 10))
    taken = [windows.take("a", now) for now in (0.0, 9.0, 9.5, 10.0)]
    assert [b.allowed for b in taken] == [True, True, False, True]
    assert [b.remaining for b in taken] == [1, 0, 0, 1]
    assert [b.reset_after for b in taken] == [10.0, 1.0, 0.5, 10.0]


def test_count_addresses_separately() -> None:
    windows = FixedWindowCounter(Limit(1, 10))
    assert windows.take("a", 0).allowed
    assert windows.take("b", 0).allowed
    assert not windows.take("a", 0).allowed


def test_remove_expired_windows() -> None:
    windows = FixedWindowCounter(Limit(1, 1))
    for number in range(5_000):
        windows.take(str(number), float(number))
    assert len(windows._windows) <= 1_025


def test_round_retry_after_up_to_whole_seconds() -> None:
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
def test_report_the_last_limit_that_applies(method: str, path: str, limit: int) -> None:
    assert RequestLimiter(Limits()).admit(method, path, "a", 0.0).limit == limit


def test_limit_failed_requests_to_auth_except_refresh() -> None:
    limiter = RequestLimiter(Limits(all=MANY, auth_failures=Limit(2, 60), login=MANY, refresh=MANY))
    for _ in range(2):
        limiter.record_failure("/auth/login", "a", 0.0)
        limiter.record_failure("/auth/refresh", "a", 0.0)
    assert not limiter.admit("POST", "/auth/login", "a", 1.0).allowed
    assert not limiter.admit("GET", "/auth/profile", "a", 1.0).allowed
    assert limiter.admit("POST", "/auth/refresh", "a", 1.0).allowed
    assert limiter.admit("GET", "/listings", "a", 1.0).allowed
    assert limiter.admit("POST", "/auth/login", "a", 61.0).allowed
