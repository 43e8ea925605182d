"""A real Redis on a free port of 127.0.0.1, which can be killed and started again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.ports import free_port

BINARY = shutil.which("redis-server") or shutil.which("valkey-server")


@dataclass
class RedisServer:
    """A server without persistence: a killed one has lost everything."""

    port: int
    folder: str
    options: tuple[str, ...] = ()
    """Further arguments of the command."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        assert BINARY is not None
        command = [BINARY, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", self.folder, *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                    connection.sendall(b"PING\r\n")
                    if connection.recv(7).startswith((b"+PONG", b"-NOAUTH")):
                        return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("redis-server did not start within 10 s")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def redis_server(*options: str) -> Generator[RedisServer]:
    """Run a server; skip the test where none is installed. CI installs it, see `.ci/run`."""
    if BINARY is None:
        pytest.skip("redis-server is not installed (Debian: apt install redis-server)")
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(free_port(), folder, options)
        server.start()
        try:
            yield server
        finally:
            server.kill()
