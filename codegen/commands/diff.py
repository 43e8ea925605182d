"""`python -m codegen diff OLD NEW`: the comparison, a cross-check, and what to release."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .. import project
from ..compat.deprecated import proposal
from ..compat.diff import SEVERITIES, Change, as_json, as_text, compare, highest_severity
from ..compat.diff.packages import as_package, breakages, mismatch
from ..compat.release import fragment, next_version
from ..pipeline import Description, generate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `python -m codegen diff`."""
    parser.description = (
        "Exit status: 0 no effect, 10 patch, 20 minor, 30 major; 1 when a document is rejected, or "
        "when griffe disagrees."
    )
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--gate", action="store_true", help="compare the verdict with griffe's, over both packages"
    )
    parser.add_argument(
        "--fragment", type=Path, metavar="FILE", help="write the changelog entry, as scriv reads it"
    )


def run(options: argparse.Namespace) -> int:
    """Compare as the options say; return the exit status."""
    old, new = (
        project.read_api(project.load_document(path), lenient=True)
        for path in (options.old, options.new)
    )
    changes = compare(old.api, new.api)
    severity = highest_severity(changes)
    print(as_json(changes) if options.json else as_text(changes).rstrip())
    if not options.json and severity != "none":
        version = project.package_version()
        print(f"\nNext version: {next_version(version, severity)} (now {version})")
        gone = sorted(old.api.names - new.api.names)
        if gone:
            print("\nIf a release had them, these names stay for a while (codegen/overlay.toml):")
        for name in gone:
            print("\n" + proposal(name, version, old=old.api, new=new.api).entry().rstrip())
    if options.fragment and (text := fragment(changes)):
        options.fragment.parent.mkdir(parents=True, exist_ok=True)
        options.fragment.write_text(text, encoding="utf-8")
    if options.gate and (problem := cross_check_with_griffe(old, new, changes)):
        print(problem, file=sys.stderr)
        return 1
    return SEVERITIES.index(severity) * 10


def cross_check_with_griffe(
    old: Description, new: Description, changes: Sequence[Change]
) -> str | None:
    """Return what griffe says against the changes; None when both agree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, description in (("old", old), ("new", new)):
            as_package(generate(description), folder / side)
        return mismatch(changes, breakages(folder / "old", folder / "new"))
