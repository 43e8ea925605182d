"""The journal: a run that was killed continues, and sends nothing twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from actuallycare import ConfigurationError, bulk
from tests.bulk.clients import Back, creating
from tests.bulk.test_run import client


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fcntl")
def test_one_run_at_a_time_uses_a_journal(tmp_path: Path) -> None:
    first = bulk.FileJournal(tmp_path / "j.jsonl")
    with pytest.raises(ConfigurationError, match="another run"):
        bulk.FileJournal(tmp_path / "j.jsonl")
    first.close()
    bulk.FileJournal(tmp_path / "j.jsonl").close()


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
