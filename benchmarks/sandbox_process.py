"""Run the sandbox in another process, so that it does not use the CPU time of the SDK's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Address and credentials of a running sandbox."""

    base_url: str
    api_key: str
    email: str
    password: str
    pid: int

    @property
    def origin(self) -> str:
        """URL without the base path; `/_sandbox` is below it."""
        return self.base_url.rsplit("/", 1)[0]


@contextmanager
def sandbox(*options: str) -> Generator[Sandbox]:
    """Start the sandbox on a free port; stop it at the end of the block."""
    command = [sys.executable, "-m", "actuallycare_sandbox", "--port", "0", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            yield Sandbox(
                ready["base_url"],
                ready["api_key"],
                ready["email"],
                ready["password"],
                process.pid,
            )
        finally:
            process.terminate()
