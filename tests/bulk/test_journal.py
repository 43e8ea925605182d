"""The journal: a run that was killed continues, and sends nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from actuallycare import ConfigurationError, bulk
from tests.bulk.test_run import Back, client, creating


async def run(path: Path, rows: list[str], back: Back) -> dict[str, bulk.Status]:
    async with client(back) as c:
        found = bulk.run(rows, creating(c), key=lambda row: row, journal=path)
        return {str(result.item): result.status async for result in found}


@pytest.mark.anyio
async def test_a_second_run_sends_what_had_no_effect_and_nothing_else(tmp_path: Path) -> None:
    path, back = tmp_path / "j.jsonl", Back()
    rows = ["a", "b", "bad", "unsent", "lost", "broken"]
    first = await run(path, rows, back)
    assert first == {
        "a": "done", "b": "done", "bad": "failed", "unsent": "failed",
        "lost": "unknown", "broken": "unknown",
    }  # fmt: skip
    back.requests.clear()
    second = await run(path, [*rows, "c"], back)
    assert second == {
        "a": "skipped", "b": "skipped", "bad": "failed", "unsent": "failed",
        "lost": "unknown", "broken": "unknown", "c": "done",
    }  # fmt: skip
    sent = {json.loads(request.content or b"")["address"] for request in back.requests}
    assert sent == {"bad", "unsent", "c"}


@pytest.mark.anyio
async def test_a_row_in_flight_at_the_end_of_a_run_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text('{"key": "a", "state": "started"}\n')
    back = Back()
    async with client(back) as c:
        (result,) = [
            r async for r in bulk.run(["a"], creating(c), key=lambda row: row, journal=path)
        ]
    assert result.may_have_happened
    assert isinstance(result.error, bulk.OutcomeUnknownError)
    assert back.requests == []


def test_a_decision_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    journal = bulk.FileJournal(path)
    for key in "abc":
        journal.start(key)
    journal.finish("c", "unknown", "no response")
    assert journal.undecided() == ["a", "b", "c"]
    journal.finish("a", "done", "the id")
    journal.finish("b", "failed")
    journal.close()
    again = bulk.FileJournal(path)
    assert again.undecided() == ["c"]
    assert [again.state(key) for key in "abcd"] == ["done", "failed", "unknown", None]
    again.close()


@pytest.mark.parametrize("torn", [b'{"key": "b"', b'{"key": "b", "state": "done"}', b"\xff"])
def test_an_incomplete_line_is_removed(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "j.jsonl"
    complete = b'{"key": "a", "state": "done"}\n'
    path.write_bytes(complete + torn)
    journal = bulk.FileJournal(path, fsync=True)
    assert (journal.state("a"), journal.state("b")) == ("done", None)
    journal.start("c")
    journal.close()
    assert path.read_bytes() == complete + b'{"key": "c", "state": "started"}\n'


@pytest.mark.parametrize("content", [b"id,address\n", b"[]\n", b'{"key": 1}\n', b"\n"])
def test_another_file_is_rejected_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="no journal"):
        bulk.FileJournal(path)
    assert path.read_bytes() == content


def test_one_run_at_a_time_uses_a_journal(tmp_path: Path) -> None:
    first = bulk.FileJournal(tmp_path / "j.jsonl")
    with pytest.raises(ConfigurationError, match="another run"):
        bulk.FileJournal(tmp_path / "j.jsonl")
    first.close()
    bulk.FileJournal(tmp_path / "j.jsonl").close()


@pytest.mark.anyio
async def test_two_rows_with_one_key_are_not_sent_twice(tmp_path: Path) -> None:
    back = Back()
    async with client(back) as c:
        found = bulk.run(["a", "a"], creating(c), key=str, journal=tmp_path / "j", ordered=True)
        first, second = [result async for result in found]
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


@pytest.mark.anyio
@pytest.mark.parametrize("method", ["state", "start", "finish"])
async def test_an_error_of_the_journal_lets_rows_in_flight_finish(method: str) -> None:
    back = Back(pause=0.05)
    journal: Any = Failing(method, "b")
    found: list[tuple[str, bulk.Status]] = []

    async def read() -> None:
        async for result in bulk.run("abcdefgh", creating(c), key=str, journal=journal,
                                     concurrency=2):  # fmt: skip
            found.append((result.item, result.status))

    async with client(back) as c:
        with pytest.raises(OSError, match="disk full"):
            await read()
    assert dict(found)["a"] == "done"
    assert dict(found)["b"] == ("done" if method == "finish" else "failed")
    assert len(found) <= 3
    assert back.at_once == 0


@pytest.mark.anyio
async def test_a_row_that_cannot_be_recorded_is_not_sent(tmp_path: Path) -> None:
    class Full:
        def state(self, key: str) -> None:
            return None

        def start(self, key: str) -> None:
            raise OSError("disk full")

        def finish(self, key: str, state: str, note: str = "") -> None:
            pass

    back = Back()
    journal: Any = Full()
    async with client(back) as c:
        run = bulk.run("abc", creating(c), key=str, journal=journal)
        with pytest.raises(OSError, match="disk full"):
            assert not any([bool(result) async for result in run])
    assert back.requests == []
