"""`python -m codegen diff OLD NEW`: the comparison, a second opinion, and what to release."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ..deprecated import names, proposal
from ..generate import generate
from ..normalise import Normalised
from ..project import package_version
from .compare import compare
from .facts import read_facts
from .finding import SEVERITIES, Finding, worst
from .packages import as_package, breakages, disagreement
from .release import fragment, next_version
from .report import as_json, as_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen diff`."""
    parser.description = (
        "Exit status: 0 no effect, 10 patch, 20 minor, 30 major; 1 when a document is refused, or "
        "when the second opinion is another."
    )
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--gate", action="store_true", help="hold the verdict against griffe's, over both packages"
    )
    parser.add_argument(
        "--fragment", type=Path, metavar="FILE", help="write the changelog entry, as scriv reads it"
    )


def run(options: argparse.Namespace, normalised: Callable[[Path], Normalised]) -> int:
    """Compare as the options say; the exit status."""
    old, new = normalised(options.old), normalised(options.new)
    facts = read_facts(old.document), read_facts(new.document)
    findings = compare(*facts)
    severity = worst(findings)
    print(as_json(findings) if options.json else as_text(findings).rstrip())
    if not options.json and severity != "none":
        version = package_version()
        print(f"\nNext version: {next_version(version, severity)} (now {version})")
        gone = sorted(names(facts[0]) - names(facts[1]))
        if gone:
            print("\nIf a release had them, these names stay for a while (codegen/overlay.toml):")
        for name in gone:
            print("\n" + proposal(name, version, old=facts[0], new=facts[1]).entry().rstrip())
    if options.fragment and (text := fragment(findings)):
        options.fragment.parent.mkdir(parents=True, exist_ok=True)
        options.fragment.write_text(text, encoding="utf-8")
    if options.gate and (problem := second_opinion(old, new, findings)):
        print(problem, file=sys.stderr)
        return 1
    return SEVERITIES.index(severity) * 10


def second_opinion(old: Normalised, new: Normalised, findings: Sequence[Finding]) -> str | None:
    """What griffe says against the findings; None when both agree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, made in (("old", old), ("new", new)):
            generate(made, folder / f"{side}.generated")
            as_package(folder / f"{side}.generated", folder / side)
        return disagreement(findings, breakages(folder / "old", folder / "new"))
