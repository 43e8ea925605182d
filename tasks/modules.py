"""Sessions that run one Python module in the development environment."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Mapping

import nox

from .environment import python


def register(modules: Mapping[str, tuple[str, str]], in_ci: Collection[str] = ()) -> None:
    """Register sessions by name. Each has the arguments of `python -m`, and a description."""
    for name, (command, doc) in modules.items():
        run = _running(command)
        run.__doc__ = doc
        tags = ["ci"] if name in in_ci else []
        nox.session(name=name, venv_backend="none", tags=tags)(run)


def _running(command: str) -> Callable[[nox.Session], None]:
    def run(session: nox.Session) -> None:
        python(session, "-m", *shlex.split(command), *session.posargs)

    return run
