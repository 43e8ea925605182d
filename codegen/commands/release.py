"""`python -m codegen release`: write what a release promises, or check it."""

from __future__ import annotations

import argparse

from .. import installation, project
from ..errors import CodegenError, Problem

CHANGELOG = project.ROOT / "CHANGELOG.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen release`."""
    parser.add_argument("--check", action="store_true", help="check instead of writing")
    parser.add_argument("--tag", metavar="TAG", help="the tag that is released, such as v1.2.3")


def run(options: argparse.Namespace) -> int:
    """Write or check `released.json` and how to install the package; the exit status."""
    version = project.package_version()
    manifest = project.release_manifest(project.read_api(project.load_document(project.DOCUMENT)))
    if not options.check:
        project.RELEASED.write_text(manifest, encoding="utf-8")
        print(f"{project.RELEASED.relative_to(project.ROOT)}: the names of {version}")
        for file in installation.write():
            print(f"{file.relative_to(project.ROOT)}: how to install the package")
        return 0
    problems: list[Problem] = []
    if options.tag and options.tag != f"v{version}":
        problems.append(Problem(f"tag {options.tag}", f"the version is {version}; v{version} fits"))
    if not project.RELEASED.exists() or project.RELEASED.read_text("utf-8") != manifest:
        reason = f"does not have the names of {version}; run `python -m codegen release`"
        problems.append(Problem(str(project.RELEASED.relative_to(project.ROOT)), reason))
    if options.tag and not installation.ON_PYPI:
        reason = "is False, but a release publishes the package to PyPI; set it to True"
        problems.append(Problem("codegen/installation.py: ON_PYPI", reason))
    if options.tag and not installation.repository():
        reason = "is missing: README's links on PyPI begin with it; add the URL of the repository"
        problems.append(Problem("pyproject.toml: Source in [project.urls]", reason))
    for file in installation.outdated():
        reason = "installs it from elsewhere than ON_PYPI says; run `python -m codegen release`"
        problems.append(Problem(str(file.relative_to(project.ROOT)), reason))
    if f"## [{version}]" not in CHANGELOG.read_text(encoding="utf-8"):
        reason = f"has no section {version}; run `scriv collect --version {version}`"
        problems.append(Problem(CHANGELOG.name, reason))
    if problems:
        raise CodegenError(problems)
    print(f"{version} may be released")
    return 0
