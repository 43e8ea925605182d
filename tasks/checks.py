"""What each change must pass."""

from __future__ import annotations

import sys

import nox

from .environment import ROOT, in_dev, install, install_checkout, program, python
from .links import broken_links

COVERAGE = 97
"""Per cent of the branches of the SDK's handwritten code."""

check = nox.session(venv_backend="none", tags=["check"])


@check
def lint(session: nox.Session) -> None:
    """Run ruff, and check the formatting."""
    python(session, "-m", "ruff", "check", ".")
    python(session, "-m", "ruff", "format", "--check", ".")


@in_dev
def spelling(session: nox.Session) -> None:
    """Search for common misspellings."""
    program(session, "codespell")


@check
def imports(session: nox.Session) -> None:
    """Check the import contracts of pyproject.toml."""
    program(session, "lint-imports")


@check
def types(session: nox.Session) -> None:
    """Run mypy and pyright in strict mode, and check that the public API is fully typed."""
    python(session, "-m", "tests.reference", "mypy")
    python(session, "-m", "tests.reference", "pyright", "--pythonpath", sys.executable)
    verify = ["-m", "pyright", "--verifytypes", "actuallycare", "--ignoreexternal"]
    python(session, *verify, PYTHONPATH="src")


@check
def zizmor(session: nox.Session) -> None:
    """Check the security of the workflow files."""
    program(session, "zizmor", "--offline", "--quiet", ".github")


@check
def generated(session: nox.Session) -> None:
    """Check that the committed generated code matches openapi.json, and test it."""
    python(session, "-m", "codegen", "check")
    python(session, "-m", "pytest", "-q", "-n", "auto", "tests/document")


@in_dev
def test(session: nox.Session) -> None:
    """Run the test suite without slow tests, in the development environment."""
    suite = ["pytest", "-q", "-n", "auto", "-m", "not slow", *session.posargs]
    python(session, "-m", "tests.reference", *suite)


@in_dev
def coverage(session: nox.Session) -> None:
    """Run the test suite and print the branch coverage of handwritten code."""
    for file in ROOT.glob(".coverage*"):
        file.unlink()
    suite = ["-m", "pytest", "-q", "-n", "auto", "-m", "not slow", *session.posargs]
    python(session, "-m", "coverage", "run", *suite)
    python(session, "-m", "coverage", "combine", "-q")
    report = ["-m", "coverage", "report"]
    python(session, *report, "--include=src/actuallycare_sandbox/*")
    python(session, *report, "--include=codegen/*")
    python(session, *report, "--include=src/actuallycare/*", f"--fail-under={COVERAGE}")


@nox.session(tags=["ci"])
def docs(session: nox.Session) -> None:
    """Build the documentation site in build/docs; a warning or a broken link is an error."""
    install(session, "docs")
    install_checkout(session)
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-b", "html", "docs", "build/docs")
    if broken := list(broken_links(ROOT / "build" / "docs")):
        session.error("broken links:\n" + "\n".join(broken))


@in_dev
def format(session: nox.Session) -> None:
    """Format the handwritten code."""
    python(session, "-m", "ruff", "check", "--fix", "--quiet", ".")
    python(session, "-m", "ruff", "format", ".")
