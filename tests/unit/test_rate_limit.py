"""What rate-limit headers say, in every form that a server may send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare._core.rate_limit import (
    RateLimit,
    read_rate_limit,
    read_retry_after,
    retry_delay_from_headers,
)

NOW = datetime(2026, 6, 11, 18, 0, 0, tzinfo=UTC)

RETRY_AFTER = [
    ("0", 0.0),
    ("12", 12.0),
    (" 12 ", 12.0),
    ("1.5", 1.5),
    ("-3", 0.0),
    ("900", 900.0),
    ("99999999999", 99999999999.0),
    ("Thu, 11 Jun 2026 18:00:30 GMT", 30.0),
    ("Thu, 11 Jun 2026 17:59:00 GMT", 0.0),
    ("soon", None),
    ("", None),
    ("nan", None),
    ("inf", None),
    ("1e3", None),
    ("1_000", None),
    ("12, 13", None),
    ("²", None),
    ("Thu, 99 Jun 2026 18:00:30 GMT", None),
]


@pytest.mark.parametrize(("text", "seconds"), RETRY_AFTER)
def test_retry_after(text: str, seconds: float | None) -> None:
    assert read_retry_after({"Retry-After": text}, now=NOW) == seconds


def test_a_date_is_measured_by_the_servers_own_clock() -> None:
    headers = {
        "Retry-After": "Thu, 11 Jun 2026 12:00:10 GMT",
        "Date": "Thu, 11 Jun 2026 12:00:00 GMT",
    }
    assert read_retry_after(headers, now=NOW) == 10.0


WAITS = [
    ({"Retry-After": "3", "RateLimit-Reset": "9"}, 3.0),
    ({"Retry-After": "soon", "RateLimit-Reset": "9"}, 9.0),
    ({"RateLimit-Reset": "9"}, 9.0),
    ({"RateLimit-Reset": "-9"}, 0.0),
    ({"RateLimit-Reset": "later"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_the_wait_that_a_server_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_delay_from_headers(headers, now=NOW) == seconds


def test_the_budget_is_read_without_regard_to_case() -> None:
    headers = httpx.Headers(
        {"ratelimit-limit": "500", "RATELIMIT-REMAINING": "12", "RateLimit-Reset": "60"}
    )
    assert read_rate_limit(headers, now=NOW) == RateLimit(500, 12, NOW + timedelta(seconds=60))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"RateLimit-Limit": "500", "RateLimit-Remaining": "12"},
        {"RateLimit-Limit": "x", "RateLimit-Remaining": "12", "RateLimit-Reset": "60"},
        {"RateLimit-Limit": "500", "RateLimit-Remaining": "12", "RateLimit-Reset": "9" * 30},
    ],
)
def test_an_incomplete_budget_is_none(headers: dict[str, str]) -> None:
    assert read_rate_limit(headers, now=NOW) is None


def test_a_budget_is_true_while_a_request_may_be_sent() -> None:
    assert RateLimit(500, 1, NOW)
    assert not RateLimit(500, 0, NOW)


@given(
    st.dictionaries(
        st.sampled_from(
            ["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Date"]
        ),
        st.text(max_size=40) | st.integers().map(str) | st.floats().map(str),
    )
)
def test_no_header_makes_the_reader_raise(headers: dict[str, str]) -> None:
    wait = retry_delay_from_headers(headers, now=NOW)
    assert wait is None or wait >= 0
    budget = read_rate_limit(headers, now=NOW)
    assert budget is None or budget.remaining >= 0
