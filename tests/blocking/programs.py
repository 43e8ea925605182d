"""Run programs that use the blocking client in processes of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass

TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended."""

    status: int
    out: str
    err: str


def run(program: str, *arguments: str) -> Ended:
    """Run a program to its end, with every warning shown."""
    done = subprocess.run(
        command(program, *arguments), capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a program; the caller waits for it."""
    return subprocess.Popen(
        command(program, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Shells start background jobs with SIGINT ignored, which programs inherit. The function
        # takes no lock, so the threads of this process cannot block it after the fork.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def command(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-W", "always", "-u", "-c", program, *arguments]
