"""Vulnerabilities and licences of the dependencies, and a list of them for others (SBOM)."""

from __future__ import annotations

from pathlib import Path

import nox

from .environment import install, python

LICENCES = "MIT;BSD;Apache;PSF;Python Software Foundation;ISC;MPL;Mozilla"
"""Parts of the names of licences that ask nothing of a program which uses the package."""
RUNTIME = "requirements/runtime.txt"
"""The run-time dependencies with all extras: what users install."""
SBOM = Path("build/sbom.cdx.json")


@nox.session(tags=["dependencies"])
def audit(session: nox.Session) -> None:
    """Ask PyPI for known vulnerabilities of the run-time dependencies (needs its JSON API)."""
    install(session, "audit")
    # Strict: a mirror without that API would answer "not found", and every package be skipped.
    options = ["--strict", "--require-hashes", "--disable-pip", *session.posargs]
    session.run("pip-audit", *options, "-r", RUNTIME)


@nox.session(tags=["dependencies", "ci"])
def licences(session: nox.Session) -> None:
    """Check that each run-time dependency has a permissive licence."""
    install(session, "audit")
    options = ["--partial-match", "--allow-only", LICENCES, "--order", "license"]
    session.run("pip-licenses", "--python", _runtime(session), "--from", "mixed", *options)


@nox.session(tags=["dependencies", "ci"])
def sbom(session: nox.Session) -> None:
    """Write build/sbom.cdx.json: the run-time dependencies, in the format of CycloneDX."""
    install(session, "audit")
    SBOM.parent.mkdir(exist_ok=True)
    options = ["--pyproject", "pyproject.toml", "--mc-type", "library", "--output-reproducible"]
    session.run("cyclonedx-py", "environment", _runtime(session), *options, "-o", str(SBOM))
    session.log(f"{SBOM} was written")


def _runtime(session: nox.Session) -> str:
    """Create an environment of the run-time dependencies alone; return its Python."""
    folder = Path(session.create_tmp()) / "runtime"
    executable = folder / (
        "Scripts/python.exe" if session.bin.endswith("Scripts") else "bin/python"
    )
    python(session, "-m", "uv", "venv", "--quiet", "--clear", str(folder))
    seal = ["--quiet", "--require-hashes", "-r", RUNTIME]
    python(session, "-m", "uv", "pip", "install", "--python", str(executable), *seal)
    return str(executable)
