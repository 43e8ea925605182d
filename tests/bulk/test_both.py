"""What a run does with its rows: the same with the async client and with the blocking one."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from actuallycare import (
    APIConnectionError,
    BadRequestError,
    ConfigurationError,
    NotFoundError,
    Request,
    Response,
    bulk,
)
from actuallycare._core.clock import SystemClock
from actuallycare.testing import InstantClock
from tests.bulk.clients import KINDS, Back, Results, creating, read
from tests.fakes import ScriptedTransport, answer, failure, success

pytestmark = pytest.mark.parametrize("kind", KINDS)


def function(kind: str, work: Callable[[Any], Any]) -> Callable[[Any], Callable[[Any], Any]]:
    """A function of a run that makes no calls."""

    async def with_async(row: Any) -> Any:
        return work(row)

    return lambda client: work if kind == "blocking" else with_async


def test_every_row_has_a_result(kind: str) -> None:
    back = Back(pause=0.01)
    results = read(kind, back, [f"{n}" for n in range(60)], concurrency=4)
    assert sorted(result.index for result in results) == list(range(60))
    assert all(result.value and result.value.id == f"id of {result.item}" for result in results)
    assert 1 < back.most_at_once <= 4


STATUS: list[tuple[str, bulk.Status, type[Exception]]] = [
    ("bad", "failed", BadRequestError),
    ("unsent", "failed", APIConnectionError),
    ("broken", "unknown", Exception),
    ("lost", "unknown", APIConnectionError),
]


@pytest.mark.parametrize(("row", "status", "error"), STATUS)
def test_a_bad_row_is_reported_and_the_others_are_done(
    kind: str, row: str, status: bulk.Status, error: type[Exception]
) -> None:
    first, second, third = read(kind, Back(), ["a", row, "b"], ordered=True)
    assert first
    assert third
    assert not second
    assert second.status == status
    assert isinstance(second.error, error)
    assert second.may_have_happened is (status == "unknown")


def test_an_error_of_the_function_is_reported(kind: str) -> None:
    call = function(kind, lambda row: 10 // row)
    results = read(kind, Back(), [1, 0, 2], call, ordered=True)
    assert [result.value for result in results] == [10, None, 5]
    assert isinstance(results[1].error, ZeroDivisionError)
    assert results[1].status == "failed"


def test_a_failure_after_a_successful_call_may_have_happened(kind: str) -> None:
    def call(client: Any) -> Any:
        async def then_fail(row: str) -> None:
            await creating(client)(row)
            raise KeyError(row)

        def then_fail_blocking(row: str) -> None:
            creating(client)(row)
            raise KeyError(row)

        return then_fail_blocking if kind == "blocking" else then_fail

    (result,) = read(kind, Back(), ["a"], call)
    assert isinstance(result.error, KeyError)
    assert result.may_have_happened


def test_results_come_in_order_on_request(kind: str) -> None:
    class Uneven(Back):
        async def send(self, request: Request) -> Response:
            self.pause = 0.001 * (7 - len(self.requests) % 7)
            return await super().send(request)

    results = read(kind, Uneven(), map(str, range(60)), ordered=True, concurrency=5)
    assert [result.item for result in results] == [str(n) for n in range(60)]


def test_an_error_while_rows_are_read_is_raised_at_the_end(kind: str) -> None:
    def rows() -> Iterator[str]:
        yield "1"
        yield "2"
        raise ValueError("line 3")

    found: Results = []
    with pytest.raises(ValueError, match="line 3"):
        read(kind, Back(pause=0.01), rows(), into=found)
    assert sorted(result.item for result in found) == ["1", "2"]


class Interrupted(BaseException):
    pass


@pytest.mark.parametrize("where", ["call", "on_progress", "key"])
def test_a_base_exception_of_the_caller_ends_the_run(kind: str, where: str) -> None:
    def interrupt(*_: object) -> Any:
        raise Interrupted

    options: dict[str, Any] = {} if where == "call" else {where: interrupt}
    call = (lambda _: interrupt) if where == "call" else creating
    with pytest.raises(Interrupted):
        read(kind, Back(), ["1", "2", "3"], call, **options)


def test_a_group_of_exceptions_of_the_caller_stays_whole(kind: str) -> None:
    def rows() -> Iterator[str]:
        yield "1"
        raise ExceptionGroup("two lines", [ValueError("line 2"), ValueError("line 3")])

    with pytest.raises(ExceptionGroup) as caught:
        read(kind, Back(), rows())
    assert [str(error) for error in caught.value.exceptions] == ["line 2", "line 3"]


class Unhurried(InstantClock):
    """Skips waits too, but not before a run has reported its progress."""

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(0.1)
        await super().sleep(seconds)


def test_a_run_waits_for_the_next_windows(kind: str) -> None:
    answered = 0

    def respond(request: Request) -> Response:
        nonlocal answered
        answered += 1
        used = (answered - 1) % 10 + 1
        reset = {"RateLimit-Limit": "10", "RateLimit-Reset": "900"}
        headers = {**reset, "RateLimit-Remaining": str(10 - used)}
        return answer({"success": True, "data": {"id": "1"}}, 201, headers)

    transport = ScriptedTransport(respond)
    progress: list[bulk.Progress] = []
    clock = Unhurried()
    options: dict[str, Any] = {"on_progress": progress.append, "progress_interval": 0.01}
    results = read(kind, transport, ["x"] * 25, clock=clock, **options)
    assert all(results)
    assert len(transport.requests) == 25
    assert 1_790 <= sum(clock.waits) <= 1_810
    assert max(p.waiting for p in progress) > 0
    assert progress[-1].done == progress[-1].total == 25
    assert any(p.estimated_end and p.seconds_until_reset for p in progress)


def test_a_rejected_row_waits_as_long_as_the_server_asks(kind: str) -> None:
    transport = ScriptedTransport(
        failure(429, headers={"Retry-After": "890"}), success({"id": "1"})
    )
    (result,) = read(kind, transport, ["x"])
    assert result
    assert len(transport.requests) == 2


def test_the_deadline_ends_a_wait_and_reports_it(kind: str) -> None:
    transport = ScriptedTransport(
        success({"id": "1"}), failure(429, headers={"Retry-After": "500"})
    )
    found: Results = []
    rows = (f"{n}" for n in range(99))
    with pytest.raises(TimeoutError, match="deadline"):
        read(kind, transport, rows, into=found, clock=SystemClock(), concurrency=2, deadline=0.3)
    assert [result.status for result in found].count("done") == 1
    failed = [result for result in found if result.status != "done"]
    assert failed
    assert all(result.status == "failed" for result in failed)  # a 429 has no effect


def test_invalid_arguments_are_rejected_at_once(kind: str) -> None:
    run: Any = bulk.run_blocking if kind == "blocking" else bulk.run
    with pytest.raises(ConfigurationError, match="at least 1"):
        run([1], str, concurrency=0)
    with pytest.raises(ConfigurationError, match="key="):
        run([1], str, journal="x.jsonl")


def test_a_failing_callback_ends_the_run(kind: str) -> None:
    def callback(progress: bulk.Progress) -> None:
        raise RuntimeError("full")

    found: Results = []
    with pytest.raises(RuntimeError, match="full"):
        read(kind, Back(), map(str, range(1_000)), on_progress=callback, into=found)
    assert len(found) < 20


def test_with_raw_responses_and_missing_records(kind: str) -> None:
    transport = ScriptedTransport(failure(404, "NOT_FOUND"))
    (result,) = read(kind, transport, ["1"], lambda c: c.listings.with_raw_response.get)
    assert isinstance(result.error, NotFoundError)
    assert result.status == "failed"


def states(results: Results) -> dict[str, bulk.Status]:
    return {str(result.item): result.status for result in results}


def test_a_second_run_sends_what_had_no_effect_and_nothing_else(kind: str, tmp_path: Path) -> None:
    path, back = tmp_path / "j.jsonl", Back()
    rows = ["a", "b", "bad", "unsent", "lost", "broken"]
    assert states(read(kind, back, rows, key=str, journal=path)) == {
        "a": "done", "b": "done", "bad": "failed", "unsent": "failed",
        "lost": "unknown", "broken": "unknown",
    }  # fmt: skip
    back.requests.clear()
    assert states(read(kind, back, [*rows, "c"], key=str, journal=path)) == {
        "a": "skipped", "b": "skipped", "bad": "failed", "unsent": "failed",
        "lost": "unknown", "broken": "unknown", "c": "done",
    }  # fmt: skip
    sent = {json.loads(request.content or b"")["address"] for request in back.requests}
    assert sent == {"bad", "unsent", "c"}


def test_a_row_in_flight_at_the_end_of_a_run_is_unknown(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text('{"key": "a", "state": "started"}\n')
    back = Back()
    (result,) = read(kind, back, ["a"], key=str, journal=path)
    assert result.may_have_happened
    assert isinstance(result.error, bulk.OutcomeUnknownError)
    assert back.requests == []


def test_two_rows_with_one_key_are_not_sent_twice(kind: str, tmp_path: Path) -> None:
    back = Back()
    first, second = read(kind, back, ["a", "a"], key=str, journal=tmp_path / "j", ordered=True)
    assert first
    assert isinstance(second.error, ConfigurationError)
    assert back.created == ["a"]


class Failing:
    """A journal that raises when it is asked for one row, or records the end of one."""

    def __init__(self, method: str, key: str) -> None:
        self.failing = (method, key)

    def state(self, key: str) -> None:
        self.call("state", key)

    def start(self, key: str) -> None:
        self.call("start", key)

    def finish(self, key: str, state: str, note: str = "") -> None:
        self.call("finish", key)

    def call(self, method: str, key: str) -> None:
        if (method, key) == self.failing:
            raise OSError("disk full")


@pytest.mark.parametrize("method", ["state", "start", "finish"])
def test_an_error_of_the_journal_lets_rows_in_flight_finish(kind: str, method: str) -> None:
    back = Back(pause=0.05)
    found: Results = []
    with pytest.raises(OSError, match="disk full"):
        read(kind, back, "abcdefgh", key=str, journal=Failing(method, "b"), concurrency=2,
             into=found)  # fmt: skip
    ended = states(found)
    assert ended["a"] == "done"
    assert ended["b"] == ("done" if method == "finish" else "failed")
    assert len(found) <= 3
    assert back.at_once == 0


def test_a_row_is_recorded_before_it_is_sent(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"

    def respond(request: Request) -> Response:
        assert '"started"' in path.read_text()
        return failure(500)

    (result,) = read(kind, ScriptedTransport(respond), ["a"], key=str, journal=path)
    assert result.status == "unknown"


def test_both_have_the_same_options(kind: str) -> None:
    run: Any = bulk.run_blocking if kind == "blocking" else bulk.run
    expected = inspect.signature(bulk.run).parameters
    for name, parameter in inspect.signature(run).parameters.items():
        assert (parameter.kind, parameter.default) == (expected[name].kind, expected[name].default)
    assert list(inspect.signature(run).parameters) == list(expected)
