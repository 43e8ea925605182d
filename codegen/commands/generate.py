"""`python -m codegen generate` and `check`: write the generated code, or compare it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import project
from ..errors import Problem, UnsupportedDocument
from ..findings import Findings
from ..output.install import FOLDERS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of both commands."""
    parser.add_argument(
        "--document", type=Path, default=project.DOCUMENT, metavar="FILE", help="openapi.json"
    )
    parser.add_argument("--strict", action="store_true", help="make every fallback an error")


def run(options: argparse.Namespace) -> int:
    """Write the generated code; return the exit status."""
    description = project.read_api(project.load_document(options.document))
    if options.strict:
        reject_fallbacks(description.findings)
    project.write(description)
    where = project.PACKAGE.relative_to(project.ROOT)
    print(f"{description.counts} written to {where}/{{{','.join(FOLDERS)}}}")
    print_findings(description.findings)
    return 0


def check(options: argparse.Namespace) -> int:
    """Compare the committed code with the document; return the exit status."""
    description = project.read_api(project.load_document(options.document))
    if options.strict:
        reject_fallbacks(description.findings)
    problems = project.compare(description)
    if not problems:
        print(f"{description.counts}: the committed code is what openapi.json gives")
        return 0
    print("\n".join(problems), file=sys.stderr)
    print(
        f"{len(problems)} differences from what openapi.json gives. Generated files are never "
        "edited: change the normaliser, the templates or the overlay, then run `python -m codegen "
        "generate`, and review codegen/fallbacks.toml.",
        file=sys.stderr,
    )
    return 1


def print_findings(findings: Findings) -> None:
    """Print every finding, the most severe first."""
    for finding in findings.all:
        print(f"{finding.severity}: {finding}")


def reject_fallbacks(findings: Findings) -> None:
    """Raise `UnsupportedDocument` when anything fell back."""
    problems = [Problem(f.place, f"{f.reason}; {f.action}") for f in findings.fallbacks]
    if problems:
        raise UnsupportedDocument(problems)
