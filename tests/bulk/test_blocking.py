"""Bulk runs with the blocking client: threads, leaving the loop, and Ctrl-C."""

from __future__ import annotations

import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from actuallycare import ActuallyCare, ConfigurationError, Request, Response, bulk
from actuallycare._core.clock import SystemClock
from actuallycare.testing import InstantClock
from tests.blocking import programs
from tests.bulk.clients import Back, creating, read
from tests.fakes import ScriptedTransport, failure, success


def client(transport: ScriptedTransport, **options: Any) -> ActuallyCare:
    return ActuallyCare("ab" * 32, transport=transport, clock=InstantClock(), **options)


class Recorder:
    """A journal in a database, whose connection belongs to the thread that made it."""

    def __init__(self) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute("create table rows (key text primary key, state text)")

    def state(self, key: str) -> Any:
        found = self.database.execute("select state from rows where key = ?", (key,)).fetchone()
        return found and found[0]

    def start(self, key: str) -> None:
        self.finish(key, "started")

    def finish(self, key: str, state: str, note: str = "") -> None:
        self.database.execute("replace into rows values (?, ?)", (key, state))


def test_rows_journal_and_callbacks_stay_in_the_thread_of_the_loop() -> None:
    journal = Recorder()
    rows = journal.database.execute("values ('a'), ('b'), ('c'), ('bad')")
    seen: set[int] = set()

    def key(row: tuple[str]) -> str:
        seen.add(threading.get_ident())
        return row[0]

    def on_progress(progress: bulk.Progress) -> None:
        seen.add(threading.get_ident())

    with closing(journal.database):
        with client(Back()) as c:
            run = bulk.run_blocking(
                rows,
                lambda row: creating(c)(row[0]),
                key=key,
                journal=journal,
                on_progress=on_progress,
            )
            assert sorted(result.status for result in run) == ["done"] * 3 + ["failed"]
        found = dict(journal.database.execute("select key, state from rows"))
    assert seen == {threading.get_ident()}
    assert found == {"a": "done", "b": "done", "c": "done", "bad": "failed"}


def test_calls_run_in_as_many_threads_as_concurrency() -> None:
    threads: set[int] = set()

    def call(row: str) -> int:
        threads.add(threading.get_ident())
        time.sleep(0.002)
        return threading.active_count()

    before = threading.active_count()
    results = list(bulk.run_blocking(map(str, range(60)), call, concurrency=3))
    assert len(threads) <= 3
    assert max(result.value or 0 for result in results) <= before + 1 + 3
    assert threading.get_ident() not in threads


def test_rows_come_from_a_list_of_the_client() -> None:
    def respond(request: Request) -> Response:
        if request.method == "GET":
            return success({"listings": [{"id": str(n)} for n in range(5)], "meta": {}})
        return success({"id": "1"})

    with client(ScriptedTransport(respond)) as c:
        run = bulk.run_blocking(
            c.listings.list(), lambda listing: c.listings.update(str(listing.id), city="Pasadena")
        )
        assert len([result for result in run if result]) == 5


def test_rows_are_read_when_they_are_needed() -> None:
    taken = 0

    def rows() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    for result in bulk.run_blocking(rows(), lambda row: row, concurrency=3):
        assert taken <= result.index + 1 + 3 * 5
        if result.index >= 30:
            break


def test_requests_in_flight_finish_when_the_loop_is_left() -> None:
    back = Back(pause=0.05)
    with client(back) as c:
        for _ in bulk.run_blocking((f"{n}" for n in range(99)), creating(c), concurrency=4):
            break
        assert back.at_once == 0
        assert len(back.created) == len(back.requests)
        sent = len(back.requests)
        time.sleep(0.1)
        assert len(back.requests) == sent


def test_a_wait_ends_when_the_loop_is_left() -> None:
    transport = ScriptedTransport(
        success({"id": "1"}), failure(429, headers={"Retry-After": "500"})
    )
    started = time.monotonic()
    with ActuallyCare("ab" * 32, transport=transport, clock=SystemClock()) as c:
        for result in bulk.run_blocking(map(str, range(99)), creating(c), concurrency=2):
            assert result
            break
    assert time.monotonic() - started < 10


def test_a_function_that_does_not_end_is_left_behind() -> None:
    release = threading.Event()
    back = Back()
    with client(back) as c:

        def call(row: str) -> None:
            creating(c)(row)
            if row == "slow":
                release.wait(20)
                creating(c)("too late")

        found: list[Any] = []
        with pytest.raises(TimeoutError, match="deadline"):  # noqa: PT012
            for result in bulk.run_blocking(
                ["slow", "b"], call, concurrency=1, deadline=0.2, shutdown_timeout=0.1
            ):
                found.append(result)
        release.set()
        assert [result.status for result in found] == ["unknown"]
        time.sleep(0.05)
    assert back.created == ["slow"]


def test_an_awaitable_is_rejected() -> None:
    async def call(row: int) -> int:
        return row

    (result,) = bulk.run_blocking([1], call)
    assert isinstance(result.error, ConfigurationError)
    assert "bulk.run" in str(result.error)


def test_a_run_that_is_never_read_starts_nothing() -> None:
    back = Back()
    with client(back) as c:
        run = bulk.run_blocking(["a"], creating(c))
        run.close()
    assert back.requests == []


def test_a_run_inside_a_run() -> None:
    back = Back()
    with client(back) as c:

        def call(row: str) -> int:
            inner = bulk.run_blocking([f"{row}{n}" for n in range(3)], creating(c))
            return sum(bool(result) for result in inner)

        results = list(bulk.run_blocking("abc", call))
    assert [result.value for result in results] == [3, 3, 3]
    assert len(back.created) == 9


@pytest.mark.asyncio
async def test_a_run_in_a_thread_with_an_event_loop() -> None:
    assert len(read("blocking", Back(), map(str, range(10)), ordered=True)) == 10


@pytest.mark.parametrize("where", ["wait", "rows", "body"])
def test_control_c_finishes_what_is_in_flight(tmp_path: Path, where: str) -> None:
    program = """
import sys, threading, time
from actuallycare import ActuallyCare, bulk
from tests.bulk.clients import Back, creating

journal, where = sys.argv[1:]
back = Back(pause=0.3)

def wait(name):
    if where == name:
        print("ready", flush=True)
        time.sleep(30)

def rows():
    for n in range(10**9):
        if n == 4:
            wait("rows")
        if n == 6:
            print("ready" if where == "wait" else "", flush=True)
        yield f"row {n}"

with ActuallyCare("ab" * 32, transport=back) as client:
    try:
        for result in bulk.run_blocking(
            rows(), creating(client), key=str, journal=journal, concurrency=6
        ):
            wait("body")
    except KeyboardInterrupt:
        print("interrupted", back.at_once, len(back.created) == len(back.requests), flush=True)
    print(client.listings.create(address="after", list_price=1).id)
for thread in threading.enumerate():
    if not thread.name.startswith("MainThread"):
        thread.join(5)
print(threading.active_count())
"""
    path = tmp_path / "journal"
    process = programs.start(program, str(path), where)
    assert process.stdout is not None
    while process.stdout.readline().strip() != "ready":
        assert process.poll() is None
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert "Traceback" not in err
    lines = [line for line in out.split("\n") if line]
    assert lines == ["interrupted 0 True", "id of after", "1"]
    journal = bulk.FileJournal(path)
    assert journal.undecided() == []
    journal.close()


def test_a_second_control_c_does_not_wait(tmp_path: Path) -> None:
    program = """
import sys, time
from actuallycare import ActuallyCare, bulk
from tests.bulk.clients import Back, creating

class Slow(Back):
    async def send(self, request):
        print("ready", flush=True)
        return await super().send(request)

with ActuallyCare("ab" * 32, transport=Slow(pause=20)) as client:
    for result in bulk.run_blocking(["a"], creating(client), key=str, journal=sys.argv[1]):
        pass
"""
    started = time.monotonic()
    process = programs.start(program, str(tmp_path / "journal"))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None  # it waits for the request
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=15)
    assert process.returncode == -signal.SIGINT
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert time.monotonic() - started < 15


def test_a_worker_thread_that_exits_ends_the_run() -> None:
    with pytest.raises(SystemExit):
        read("blocking", Back(), ["1", "2", "3"], lambda _: lambda _: sys.exit("done"))
