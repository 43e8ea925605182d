"""`--data FILE`: acknowledged writes survive a restart and a kill."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from actuallycare_sandbox import Backend, StoreError
from actuallycare_sandbox.data.store import Store
from tests.sandbox.conftest import connect


@pytest.mark.asyncio
async def test_keep_state_across_restart(
    make_backend: Callable[..., Backend], tmp_path: Path
) -> None:
    data = tmp_path / "sandbox.sqlite"
    first = make_backend(data=data)
    login = {"email": first.example.email, "password": first.example.password}
    async with connect(first, **{"X-API-Key": first.example.api_key}) as api:
        lead = (await api.post("/leads", json={"name": "Alfa Sample"})).json()["data"]
        token = (await api.post("/auth/login", json=login)).json()["data"]["token"]
    first.close()
    second = make_backend(data=data, records=5)
    async with connect(second, Authorization=f"Bearer {token}") as api:
        assert (await api.get(f"/leads/{lead['id']}")).json()["data"] == lead
        total = (await api.get("/listings")).json()["data"]["meta"]["total"]
    assert total == 80, "an existing file is not filled again"


@pytest.mark.asyncio
async def test_use_example_key_of_data_file(
    make_backend: Callable[..., Backend], tmp_path: Path
) -> None:
    data = tmp_path / "sandbox.sqlite"
    make_backend(data=data, seed=1).close()
    later = make_backend(data=data, seed=2)
    async with connect(later, **{"X-API-Key": later.example.api_key}) as api:
        assert (await api.get("/leads")).status_code == 200


def test_reject_data_file_that_is_not_a_database(
    make_backend: Callable[..., Backend], tmp_path: Path
) -> None:
    data = tmp_path / "notes.txt"
    data.write_text("x" * 5_000)
    with pytest.raises(StoreError, match=r"notes\.txt cannot be used as the data file"):
        make_backend(data=data)


def test_reject_data_file_in_use(make_backend: Callable[..., Backend], tmp_path: Path) -> None:
    data = tmp_path / "sandbox.sqlite"
    make_backend(data=data)
    with pytest.raises(StoreError, match="cannot be used as the data file: database is locked"):
        make_backend(data=data)


def test_roll_back_write_to_full_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "sandbox.sqlite")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction():
        store.add("leads", {"id": "1", "notes": "x" * 100_000})
    with store.transaction():
        assert store.get("leads", "1") is None
        store.add("leads", {"id": "2"})
    store.close()


def kill_while_writing(data: Path, writes: int) -> set[str]:
    """Write from four threads, then kill -9; return the ids of acknowledged records."""
    command = [sys.executable, "-m", "actuallycare_sandbox", "--json", "--port", "0"]
    command += ["--records", "20", "--rate-limit", "1000000/1h", "--data", str(data)]
    acknowledged: set[str] = set()

    def write(url: str, key: str) -> None:
        with httpx.Client(headers={"X-API-Key": key}) as client:
            try:
                while True:
                    response = client.post(f"{url}/leads", json={"name": "Alfa Sample"})
                    acknowledged.add(response.json()["data"]["id"])
            except httpx.HTTPError:
                return

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        access = json.loads(process.stdout.readline())
        arguments = (access["base_url"], access["api_key"])
        threads = [threading.Thread(target=write, args=arguments) for _ in range(4)]
        for thread in threads:
            thread.start()
        while len(acknowledged) < writes and any(thread.is_alive() for thread in threads):
            time.sleep(0.001)
        process.kill()
        for thread in threads:
            thread.join()
    return acknowledged


def check_kills(make_backend: Callable[..., Backend], data: Path, rounds: int) -> int:
    """Kill repeatedly and check every record; return the number of acknowledged writes."""
    acknowledged: set[str] = set()
    for number in range(rounds):
        writes = 5 + number * 7
        written = kill_while_writing(data, writes)
        assert len(written) >= writes
        acknowledged |= written
        backend = make_backend(data=data)
        lost = {id for id in acknowledged if backend.store.get("leads", id) is None}
        backend.close()
        assert not lost
    return len(acknowledged)


def test_keep_acknowledged_writes_after_kill(
    make_backend: Callable[..., Backend], tmp_path: Path
) -> None:
    check_kills(make_backend, tmp_path / "sandbox.sqlite", 2)


@pytest.mark.slow
def test_keep_acknowledged_writes_after_twenty_kills(
    make_backend: Callable[..., Backend], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writes = check_kills(make_backend, tmp_path / "sandbox.sqlite", 20)
    with capsys.disabled():
        print(f"\n20 kills: {writes} acknowledged writes, 0 lost")
