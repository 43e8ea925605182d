"""How sessions run programs, and what they install."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))
"""Versions in the classifiers in pyproject.toml, oldest first."""
_WHEELS = Path("build/wheel")

in_dev = nox.session(venv_backend="none")
"""Decorator of sessions that run in the development environment."""


def python(session: nox.Session, *command: str, **env: str) -> None:
    """Run the Python of the development environment."""
    if importlib.util.find_spec("hypothesis") is None:
        session.error("nox runs outside the development environment: `make setup`, .venv/bin/nox")
    session.run(sys.executable, *command, env=env or None, external=True)


def program(session: nox.Session, name: str, *arguments: str) -> None:
    """Run a program of the development environment."""
    session.run(str(Path(sys.executable).with_name(name)), *arguments, external=True)


def install(session: nox.Session, requirements: str, *options: str) -> None:
    """Install exactly what a file of requirements/ lists."""
    session.install("--require-hashes", "-r", f"requirements/{requirements}.txt", *options)


def install_checkout(session: nox.Session) -> None:
    """Install the checkout, so that changes of the code take effect."""
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


def install_wheel(session: nox.Session) -> None:
    """Build the wheel and install it, as a user would."""
    shutil.rmtree(_WHEELS, ignore_errors=True)
    python(session, "-m", "hatchling", "build", "-t", "wheel", "-d", str(_WHEELS))
    wheel = next(_WHEELS.glob("*.whl"))
    session.install("--no-deps", "--reinstall-package", "actuallycare", str(wheel))
