"""A local ActuallyCare in a process of its own, so that it does not share the SDK's interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Where it is, and how to get in."""

    base_url: str
    api_key: str
    email: str
    password: str
    pid: int

    @property
    def origin(self) -> str:
        """Without the base path; `/_sandbox` is there."""
        return self.base_url.rsplit("/", 1)[0]


@contextmanager
def sandbox(*options: str) -> Generator[Sandbox]:
    """Start it on a free port and stop it afterwards."""
    command = [sys.executable, "-m", "actuallycare_sandbox", "--port", "0", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            yield Sandbox(
                told["base_url"],
                told["api_key"],
                told["email"],
                told["password"],
                process.pid,
            )
        finally:
            process.terminate()
