"""The judge of the soak finds what it is there to find."""

from __future__ import annotations

from typing import Any

import pytest

import actuallycare as ac
from actuallycare._core.operation import Operation
from tests.soak.reconciliation import (
    MARK,
    Attempt,
    Ended,
    Ledger,
    wrongs_of_arrivals,
    wrongs_of_calls,
    wrongs_of_effects,
)

REQUEST = ac.Request(Operation("x", "GET", "/x"), "GET", "https://api.example.com/v1/x", {})
LOST = ac.APIConnectionError("lost", request=REQUEST, sent=True)
UNSENT = ac.APIConnectionError("refused", request=REQUEST, sent=False)


def failed(status: int) -> ac.APIStatusError:
    kind = ac.ServerError if status >= 500 else ac.APIStatusError
    return kind("x", request=REQUEST, response=ac.Response(status, {}))


def ledger(*ends: int | Exception | None, method: str = "GET", error: Any = None) -> Ledger:
    made = Ledger(ends=[Ended(1, error)])
    for n, end in enumerate(ends):
        attempt = Attempt(str(n), 1, method, "/x")
        if isinstance(end, int):
            attempt.status = end
        elif isinstance(end, ac.APIConnectionError):
            attempt.error = end
        made.attempts[attempt.mark] = attempt
    return made


GOOD: list[Ledger] = [
    ledger(200),
    ledger(503, 200),
    ledger(LOST, None, 200),
    ledger(404, error=failed(404)),
    ledger(500, error=failed(500)),
    ledger(429, UNSENT, 201, method="POST"),
    ledger(503, method="POST", error=failed(503)),
    ledger(503, 503, 503, error=failed(503)),
]
BAD: list[tuple[str, Ledger]] = [
    ("sent again", ledger(503, 201, method="POST")),
    ("sent again", ledger(LOST, 201, method="POST")),
    ("sent again", ledger(404, 200)),
    ("more than 3", ledger(503, 503, 503, 200)),
    ("gave up", ledger(503, error=failed(503))),
    ("was due", ledger(404)),
    ("was due", ledger(404, error=LOST)),
    ("was a success", ledger(200, error=failed(500))),
    ("last status", ledger(404, error=failed(500))),
]


@pytest.mark.parametrize("made", GOOD)
def test_a_right_call_passes(made: Ledger) -> None:
    assert list(wrongs_of_calls(made, most=3)) == []


@pytest.mark.parametrize(("wrong", "made"), BAD)
def test_a_wrong_call_is_found(wrong: str, made: Ledger) -> None:
    assert any(wrong in found for found in wrongs_of_calls(made, most=3))


def arrival(mark: str, status: int | None = 200) -> dict[str, Any]:
    return {"headers": {MARK: mark}, "status": status, "path": "/x"}


@pytest.mark.parametrize(
    ("made", "log", "wrong"),
    [
        (ledger(200), [arrival("0")], None),
        (ledger(LOST), [], None),
        (ledger(LOST), [arrival("0", None)], None),
        (ledger(200), [], "never saw"),
        (ledger(200), [arrival("0"), arrival("0")], "2 times"),
        (ledger(200), [arrival("0", 503)], "answered 503"),
        (ledger(UNSENT), [arrival("0")], "reported as not sent"),
        (ledger(200), [arrival("0"), arrival("7")], "never made"),
    ],
)
def test_a_difference_with_the_servers_log_is_found(
    made: Ledger, log: list[dict[str, Any]], wrong: str | None
) -> None:
    found = list(wrongs_of_arrivals(made, log))
    assert found == [] if wrong is None else any(wrong in line for line in found)


@pytest.mark.parametrize(
    ("made", "created", "wrong"),
    [
        ({"a": 1}, {"a": True}, None),
        ({"a": 1}, {"a": False}, None),
        ({}, {"a": False}, None),
        ({"a": 2}, {"a": True}, "2 times"),
        ({}, {"a": True}, "not there"),
        ({"b": 1}, {}, "nobody"),
    ],
)
def test_a_lost_or_doubled_record_is_found(
    made: dict[str, int], created: dict[str, bool], wrong: str | None
) -> None:
    found = list(wrongs_of_effects(made, created))
    assert found == [] if wrong is None else any(wrong in line for line in found)
