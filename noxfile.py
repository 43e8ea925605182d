"""Every check and tool of this project, each once. `nox --list` lists them.

    make setup                                    creates .venv, with nox in it
    .venv/bin/nox -t check                        every session with this tag
    .venv/bin/nox -s soak -- --seconds 600        one session, with options for its program

Tags: `check` is what each change must pass. `ci` is what .ci/run runs besides `make test`,
`make demo` and `make check`. The sessions are in tasks/. They run in the environment of nox itself,
unless they need another Python or packages that cannot be installed beside those of the development
environment.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False  # ci.yml passes --error-on-missing-interpreters
nox.options.reuse_existing_virtualenvs = True
nox.options.tags = ["check"]  # of `nox` alone

sys.path.insert(0, str(Path(__file__).parent))

for _subject in (
    "checks",
    "dependencies",
    "pythons",
    "longer_tests",
    "measurements",
    "mutation",
    "project",
    "requirements",
):
    importlib.import_module(f"tasks.{_subject}")  # registers its sessions
