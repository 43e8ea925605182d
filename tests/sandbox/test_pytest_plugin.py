"""The pytest fixtures, in a pytest run of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = """
import asyncio
import httpx
from actuallycare import AsyncActuallyCare
from actuallycare_sandbox import Fault

seen = []

def count(sandbox):
    url, headers = f"{sandbox.base_url}/leads", {"X-API-Key": sandbox.api_key}
    return httpx.get(url, headers=headers).json()["data"]["meta"]["total"]

def test_the_server(actuallycare_sandbox):
    seen.append((actuallycare_sandbox.base_url, count(actuallycare_sandbox)))
    httpx.post(
        f"{actuallycare_sandbox.base_url}/leads",
        json={"name": "Alfa Sample"},
        headers={"X-API-Key": actuallycare_sandbox.api_key},
    ).raise_for_status()
    actuallycare_sandbox.backend.faults.add(Fault("drop", times=None))

def test_reset_the_server_between_tests(actuallycare_sandbox):
    assert (actuallycare_sandbox.base_url, count(actuallycare_sandbox)) == seen[0]

def test_the_client(actuallycare_sandbox, actuallycare_sandbox_client):
    async def main():
        async with actuallycare_sandbox_client as client:
            assert isinstance(client, AsyncActuallyCare)
            assert (await client.listings.list()).meta.total > 0
            assert (await client.contacts.list()).meta.total > 0
    asyncio.run(main())
    assert [r.path for r in actuallycare_sandbox.backend.request_log.all()] == [
        "/listings", "/contacts"
    ]

def test_in_process(actuallycare_sandbox_in_process, actuallycare_sandbox_in_process_client):
    async def main():
        async with actuallycare_sandbox_in_process_client as client:
            await client.leads.create(name="Alfa Sample")
    asyncio.run(main())
    [recorded] = actuallycare_sandbox_in_process.backend.request_log.all()
    assert (recorded.method, recorded.status) == ("POST", 201)
"""

WITHOUT_THE_EXTRA = """
import sys
sys.modules["starlette"] = sys.modules["uvicorn"] = sys.modules["starlette.applications"] = None
"""


def run_pytest(folder: Path, tests: str, conftest: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "test_mine.py").write_text(tests, encoding="utf-8")
    (folder / "conftest.py").write_text(conftest, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "actuallycare_sandbox.pytest_plugin"]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "-W", "error", str(folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        # The installed entry point would load the same module under another name.
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


def test_use_all_fixtures(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, TESTS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


def test_override_settings_by_fixture(tmp_path: Path) -> None:
    conftest = """
import pytest
from actuallycare_sandbox import Settings

@pytest.fixture(scope="session")
def actuallycare_sandbox_settings():
    return Settings(records=0)
"""
    tests = """
import httpx

def test_empty(actuallycare_sandbox):
    headers = {"X-API-Key": actuallycare_sandbox.api_key}
    data = httpx.get(f"{actuallycare_sandbox.base_url}/leads", headers=headers).json()["data"]
    assert data["meta"]["total"] == 0
"""
    done = run_pytest(tmp_path, tests, conftest)
    assert done.returncode == 0, done.stdout + done.stderr


def test_fail_only_tests_that_need_the_missing_extra(tmp_path: Path) -> None:
    tests = "def test_other(): pass\n\ndef test_it(actuallycare_sandbox): pass\n"
    done = run_pytest(tmp_path, tests, WITHOUT_THE_EXTRA)
    assert "1 passed, 1 error" in done.stdout
    assert "pip install 'actuallycare[sandbox]'" in done.stdout


INSTANT = """
import asyncio
import time
import httpx
import pytest
from actuallycare import AsyncActuallyCare, RetryPolicy
from actuallycare_sandbox import Fault, Limit, Limits, Settings

@pytest.fixture(scope="session")
def actuallycare_sandbox_settings():
    return Settings(records=10, limits=Limits(all=Limit(3, 900)))

class Program:
    def __init__(self, sandbox, **options):
        self.client = AsyncActuallyCare(
            sandbox.api_key,
            base_url=sandbox.base_url,
            retry=RetryPolicy(max_wait=900, max_elapsed=1_800),
            **options,
        )

    async def run(self, calls):
        async with self.client as client:
            for _ in range(calls):
                await client.listings.list()

def statuses(sandbox):
    return [recorded.status for recorded in sandbox.backend.request_log.all()]

def check(sandbox, clock, **options):
    started_at, before = time.monotonic(), sandbox.backend.clock.time()
    asyncio.run(Program(sandbox, **options).run(4))
    assert time.monotonic() - started_at < 30
    assert sandbox.backend.clock.time() - before > 890
    [wait] = clock.waits
    assert 890 < wait <= 900
    assert statuses(sandbox) == [200, 200, 200, 429, 200]

def test_exceed_limit(actuallycare_sandbox, actuallycare_clock):
    check(actuallycare_sandbox, actuallycare_clock)

def test_exceed_limit_again(actuallycare_sandbox, actuallycare_clock):
    check(actuallycare_sandbox, actuallycare_clock)

def test_in_process(actuallycare_sandbox_in_process, actuallycare_clock):
    transport = actuallycare_sandbox_in_process.transport()
    check(
        actuallycare_sandbox_in_process,
        actuallycare_clock,
        http_client=httpx.AsyncClient(transport=transport),
    )

def test_planned_429(actuallycare_sandbox, actuallycare_clock):
    actuallycare_sandbox.backend.faults.add(Fault("status", status=429, retry_after=900))
    asyncio.run(Program(actuallycare_sandbox).run(1))
    assert actuallycare_clock.waits == [900]
"""

REAL_TIME = """
import asyncio
import time
import pytest
from actuallycare_sandbox import Fault

@pytest.fixture
def actuallycare_clock():
    return None

def test_it_waits(actuallycare_sandbox, actuallycare_sandbox_client):
    actuallycare_sandbox.backend.faults.add(Fault("status", status=429, retry_after=1))

    async def main():
        async with actuallycare_sandbox_client as client:
            await client.listings.list()

    started_at = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - started_at >= 1
"""


def test_skip_waits_and_advance_sandbox_clock(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, INSTANT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


def test_wait_in_real_time_without_a_clock(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, REAL_TIME)
    assert done.returncode == 0, done.stdout + done.stderr
