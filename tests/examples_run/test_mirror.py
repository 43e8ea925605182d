"""The mirror example: killed at any time, it loses nothing and writes nothing twice."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare
from actuallycare_sandbox import RunningSandbox
from tests.examples_run.conftest import EXAMPLES, run_example

KILLS = 20
SCRIPT = "mirror_listings.py"


class Worker:
    """The mirror in a process of its own, which goes round and round."""

    def __init__(self, db: Path, sandbox: RunningSandbox, env: dict[str, str]) -> None:
        self._request_log = sandbox.backend.request_log
        command = [sys.executable, str(EXAMPLES / SCRIPT), str(db), "--every", "0", "--limit", "5"]
        self.process = subprocess.Popen(command, env=env)

    def kill_after(self, requests: int, seconds: float) -> None:
        """SIGKILL when it has sent so many requests, and so many seconds more have gone by."""
        until = time.monotonic() + 30
        while self._sent() < requests:
            assert self.process.poll() is None, "the worker ended by itself"
            assert time.monotonic() < until, "the worker does not move"
            time.sleep(0.001)
        time.sleep(seconds)
        self.process.kill()
        assert self.process.wait() == -9

    def _sent(self) -> int:
        return sum(a.headers.get("x-api-key") is not None for a in self._request_log.all())


def read(db: Path) -> tuple[dict[str, str], list[tuple[str, str | None]]]:
    """(mirror, journal) in the database."""
    with closing(sqlite3.connect(db)) as connection:
        mirror = dict(connection.execute("SELECT id, body FROM listings").fetchall())
        journal = connection.execute("SELECT id, body FROM changes ORDER BY number").fetchall()
    return mirror, journal


def replayed(journal: list[tuple[str, str | None]]) -> dict[str, str]:
    """Replay the journal; fail where it records a change that is none."""
    state: dict[str, str] = {}
    for id, body in journal:
        assert state.get(id) != body, "a change was written twice"
        if body is None:
            del state[id]
        else:
            state[id] = body
    return state


async def truth(client: AsyncActuallyCare) -> dict[str, str]:
    listings = await client.listings.list(limit=100).collect()
    records = {listing.id: listing.to_dict(mode="json") for listing in listings}
    return {id: json.dumps(record, sort_keys=True) for id, record in records.items()}


class Broker:
    """Somebody who works in the CRM meanwhile."""

    def __init__(self, client: AsyncActuallyCare, chance: random.Random) -> None:
        self._client, self._chance = client, chance
        self._made = 0

    async def work(self) -> None:
        """Add two listings, change the price of one, take one off."""
        for _ in range(2):
            self._made += 1
            await self._client.listings.create(address=f"{self._made} New St", list_price=1)
        known = (await self._client.listings.list(limit=100)).items
        changed, gone = self._chance.sample(known, 2)
        price = float(self._chance.randint(1, 10**9))
        await self._client.listings.update(changed.id, list_price=price)
        await self._client.listings.delete(gone.id)


@pytest.mark.asyncio
async def test_kill_at_any_time_loses_and_repeats_nothing(
    tmp_path: Path,
    sandbox: RunningSandbox,
    environment: dict[str, str],
    client: AsyncActuallyCare,
) -> None:
    chance, db = random.Random(7), tmp_path / "mirror.sqlite"
    pages_seen: set[int] = set()
    async with client:
        broker = Broker(client, chance)
        for _ in range(KILLS):
            sandbox.backend.request_log.clear()
            worker = Worker(db, sandbox, environment)
            try:
                worker.kill_after(chance.randint(1, 40), chance.uniform(0, 0.02))
            finally:
                worker.process.kill()
                worker.process.wait()
            mirror, journal = read(db)
            assert replayed(journal) == mirror, "the journal and the mirror differ"
            with closing(sqlite3.connect(db)) as connection:
                pages_seen.add(connection.execute("SELECT page FROM checkpoint").fetchone()[0])
            await broker.work()
        assert len(pages_seen) > 5, "it was killed in the middle of its runs"
        # The run that was interrupted, and one more.
        for _ in range(2):
            run_example(SCRIPT, str(db), env=environment)
        mirror, journal = read(db)
        assert mirror == await truth(client)
        assert replayed(journal) == mirror


@pytest.mark.asyncio
async def test_a_mirror_notices_what_was_added_changed_and_taken_off(
    tmp_path: Path, environment: dict[str, str], client: AsyncActuallyCare
) -> None:
    db = tmp_path / "mirror.sqlite"
    async with client:
        run_example(SCRIPT, str(db), env=environment)
        before, journal = read(db)
        assert before == await truth(client)
        assert len(journal) == len(before) > 50
        made = await client.listings.create(address="1 New St", list_price=1)
        first, second = list(before)[:2]
        await client.listings.update(first, list_price=2)
        await client.listings.delete(second)
        run_example(SCRIPT, str(db), env=environment)
        after, journal = read(db)
        assert after == await truth(client)
        new: list[Any] = journal[len(before) :]
        assert sorted(id for id, _ in new) == sorted([made.id, first, second])
        assert dict(new)[second] is None
        run_example(SCRIPT, str(db), env=environment)
        assert read(db) == (after, journal), "nothing happened, and nothing is written"
