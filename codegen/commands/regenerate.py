"""`python -m codegen regenerate`: all that follows from a new document, up to the tests.

Pull; unchanged: stop. Else normalise and generate before anything is written, report what changed
for callers, put document, code, lock and changelog entry in place, and run the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve, frozen

from .. import project
from ..compat import deprecated
from ..compat.diff import Change, Severity, as_text, compare, highest_severity
from ..compat.release import fragment, next_version
from ..document import Json, dumps
from ..escaping import code_span, one_line, prose
from ..findings import Finding
from ..pipeline import Description
from ..source import pull
from ..source.overlay import parse_overlay
from .diff import cross_check_with_griffe
from .generate import reject_fallbacks

REPORT = project.ROOT / "build" / "api-diff.md"
FRAGMENTS = project.ROOT / "changelog.d"
TESTS = ("tests/document",)
"""What must pass whatever the document says. The rest of the suite runs on the pull request, on the
code of the reference (tests/reference.py)."""

_MOST = 100
"""Entries of one section of the report."""
_LONGEST = 60_000
"""Characters of the report: GitHub rejects a body of more than 65,536."""


@frozen
class ChangeReport:
    """The effect of a new document."""

    severity: Severity
    report: str
    """The body of the pull request."""
    entry: str
    """The changelog entry; empty when callers see no difference."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen regenerate`."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--url", default=pull.URL, help=f"default: {pull.URL}")
    source.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="read a file instead"
    )
    pull.add_deadline(parser)
    parser.add_argument(
        "--report", type=Path, default=REPORT, metavar="FILE", help="default: build/api-diff.md"
    )
    parser.add_argument(
        "--outputs", type=Path, metavar="FILE", help="append changed= and severity= to this file"
    )
    parser.add_argument("--strict", action="store_true", help="make every fallback an error")
    parser.add_argument(
        "--tests", nargs="*", default=TESTS, metavar="PATH", help=f"default: {' '.join(TESTS)}"
    )


def run(options: argparse.Namespace) -> int:
    """Regenerate as the options say; return the exit status."""
    source = str(options.file or options.url)
    document = pull.parse(pull.read(options), source)
    old = project.load_document(project.DOCUMENT)
    if dumps(document) == dumps(old):
        print(f"{one_line(source)}: unchanged; nothing to do")
        write_outputs(options.outputs, changed="false")
        return 0
    before = project.read_api(old, lenient=True)
    after = project.read_api(document, lenient=True)
    changes = compare(before.api, after.api)
    overlay = with_aliases(before, after)
    description = project.read_api(document, overlay=overlay)
    if options.strict:
        reject_fallbacks(description.findings)
    doubt = cross_check_with_griffe(before, after, changes)
    report = build_report(old, document, changes, description, doubt)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(report.report, encoding="utf-8")
    project.write(description)
    project.OVERLAY.write_text(overlay, encoding="utf-8")
    print(pull.write(document, project.DOCUMENT))
    print(f"{description.counts}\n\n{report.report}")
    if report.entry:
        FRAGMENTS.mkdir(exist_ok=True)
        entry = FRAGMENTS / f"document-{digest(document)[:12]}.md"
        entry.write_text(report.entry, encoding="utf-8")
    write_outputs(options.outputs, changed="true", severity=report.severity)
    if doubt:
        print("The two verdicts on what breaks differ; see the report.", file=sys.stderr)
        return 1
    with commands_stopped():
        return test(options.tests) if options.tests else 0


@contextmanager
def commands_stopped() -> Generator[None]:
    """Let GitHub Actions take no line of the tools' output for a command; they print names."""
    token = secrets.token_hex(16)
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    if in_actions:
        print(f"::stop-commands::{token}", flush=True)
    try:
        yield
    finally:
        if in_actions:
            print(f"::{token}::", flush=True)


def with_aliases(before: Description, after: Description) -> str:
    """Return the text of the overlay, with an entry for each released name that was removed."""
    text, version = project.OVERLAY.read_text(encoding="utf-8"), project.package_version()
    new = evolve(after.api, aliases=parse_overlay(text).deprecated)
    gone = sorted(deprecated.removed_names(project.released(), new, version))
    entries = [
        deprecated.proposal(name, version, old=before.api, new=after.api).entry() for name in gone
    ]
    return "\n".join([text, *entries]) if entries else text


def build_report(
    old: Json,
    new: Json,
    changes: Sequence[Change],
    description: Description,
    doubt: str | None,
) -> ChangeReport:
    """Return the report and the changelog entry. Pure, but for the version of this checkout."""
    severity, version = highest_severity(changes), project.package_version()
    lines = [
        "## The vendor's document changed",
        "",
        f"- Severity for callers: **{severity}**",
        f"- Version to release: {next_version(version, severity)} (now {version})",
        f"- Document (SHA-256): `{digest(old)[:12]}` → `{digest(new)[:12]}`",
        "",
        as_text(changes).rstrip(),
    ]
    if description.api.aliases:
        lines += ["", "### Deprecated aliases (codegen/overlay.toml)", ""]
        lines += [f"- {prose(alias.message)}" for alias in description.api.aliases]
    lines += report_findings(description, project.new_fallbacks(description))
    if doubt:
        lines += ["", "### Cross-check with griffe: not the same", ""]
        lines += [f"- {code_span(line)}" for line in doubt.splitlines()[:_MOST]]
    return ChangeReport(severity, _bounded(lines), fragment(changes))


def _bounded(lines: Sequence[str]) -> str:
    """Return the lines as one text that GitHub accepts; the rest is counted."""
    length = 0
    for index, line in enumerate(lines):
        length += len(line) + 1
        if length > _LONGEST:
            rest = f"… and {len(lines) - index} lines more."
            return "\n".join([*lines[:index], "", rest]) + "\n"
    return "\n".join(lines) + "\n"


def report_findings(description: Description, new: Sequence[Finding]) -> list[str]:
    """Return the sections of the report about what was not taken from the document as it is."""
    lines: list[str] = []
    fallbacks = description.findings.fallbacks
    for title, found in (
        ("New fallbacks: the SDK is poorer than the API here", list(new)),
        ("Fallbacks that were accepted before", [f for f in fallbacks if f not in new]),
        ("Stale entries of codegen/overlay.toml", _of_kind(description, "stale")),
        ("From the reference: the document does not say it", _of_kind(description, "reference")),
        (
            "Notes: nothing is lost",
            [f for f in description.findings.all if f.kind in ("note", "renamed")],
        ),
    ):
        if found:
            lines += ["", f"### {title}", "", *map(_item, found[:_MOST])]
            if len(found) > _MOST:
                lines.append(f"- … and {len(found) - _MOST} more")
    return lines


def _item(finding: Finding) -> str:
    return f"- {code_span(finding.place)}: {prose(finding.reason)}{finding.consequence}"


def _of_kind(description: Description, kind: str) -> list[Finding]:
    return [finding for finding in description.findings.all if finding.kind == kind]


def test(paths: Sequence[str]) -> int:
    """Run what must hold whatever the document says; the exit status of the first that fails."""
    here = ["--pythonpath", sys.executable]
    for arguments in (
        ["codegen", "check"],
        ["mypy", "--no-error-summary", "src/actuallycare"],
        ["pyright", *here, "src/actuallycare"],
        ["pytest", "-q", "-m", "not slow", *paths],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=project.ROOT, check=False
        ).returncode
        if done:
            print(f"python -m {' '.join(arguments)}: failed", file=sys.stderr)
            return done
    return 0


def digest(document: Json) -> str:
    """SHA-256 of the canonical text of a document."""
    return hashlib.sha256(dumps(document).encode("utf-8", "surrogatepass")).hexdigest()


def write_outputs(outputs: Path | None, **values: str) -> None:
    """Append the outputs of a step (GITHUB_OUTPUT)."""
    if outputs is not None:
        with outputs.open("a", encoding="utf-8") as file:
            for name, value in values.items():
                # A random delimiter, which no value can contain, as GitHub asks for.
                end = f"end_{secrets.token_hex(16)}"
                file.write(f"{name}<<{end}\n{value}\n{end}\n")
