"""Express and swagger-jsdoc, installed from npm by the committed lock; nothing else is run."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / "build" / "express"
_FILES = ("package.json", "package-lock.json")


def modules() -> Path:
    """The folder node_modules, installed when it is missing or the lock has changed."""
    INSTALLED.parent.mkdir(parents=True, exist_ok=True)
    with INSTALLED.with_name("express.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # workers of pytest-xdist get here at the same time
        if not all(_same(HERE / name, INSTALLED / name) for name in _FILES):
            _install()
    return INSTALLED / "node_modules"


def environment(node_path: Path | None = None) -> dict[str, str]:
    """The environment of a program; a script finds the packages of `node_path`."""
    return {**os.environ, **({"NODE_PATH": str(node_path)} if node_path else {})}


def program(name: str) -> str:
    """The path of a program."""
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} was not found on PATH; npm and node come with Node.js")
    return found


def _install() -> None:
    shutil.rmtree(INSTALLED, ignore_errors=True)
    fresh = INSTALLED.with_name("express.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in _FILES:
        shutil.copy(HERE / name, fresh)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run([program("npm"), "ci", "--prefix", str(fresh), *options], check=True)
    fresh.rename(INSTALLED)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()
