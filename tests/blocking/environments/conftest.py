"""Real frameworks around the blocking client. `nox -s blocking-test` installs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import actuallycare
from actuallycare_sandbox import RunningSandbox

if find_spec("gunicorn") is None:
    collect_ignore_glob = ["test_*.py"]

SOURCE = Path(actuallycare.__file__).resolve().parents[1]
PAGE = Path(__file__).resolve().parents[3] / "docs" / "blocking.md"
Start = Callable[..., "subprocess.Popen[str]"]


def snippets() -> dict[str, str]:
    """Return the code of docs/blocking.md by the file name in its first line."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"```python\n# ([\w.]+)\n(.*?)```", text, re.DOTALL))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the modules that the page shows."""
    for name, code in snippets().items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    return tmp_path


@pytest.fixture
def environment(folder: Path, actuallycare_sandbox: RunningSandbox) -> dict[str, str]:
    """The environment of a program beside these modules, with a sandbox to call."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder), str(SOURCE)]),
        "ACTUALLYCARE_API_KEY": actuallycare_sandbox.api_key,
        "ACTUALLYCARE_BASE_URL": actuallycare_sandbox.base_url,
    }


@pytest.fixture
def start(folder: Path, environment: dict[str, str]) -> Iterator[Start]:
    """Start a module of a package, such as a server; end it after the test."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, **more: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env={**environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(program)
        return program

    yield run
    for program in started:
        program.terminate()
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        if program.stdout is not None:
            program.stdout.close()


@pytest.fixture
def records(actuallycare_sandbox: RunningSandbox) -> Any:
    """A blocking client of the sandbox, for the test itself."""
    from actuallycare import ActuallyCare

    sandbox = actuallycare_sandbox
    with ActuallyCare(sandbox.api_key, base_url=sandbox.base_url) as client:
        yield client
