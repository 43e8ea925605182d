"""`python -m codegen regenerate`: all that follows from a new document, up to the tests.

Pull; unchanged: stop. Else normalise and generate before anything is written, tell what changed
for callers, put document, code, lock and changelog entry in place, and run the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from . import deprecated, project, pull
from .diff.command import second_opinion
from .diff.compare import compare
from .diff.facts import read_facts
from .diff.finding import Finding, Severity, worst
from .diff.release import fragment, next_version
from .diff.report import as_text
from .document import Json, dumps
from .normalise import Normalised
from .overlay import parse_overlay

REPORT = project.ROOT / "build" / "api-diff.md"
FRAGMENTS = project.ROOT / "changelog.d"
TESTS = ("tests/unit", "tests/integration", "tests/vendored")
"""What must hold whatever the document says. The rest of the suite tests the generator, and the
sandbox's own behaviour: it runs on the pull request."""


@frozen
class News:
    """What a new document means."""

    severity: Severity
    report: str
    """The body of the pull request."""
    entry: str
    """The changelog entry; empty when callers see nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen regenerate`."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--url", default=pull.URL, help=f"default: {pull.URL}")
    source.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="read a file instead"
    )
    parser.add_argument(
        "--report", type=Path, default=REPORT, metavar="FILE", help="default: build/api-diff.md"
    )
    parser.add_argument(
        "--outputs", type=Path, metavar="FILE", help="append changed= and severity= to this file"
    )
    parser.add_argument(
        "--tests", nargs="*", default=TESTS, metavar="PATH", help=f"default: {' '.join(TESTS)}"
    )


def run(options: argparse.Namespace) -> int:
    """Regenerate as the options say; the exit status."""
    source = str(options.file or options.url)
    content = options.file.read_bytes() if options.file else pull.fetch(options.url)
    document = pull.parse(content, source)
    old = project.load(project.DOCUMENT)
    if dumps(document) == dumps(old):
        print(f"{source}: unchanged; nothing to do")
        _tell(options.outputs, changed="false")
        return 0
    before = project.normalised(old, lenient=True)
    after = project.normalised(document, lenient=True)
    findings = compare(read_facts(before.document), read_facts(after.document))
    overlay = with_aliases(before, after)
    made = project.normalised(document, overlay=overlay)
    doubt = second_opinion(before, after, findings)
    news = tell(old, document, findings, made, doubt)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(news.report, encoding="utf-8")
    counts = project.write(made)
    project.OVERLAY.write_text(overlay, encoding="utf-8")
    print(pull.write(document, project.DOCUMENT))
    print(f"{counts}\n\n{news.report}")
    if news.entry:
        FRAGMENTS.mkdir(exist_ok=True)
        entry = FRAGMENTS / f"document-{digest(document)[:12]}.md"
        entry.write_text(news.entry, encoding="utf-8")
    _tell(options.outputs, changed="true", severity=news.severity)
    if doubt:
        print("The two verdicts on what breaks differ; see the report.", file=sys.stderr)
        return 1
    return test(options.tests) if options.tests else 0


def with_aliases(before: Normalised, after: Normalised) -> str:
    """The text of the overlay, with an entry for each released name that left."""
    text, version = project.OVERLAY.read_text(encoding="utf-8"), project.package_version()
    old, new = read_facts(before.document), read_facts(after.document)
    aliases = parse_overlay(text).deprecated
    gone = deprecated.lost(project.released(), new, aliases, version)
    entries = [deprecated.proposal(n, version, old=old, new=new).entry() for n in sorted(gone)]
    return "\n".join([text, *entries]) if entries else text


def tell(
    old: Json, new: Json, findings: Sequence[Finding], made: Normalised, doubt: str | None
) -> News:
    """The report and the changelog entry. Pure, but for the version of this checkout."""
    severity, version = worst(findings), project.package_version()
    lines = [
        "## The vendor's document changed",
        "",
        f"- Severity for callers: **{severity}**",
        f"- Version to release: {next_version(version, severity)} (now {version})",
        f"- Document (SHA-256): `{digest(old)[:12]}` → `{digest(new)[:12]}`",
        "",
        as_text(findings).rstrip(),
    ]
    if made.aliases:
        lines += ["", "### Deprecated aliases (codegen/overlay.toml)", ""]
        lines += [f"- {alias.message}" for alias in made.aliases]
    notes = made.report.notes()
    if notes:
        lines += ["", "### Left out of the SDK on purpose", "", *(f"- {note}" for note in notes)]
    if doubt:
        lines += ["", "### Second opinion: not the same", "", "```text", doubt, "```"]
    return News(severity, "\n".join(lines) + "\n", fragment(findings))


def test(paths: Sequence[str]) -> int:
    """Run what must hold whatever the document says; the exit status of the first that fails."""
    here = ["--pythonpath", sys.executable]
    for arguments in (
        ["codegen", "check"],
        ["mypy", "--no-error-summary", "src/actuallycare"],
        ["pyright", *here, "src/actuallycare"],
        ["pytest", "-q", "-m", "not slow and not snapshot", *paths],
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
    return hashlib.sha256(dumps(document).encode()).hexdigest()


def _tell(outputs: Path | None, **values: str) -> None:
    if outputs is not None:
        with outputs.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())
