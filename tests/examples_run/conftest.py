"""A sandbox over a socket, and ways to run an example beside it as its reader would."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from actuallycare import AsyncActuallyCare
from actuallycare_sandbox import Limit, Limits, RunningSandbox, Settings, run_sandbox

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
MANY = Limit(1_000_000, 900)


def pytest_itemcollected(item: pytest.Item) -> None:
    """`nox -s examples` runs these, from the wheel; `make test` need not."""
    item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def _sandbox() -> Iterator[RunningSandbox]:
    settings = Settings(records=600, limits=Limits(MANY, MANY, MANY, MANY), retry_seconds=(0.2,))
    with run_sandbox(settings) as running:
        yield running


@pytest.fixture
def sandbox(_sandbox: RunningSandbox) -> RunningSandbox:
    """600 sample records, limits that are never met, in their initial state."""
    _sandbox.backend.reset()
    return _sandbox


@pytest.fixture
def environment(sandbox: RunningSandbox) -> dict[str, str]:
    """What an example finds in its environment."""
    given = {"ACTUALLYCARE_API_KEY": sandbox.api_key, "ACTUALLYCARE_BASE_URL": sandbox.base_url}
    return {**os.environ, **given}


@pytest.fixture
def client(sandbox: RunningSandbox) -> AsyncActuallyCare:
    """The test's own client, with key and token."""
    return AsyncActuallyCare(sandbox.api_key, token=sandbox.token(), base_url=sandbox.base_url)


def run_example(name: str, *arguments: str, env: dict[str, str]) -> str:
    """Run a script of `examples/` to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@contextmanager
def service(module: str, env: dict[str, str]) -> Iterator[str]:
    """`uvicorn <module>:app` from the folder of the examples; its base URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-m", "uvicorn", f"{module}:app", "--log-level", "warning"]
        process = subprocess.Popen(
            [*command, "--fd", str(listener.fileno())],
            cwd=EXAMPLES,
            env=env,
            pass_fds=[listener.fileno()],
        )
        try:
            _wait_until_up(url, process)
            yield url
        finally:
            process.terminate()
            code = process.wait(30)
    assert code in (0, -15), "it did not end cleanly after SIGTERM"


def _wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the service did not start; its message is above"
        try:
            httpx.get(url, timeout=0.5)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the service does not answer")
