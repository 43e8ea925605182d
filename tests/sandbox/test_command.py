"""The command line."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Settings
from actuallycare_sandbox.command import run
from actuallycare_sandbox.settings import DIALECT_VARIABLE

COMMAND = [sys.executable, "-m", "actuallycare_sandbox", "--records", "50"]


@contextmanager
def started(*options: str) -> Iterator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    command = [*COMMAND, "--port", "0", "--json", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline()), process
        finally:
            process.kill()


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends no SIGINT to one process; its SIGTERM kills"
)
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_print_json_and_stop_cleanly(stop: signal.Signals) -> None:
    with started("--rate-limit", "2/1h") as (access, process):
        assert set(access) == {"base_url", "api_key", "email", "password"}
        url, headers = f"{access['base_url']}/listings", {"X-API-Key": access["api_key"]}
        assert [httpx.get(url, headers=headers).status_code for _ in range(3)] == [200, 200, 429]
        process.send_signal(stop)
        output, errors = process.communicate(timeout=10)
        assert (output, errors) == ("", "")
        assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="terminate() of Windows kills at once")
def test_warn_of_network() -> None:
    with started("--host", "0.0.0.0") as (access, process):  # noqa: S104
        assert access["base_url"].startswith("http://127.0.0.1:")
        headers = {"X-API-Key": access["api_key"]}
        assert httpx.get(f"{access['base_url']}/listings", headers=headers).status_code == 200
        process.terminate()
        _, errors = process.communicate(timeout=10)
    assert "warning: 0.0.0.0 is reachable from the network" in errors
    assert access["api_key"] not in errors


def test_stop_within_two_seconds_during_request() -> None:
    with started() as (access, process):
        origin = access["base_url"].removesuffix("/v1")
        httpx.post(f"{origin}/_sandbox/faults", json={"kind": "latency", "seconds": 60})
        with socket.create_connection(("127.0.0.1", httpx.URL(origin).port or 0)) as waiting:
            waiting.sendall(b"GET /v1/leads HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            time.sleep(0.2)
            begun = time.monotonic()
            process.terminate()
            process.communicate(timeout=10)
        assert time.monotonic() - begun < 3  # 2 s, and what a busy machine adds


def test_explain_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [*COMMAND, "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "Choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--rate-limit", "often"], "30/2s"),
        (["--records", "many"], "not a number of records"),
        (["--port", "99999"], "ports go from 0 to 65535"),
        (["--port", "-1"], "ports go from 0 to 65535"),
        (["--host", "nowhere.invalid"], "Name an address of this machine"),
        (["--host", "192.0.2.1"], "Name an address of this machine"),
        (["--openapi", "missing.json"], "no OpenAPI document"),
        (["--data", "no/such/folder/x.sqlite"], "cannot be used as the data file"),
    ],
)
def test_explain_invalid_option(options: list[str], message: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, *options], check=False, capture_output=True, text=True, timeout=20, cwd=tmp_path
    )
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_print_help() -> None:
    done = subprocess.run(
        [*COMMAND, "--help"], check=False, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--rate-limit", "--data", "Ctrl-C", "examples"))


def test_explain_missing_extra(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['starlette'] = None")
    done = subprocess.run(
        COMMAND,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The ActuallyCare sandbox needs its extra: pip install")
    assert "starlette" in done.stderr
    assert "Traceback" not in done.stderr


def test_environment_chooses_dialect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DIALECT_VARIABLE, "older")
    assert Settings().dialect == "older"
    assert Settings(dialect="published").dialect == "published"


def test_reject_unknown_dialect(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="'dialect' must be in"):
        Settings(dialect="newer")  # type: ignore[arg-type]
    monkeypatch.setenv(DIALECT_VARIABLE, "newer")
    assert run([]) == 1
    assert "older or published was expected" in capsys.readouterr().err
