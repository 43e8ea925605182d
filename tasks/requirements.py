"""The files of requirements/, compiled from pyproject.toml."""

from __future__ import annotations

from pathlib import Path

import nox

from .environment import PYTHONS, in_dev, python

SHARED = {
    "demo": "--group demo --extra sandbox",
    "examples": "--group test --group services --extra sandbox",
    "blocking": "--group blocking --extra sandbox",
    "bench": "--group bench --group build --extra aiohttp --extra httpx2",
    "fast": "--extra fast",
    "docs": "--group docs --extra redis",
    "runtime": "--all-extras",
    "mutation": "--group test --group services --group codegen --group mutation --all-extras",
}
"""Requirements whose versions are those of requirements/dev.txt."""
TESTS = "--group test --group services --all-extras"


@in_dev
def lock(session: nox.Session) -> None:
    """Compile requirements/*.txt from pyproject.toml (-- --upgrade: to the newest versions)."""
    seal = ["--generate-hashes", *session.posargs]
    _compile(session, _file("dev"), "--group dev --all-extras", *seal)
    _compile(session, _file("conformance"), "--group pyproject.toml:conformance", *seal, source="")
    for group in ("audit", "packaging"):
        _compile(session, _file(group), f"--group pyproject.toml:{group}", *seal, source="")
    constraint = ["--generate-hashes", "-c", str(_file("dev"))]
    for name, groups in SHARED.items():
        _compile(session, _file(name), groups, *constraint)
    bounds = Path(session.create_tmp()) / "bounds.txt"
    _compile(session, bounds, "--all-extras --resolution lowest-direct", "--upgrade")
    _compile(session, _file("lowest"), TESTS, "-c", str(bounds), *seal)


def compile_newest(session: nox.Session, output: Path) -> None:
    """Write the newest versions of what the tests need, without hashes."""
    _compile(session, output, TESTS, "--upgrade")


def _file(name: str) -> Path:
    return Path("requirements") / f"{name}.txt"


def _compile(
    session: nox.Session,
    output: Path,
    groups: str,
    *options: str,
    source: str = "pyproject.toml",
) -> None:
    uv = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0]]
    uv += ["--no-emit-index-url", "--no-header", *groups.split(), *options, *source.split()]
    python(session, *uv, "-o", str(output))
