"""The test suite on other Pythons, and with other versions of the dependencies."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nox

from .environment import PYTHONS, install, install_checkout, install_wheel
from .requirements import compile_newest

PORTABLE = ("tests/unit", "tests/messages", "tests/redis")
"""Tests that run on each Python and with each version of the dependencies, in about a minute."""


def _let_pyenv_start_all_versions() -> None:
    """Let the shims of pyenv start every version that is installed, the selected one first."""
    if (pyenv := shutil.which("pyenv")) is None:
        return
    selected, installed = (
        subprocess.run([pyenv, *command], capture_output=True, text=True, check=False).stdout
        for command in (["version-name"], ["versions", "--bare", "--skip-aliases"])
    )
    versions = dict.fromkeys([*selected.strip().split(":"), *installed.split()])
    os.environ["PYENV_VERSION"] = ":".join(versions)


_let_pyenv_start_all_versions()


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the test suite without slow tests on each Python."""
    install(session, "dev")
    install_checkout(session)
    session.run("pytest", "-q", "-n", "auto", "-m", "not slow", *session.posargs)


@nox.session(python=PYTHONS[1:], tags=["ci"])
def portable(session: nox.Session) -> None:
    """Test the installed wheel on each Python but the oldest, with the tests of PORTABLE."""
    install(session, "dev")
    _test_wheel(session)


@nox.session(python=PYTHONS[0], tags=["ci"])
def lowest(session: nox.Session) -> None:
    """Test the installed wheel with the lowest allowed version of each dependency and extra."""
    install(session, "lowest")
    _test_wheel(session)


@nox.session(python=PYTHONS[0])
def newest(session: nox.Session) -> None:
    """Test the installed wheel with the newest version of each dependency and extra."""
    requirements = Path(session.create_tmp()) / "newest.txt"
    compile_newest(session, requirements)
    session.install("-r", str(requirements))
    _test_wheel(session)


def _test_wheel(session: nox.Session) -> None:
    install_wheel(session)
    paths = session.posargs or PORTABLE
    suite = ["pytest", "-q", "-n", "auto", "-m", "not slow", *paths]
    session.run(*suite, env={"PYTHONPATH": ""})  # the wheel, not a checkout
