"""What rate-limit headers say, in every form that a server may send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare._core.operation import Operation
from actuallycare._core.rate_limit import (
    RateLimit,
    read_rate_limit,
    read_retry_after,
    retry_delay_from_headers,
    shares_global_limit,
)

NOW = datetime(2026, 6, 11, 18, 0, 0, tzinfo=UTC)
UNIX = int(NOW.timestamp())

DATE = "11 Jun 2026 18:00:30 GMT"
RETRY_AFTER = [
    ("0", 0.0),
    ("12", 12.0),
    (" 12 ", 12.0),
    ("1.5", 1.5),
    ("900", 900.0),
    ("86400", 86_400.0),
    (f"Thu, {DATE}", 30.0),
    # The name of the day adds nothing, so it may be wrong.
    (f"Mon, {DATE}", 30.0),
    (f"Xyz, {DATE}", 30.0),
    (f"Th\xfcrsday, {DATE}", 30.0),
    (f"Th1, {DATE}", 30.0),
    (DATE, 30.0),
    ("Thursday, 11-Jun-26 18:00:30 GMT", 30.0),
    ("Thu Jun 11 18:00:30 2026", 30.0),
    ("Xyz Jun 11 18:00:30 2026", 30.0),
    # Sent twice, which HTTP joins: the longest wait counts.
    ("2, 1", 2.0),
    ("1, 2", 2.0),
    ("12, soon", 12.0),
    ("soon, 12", 12.0),
    ("-1, 3", 3.0),
    (f"5, Thu, {DATE}", 30.0),
    (f"Thu, {DATE}, 45", 45.0),
    (f"Thu, {DATE}, Thu, 11 Jun 2026 18:00:20 GMT", 30.0),
    # Useless, so the policy's own backoff applies.
    ("-3", None),
    ("-0.5", None),
    ("86401", None),
    ("99999999999", None),
    ("1781200830", None),
    ("Thu, 11 Jun 2026 18:00:00 GMT", None),
    ("Thu, 11 Jun 2026 17:59:00 GMT", None),
    ("Thu, 11 Jun 2099 17:59:00 GMT", None),
    ("soon", None),
    ("", None),
    (",", None),
    ("nan", None),
    ("inf", None),
    ("1e3", None),
    ("1_000", None),
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
    ({"Retry-After": "-1", "RateLimit-Reset": "9"}, 9.0),
    ({"RateLimit-Reset": "later", "X-RateLimit-Reset": "8"}, 8.0),
    ({"RateLimit": '"default";r=0;t=7'}, 7.0),
    ({"X-RateLimit-Reset": "99999"}, None),
    # Sent twice, which HTTP joins: the longest wait counts.
    ({"RateLimit-Reset": "9, 300"}, 300.0),
    ({"X-RateLimit-Reset": f"{UNIX + 40}, 9"}, 40.0),
    ({"RateLimit-Reset": "-1, 9, later"}, 9.0),
    ({"RateLimit-Reset": "1," * 1_000}, None),
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


FORMS: dict[str, tuple[dict[str, str], tuple[int, int, float]]] = {
    "draft 8": (
        {
            "RateLimit": '"15-min";r=499;t=887',
            "RateLimit-Policy": '"15-min";q=500;w=900;pk=:MTI3LjA=:',
        },
        (500, 499, 887),
    ),
    "draft 8, spaces and a token as name": (
        {"RateLimit": "default; r=1; t=2", "RateLimit-Policy": "default; q=3; w=4"},
        (3, 1, 2),
    ),
    "draft 8, separators in the name": (
        {"RateLimit": '"a,b;c";r=1;t=2', "RateLimit-Policy": '"a,b;c";q=3;w=4'},
        (3, 1, 2),
    ),
    "draft 8, the strictest of several": (
        {
            "RateLimit": '"day";r=90;t=40000, "hour";r=5;t=60, "minute";r=9;t=6',
            "RateLimit-Policy": '"hour";q=50;w=3600, "day";q=100;w=86400, "minute";q=10;w=60',
        },
        (50, 5, 60),
    ),
    "draft 8, the later of two that are exhausted": (
        {"RateLimit": '"minute";r=0;t=6, "day";r=0;t=40000'},
        (0, 0, 40_000),
    ),
    "draft 8 without a reset": (
        {"RateLimit": '"default";r=7', "RateLimit-Policy": '"default";q=10;w=60'},
        (10, 7, 60),
    ),
    "draft 8 without a policy": ({"RateLimit": '"default";r=7;t=60'}, (7, 7, 60)),
    "draft 7": (
        {"RateLimit": "limit=100, remaining=50, reset=30", "RateLimit-Policy": "100;w=60"},
        (100, 50, 30),
    ),
    "X-RateLimit": (
        {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59", "X-RateLimit-Reset": "30"},
        (60, 59, 30),
    ),
    "Unix time": (
        {
            "X-RateLimit-Limit": "60",
            "X-RateLimit-Remaining": "59",
            "X-RateLimit-Reset": str(UNIX + 30),
        },
        (60, 59, 30),
    ),
    "Unix time in milliseconds": (
        {
            "RateLimit-Limit": "60",
            "RateLimit-Remaining": "59",
            "RateLimit-Reset": str((UNIX + 30) * 1000),
        },
        (60, 59, 30),
    ),
    "Unix time by the server's own clock": (
        {
            "RateLimit-Limit": "60",
            "RateLimit-Remaining": "59",
            "RateLimit-Reset": str(UNIX - 7170),
            "Date": "Thu, 11 Jun 2026 16:00:00 GMT",
        },
        (60, 59, 30),
    ),
    "Unix time in the past": (
        {
            "X-RateLimit-Limit": "60",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(UNIX - 30),
        },
        (60, 0, 0),
    ),
    "sent by two servers": (
        {
            "RateLimit-Limit": "500, 100",
            "RateLimit-Remaining": "12, 70",
            "RateLimit-Reset": "30, 9",
        },
        (100, 12, 30),
    ),
    "of the greatest length that is read": (
        {
            "RateLimit-Limit": "500, 100".ljust(1000),
            "RateLimit-Remaining": "12".ljust(1000),
            "RateLimit-Reset": "30",
        },
        (100, 12, 30),
    ),
    "with its policies, as in draft 3": (
        {
            "RateLimit-Limit": "10, 10;w=1, 50;w=60",
            "RateLimit-Remaining": "9",
            "RateLimit-Reset": "1",
        },
        (10, 9, 1),
    ),
    "the vendor's form before the others": (
        {
            "RateLimit-Limit": "500",
            "RateLimit-Remaining": "1",
            "RateLimit-Reset": "2",
            "X-RateLimit-Limit": "9",
            "X-RateLimit-Remaining": "9",
            "X-RateLimit-Reset": "9",
        },
        (500, 1, 2),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_other_forms_of_the_limit_are_read(form: str) -> None:
    headers, (limit, remaining, seconds) = FORMS[form]
    expected = RateLimit(limit, remaining, NOW + timedelta(seconds=seconds))
    assert read_rate_limit(httpx.Headers(headers), now=NOW) == expected


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"RateLimit": ""},
        {"RateLimit": '"default'},
        {"RateLimit": '"default";r=x;t=9'},
        {"RateLimit": '"default";r=5;t=86401'},
        {"RateLimit-Limit": "500", "RateLimit-Remaining": "12"},
        {"RateLimit-Limit": "x", "RateLimit-Remaining": "12", "RateLimit-Reset": "60"},
        {"RateLimit-Limit": "x, y", "RateLimit-Remaining": "12", "RateLimit-Reset": "60"},
        {"RateLimit-Limit": "500", "RateLimit-Remaining": "12", "RateLimit-Reset": "9" * 30},
        {"RateLimit-Limit": "9" * 400, "RateLimit-Remaining": "12", "RateLimit-Reset": "60"},
        {"RateLimit-Limit": "9".ljust(1001), "RateLimit-Remaining": "12", "RateLimit-Reset": "60"},
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
            [
                "Retry-After",
                "RateLimit",
                "RateLimit-Policy",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
                "X-RateLimit-Reset",
                "Date",
            ]
        ),
        st.text(max_size=40)
        | st.text('rtqw=;:,". 019', max_size=40)
        | st.integers().map(str)
        | st.floats().map(str),
    )
)
def test_no_header_makes_the_reader_raise(headers: dict[str, str]) -> None:
    wait = retry_delay_from_headers(headers, now=NOW)
    assert wait is None or 0 <= wait <= 86_400
    budget = read_rate_limit(headers, now=NOW)
    assert budget is None or budget.remaining >= 0


@pytest.mark.parametrize(
    ("path", "shares"), [("/auth/login", False), ("/authors", True), ("/listings", True)]
)
def test_operations_under_auth_have_their_own_limits(path: str, shares: bool) -> None:
    assert shares_global_limit(Operation("x", "GET", path)) is shares


SERVER = {"Date": "Thu, 11 Jun 2026 12:00:00 GMT"}
SENT = UNIX - 6 * 3600
RESETS: list[tuple[dict[str, str], float | None]] = [
    ({"RateLimit-Reset": "86400"}, 86_400),
    ({"RateLimit-Reset": "86400.5"}, None),
    ({"RateLimit-Reset": " 7 "}, 7),
    ({"RateLimit-Reset": "+7"}, 7),
    ({"RateLimit-Reset": ".5"}, 0.5),
    ({"RateLimit-Reset": "X7"}, None),
    ({"RateLimit-Reset": "9" * 400}, None),
    ({"RateLimit-Reset": str(UNIX + 5)}, 5),
    ({"RateLimit-Reset": str((UNIX + 5) * 1000)}, 5),
    ({"RateLimit-Reset": "999999999"}, None),
    ({"RateLimit-Reset": "1000000000"}, 0),
    ({"RateLimit-Reset": "1000000000000"}, 0),
    ({"RateLimit-Reset": str(SENT + 5), **SERVER}, 5),
    ({"RateLimit-Reset": "Thu, 11 Jun 2026 18:00:05 GMT"}, 5),
    ({"RateLimit-Reset": "Thu, 11 Jun 2026 12:00:05 GMT", **SERVER}, 5),
    ({"RateLimit": f'"a";r=0;t={UNIX + 5}'}, 5),
    ({"RateLimit": f'"a";r=0;t={SENT + 5}', **SERVER}, 5),
    ({"RateLimit": '"a";r=0', "RateLimit-Policy": '"a";w=9'}, 9),
    ({"RateLimit": '"a";r=0'}, None),
    ({"RateLimit": "r=0;t=7"}, 7),
    # Policies are found by name: quoted or not, of any letters, or without one.
    ({"RateLimit": '"a";r=0', "RateLimit-Policy": "a;w=9"}, 9),
    ({"RateLimit": "aX;r=0", "RateLimit-Policy": "bX;w=8, aX;w=9"}, 9),
    ({"RateLimit": "r=0", "RateLimit-Policy": "q=5;w=9"}, 9),
    ({"RateLimit": "a;r=0", "RateLimit-Policy": "q=5;w=9"}, None),
    ({"RateLimit": "aXbX;r=0", "RateLimit-Policy": "aXbX;w=9, b;w=8, aXb;w=7"}, 9),
    ({"RateLimit-Reset": "Thu, 11 Jun 2026 20:00:05 +0200"}, 5),
    # The fewest requests left decide; of equal ones, the longest wait.
    ({"RateLimit": '"a";r=0;t=7, "b";r=0;t=9'}, 9),
    ({"RateLimit": '"a";r=1;t=9, "b";r=0;t=0'}, 0),
    ({"RateLimit": '"a";r=0;t=0, "b";r=0;t=0.5'}, 0.5),
    ({"RateLimit": '"a";r=1, "b";t=3'}, None),
    # What is longer than any real header is not read.
    ({"Retry-After": "3" + " " * 999, "RateLimit-Reset": "9"}, 3),
    ({"Retry-After": "3" + " " * 1000, "RateLimit-Reset": "9"}, 9),
    ({"RateLimit-Reset": "9, 7".ljust(1000)}, 9),
    ({"RateLimit-Reset": "9, 7".ljust(1001)}, None),
    ({"RateLimit": '"a";r=0;t=7'.ljust(1000)}, 7),
    ({"RateLimit": '"a";r=0;t=7'.ljust(1001)}, None),
    # A date in Retry-After counts from the time of the response.
    ({"Retry-After": "Thu, 11 Jun 2026 18:00:05 GMT", "RateLimit-Reset": "9"}, 5),
]


@pytest.mark.parametrize(("headers", "seconds"), RESETS)
def test_the_reset_at_its_limits(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_delay_from_headers(headers, now=NOW) == seconds


def test_only_the_strictest_of_several_limits_counts() -> None:
    headers = {"RateLimit": '"a";r=5;t=7, "b";r=3;t=90000', "X-RateLimit-Reset": "8"}
    assert retry_delay_from_headers(headers, now=NOW) == 7
