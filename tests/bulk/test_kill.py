"""Imports that are killed at random times: each row is created once, or reported."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.sandbox_process import Sandbox, sandbox

from actuallycare import AsyncActuallyCare, bulk

ROWS = 200


def start(server: Sandbox, journal: Path) -> subprocess.Popen[bytes]:
    arguments = [server.base_url, server.api_key, str(journal), str(ROWS)]
    return subprocess.Popen([sys.executable, "-m", "tests.bulk.import_worker", *arguments])


def kill_while_it_writes(server: Sandbox, journal: Path, seconds: float) -> bool:
    """Kill a run after it has written something; return whether it was still running."""
    before = journal.stat().st_size if journal.exists() else 0
    with start(server, journal) as process:
        while process.poll() is None:
            time.sleep(0.002)
            if journal.exists() and journal.stat().st_size > before:
                time.sleep(seconds)
                break
        process.kill()
        return process.wait() != 0


@pytest.mark.asyncio
@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.slow)])
async def test_a_killed_import_creates_no_row_twice(tmp_path: Path, kills: int) -> None:
    journal = tmp_path / "import.jsonl"
    chance = random.Random(kills)
    with sandbox("--rate-limit", "100000/900s", "--records", "10") as server:
        killed = 0
        for _ in range(kills):
            killed += kill_while_it_writes(server, journal, chance.uniform(0, 0.15))
        with start(server, journal) as process:
            assert process.wait(60) == 0
        async with AsyncActuallyCare(server.api_key, base_url=server.base_url) as client:
            addresses = [listing.address async for listing in client.listings.list()]
    created = Counter(address for address in addresses if address and address.startswith("row "))
    states = bulk.FileJournal(journal)
    reported = set(states.undecided())
    states.close()
    assert killed > 0
    assert max(created.values()) == 1
    for row in range(ROWS):
        assert created[f"row {row}"] == 1 or str(row) in reported
    assert len(reported) <= 8 * killed
    print(f"killed {killed} times: {len(created)} of {ROWS} created, {len(reported)} reported")
