"""Two processes that log in as one user share its tokens through a file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from actuallycare_sandbox import Settings, run_sandbox

WORKER = Path(__file__).with_name("shared_tokens_worker.py")


@contextmanager
def worker(
    base_url: str, email: str, password: str, store: Path
) -> Iterator[subprocess.Popen[str]]:
    """A process that makes one call for each line that it is sent, and answers how it went."""
    command = [sys.executable, str(WORKER), base_url, email, password, str(store)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def call(process: subprocess.Popen[str]) -> str:
    """Let a worker make a call."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("call\n")
    process.stdin.flush()
    return str(json.loads(process.stdout.readline()))


@pytest.mark.parametrize("backwards", [False, True], ids=["first refreshes", "second refreshes"])
def test_two_processes_share_one_login_and_one_refresh(
    tmp_path: Path, backwards: bool, dialect: Any
) -> None:
    with run_sandbox(Settings(records=20, dialect=dialect)) as server:
        access = (server.base_url, server.email, server.password, tmp_path / "tokens.json")
        with worker(*access) as first, worker(*access) as second:
            assert [call(first), call(second)] == ["done", "done"]
            server.backend.clock.advance(3_600)  # every access token has ended, unknown to them
            order = (second, first) if backwards else (first, second)
            assert [call(process) for process in order] == ["done", "done"]
        paths = [recorded.path for recorded in server.backend.request_log.all()]
    assert paths.count("/auth/login") == 1
    assert paths.count("/auth/refresh") == 1
