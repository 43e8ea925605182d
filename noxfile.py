"""Run the checks on every installed interpreter. `make test` and `make check` use one."""

from __future__ import annotations

import shutil

import nox

nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def _install(session: nox.Session) -> None:
    session.install("--require-hashes", "-r", "requirements/dev.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the test suite on each interpreter."""
    _install(session)
    session.run("pytest", "-q", "-n", "auto", "-m", "not slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff, and check the formatting."""
    _install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Run mypy and pyright in strict mode, and check that the public API is fully typed."""
    _install(session)
    session.run("mypy")
    session.run("pyright", "--pythonpath", shutil.which("python", path=session.bin) or "python")
    verify = ["pyright", "--verifytypes", "actuallycare", "--ignoreexternal"]
    session.run(*verify, env={"PYTHONPATH": "src"})


@nox.session
def codegen(session: nox.Session) -> None:
    """Check that the committed generated code matches openapi.json."""
    _install(session)
    session.run("python", "-m", "codegen", "check")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site in build/docs; a warning is an error."""
    session.install("--require-hashes", "-r", "requirements/docs.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-b", "html", "docs", "build/docs")
