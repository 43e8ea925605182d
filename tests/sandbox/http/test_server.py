"""Over a real socket: the thread for tests, the command for people."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

import actuallycare_sandbox
from actuallycare_sandbox import AddressInUseError, Settings, in_process, run_sandbox

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


def test_a_sandbox_runs_in_a_thread_and_stops_with_the_block() -> None:
    with run_sandbox(Settings(records=50)) as server:
        answer = httpx.get(f"{server.base_url}/clients", headers={"X-API-Key": server.api_key})
        assert answer.json()["success"] is True
        login = {"email": server.email, "password": server.password}
        assert httpx.post(f"{server.base_url}/auth/login", json=login).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.base_url)


@pytest.mark.parametrize("start", [run_sandbox, in_process])
def test_the_repr_shows_no_credential(start: Any) -> None:
    with start(Settings(records=0)) as server:
        shown = f"{server!r} {server.backend!r} {server.backend.example!r}"
        assert server.base_url in shown
        assert server.api_key not in shown
        assert server.password not in shown


def test_a_taken_port_is_told() -> None:
    with run_sandbox(Settings(records=0)) as server:
        port = httpx.URL(server.base_url).port
        with (
            pytest.raises(AddressInUseError, match="--port 0"),
            run_sandbox(Settings(records=0), port=port or 0),
        ):
            pass


def test_small_answers_do_not_wait_for_acknowledgements() -> None:
    with (
        run_sandbox(Settings(records=0)) as server,
        httpx.Client(headers={"X-API-Key": server.api_key}) as client,
    ):
        client.get(f"{server.base_url}/clients")
        fastest = min(
            client.get(f"{server.base_url}/clients").elapsed.total_seconds() for _ in range(50)
        )
        # Nagle's algorithm and delayed acknowledgements would make it 40 ms.
        assert fastest < 0.03


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_what_a_program_needs_and_stops_cleanly(stop: signal.Signals) -> None:
    with started("--rate-limit", "2/1h") as (facts, process):
        assert set(facts) == {"base_url", "api_key", "email", "password"}
        url, headers = f"{facts['base_url']}/listings", {"X-API-Key": facts["api_key"]}
        assert [httpx.get(url, headers=headers).status_code for _ in range(3)] == [200, 200, 429]
        process.send_signal(stop)
        output, errors = process.communicate(timeout=10)
        assert (output, errors) == ("", "")
        assert process.returncode == 0


def test_the_command_tells_of_a_taken_port_without_a_traceback() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [*COMMAND, "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "Choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
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
def test_the_command_says_what_is_wrong_with_its_options(
    options: list[str], said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*COMMAND, *options], capture_output=True, text=True, timeout=20, cwd=tmp_path
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_help_explains() -> None:
    done = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--rate-limit", "--data", "Ctrl-C", "examples"))


def test_each_public_name_is_what_it_says_whatever_was_imported_before() -> None:
    for module in pkgutil.iter_modules(actuallycare_sandbox.__path__):
        if module.name != "__main__":
            importlib.import_module(f"actuallycare_sandbox.{module.name}")
    public = {name: getattr(actuallycare_sandbox, name) for name in actuallycare_sandbox.__all__}
    assert [name for name, value in public.items() if isinstance(value, ModuleType)] == []


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['starlette'] = None")
    done = subprocess.run(
        COMMAND,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The ActuallyCare sandbox needs its extra: pip install")
    assert "starlette" in done.stderr
    assert "Traceback" not in done.stderr
