"""The servers of the smoke test: the sandbox, and Prism on a free port."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from actuallycare_sandbox import Settings, run_sandbox

ROOT = Path(__file__).resolve().parents[2]
PRISM = ROOT / ".prism/node_modules/.bin/prism"
STARTS_WITHIN_SECONDS = 60.0


class PrismError(RuntimeError):
    """Prism is not there, or does not start; the message says what to do."""


@dataclasses.dataclass(frozen=True)
class Server:
    """Where a server answers, and what opens it."""

    base_url: str
    api_key: str
    token: str
    email: str
    password: str


@contextlib.contextmanager
def sandbox() -> Iterator[Server]:
    """A fresh sandbox."""
    with run_sandbox(Settings(records=50)) as server:
        yield Server(server.base_url, server.api_key, server.token(), server.email, server.password)


@contextlib.contextmanager
def prism(*options: str) -> Iterator[Server]:
    """Prism with the project's document; it rejects a request that does not follow it."""
    if not PRISM.is_file():
        raise PrismError(f"{PRISM} is missing; run `nox -s prism`, which installs it")
    port = _free_port()
    command = [PRISM, "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), *options]
    process = subprocess.Popen(
        [*command, ROOT / "openapi.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_open(port, process)
        yield Server(
            f"http://127.0.0.1:{port}", "0" * 64, "sample.jwt.token", "smoke@example.com", "Sample1"
        )
    finally:
        process.terminate()
        process.communicate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(port: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            output, _ = process.communicate()
            raise PrismError(f"Prism ended with status {process.returncode}:\n{output}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise PrismError(f"Prism did not answer within {STARTS_WITHIN_SECONDS:g} s")
