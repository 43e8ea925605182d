"""`python -m codegen COMMAND`: the command line; --help lists the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import inferred, project, pull, regenerate, release, vendor
from .diff import command as diff_command
from .generate import FOLDERS
from .refusal import Refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    sub = commands.add_parser("pull", help="fetch the vendor's document into openapi.json")
    pull.add_arguments(sub)
    sub.set_defaults(run=pull.run)

    sub = commands.add_parser("generate", help="write src/actuallycare/api and models")
    _add_document(sub)
    sub.set_defaults(run=_generate)

    sub = commands.add_parser("check", help="compare the committed code with the document")
    _add_document(sub)
    sub.set_defaults(run=_check)

    sub = commands.add_parser("regenerate", help="pull; if it changed: generate, diff, test")
    regenerate.add_arguments(sub)
    sub.set_defaults(run=regenerate.run)

    sub = commands.add_parser("diff", help="what changed between two documents, for callers")
    diff_command.add_arguments(sub)
    sub.set_defaults(run=_diff)

    sub = commands.add_parser("vendor", help="copy the SDK into another one")
    vendor.add_arguments(sub)
    sub.set_defaults(run=vendor.run)

    sub = commands.add_parser("release", help="seal the names that a release promises")
    release.add_arguments(sub)
    sub.set_defaults(run=release.run)

    sub = commands.add_parser("inferred", help="count what openapi.json holds by inference")
    _add_document(sub)
    sub.set_defaults(run=_inferred)

    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def _add_document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--document", type=Path, default=project.DOCUMENT, metavar="FILE", help="openapi.json"
    )


def _generate(options: argparse.Namespace) -> int:
    made = project.normalised(project.load(options.document))
    counts = project.write(made)
    where = project.PACKAGE.relative_to(project.ROOT)
    print(f"{counts} written to {where}/{{{','.join(FOLDERS)}}}")
    for note in made.report.notes():
        print(f"note: {note}")
    return 0


def _check(options: argparse.Namespace) -> int:
    counts, problems = project.compare(project.normalised(project.load(options.document)))
    if not problems:
        print(f"{counts}: the committed code is what openapi.json gives")
        return 0
    print("\n".join(problems), file=sys.stderr)
    print(
        f"{len(problems)} files are not what openapi.json gives. Generated files are never edited: "
        "mend the normaliser, the templates or the overlay, then run `python -m codegen generate`.",
        file=sys.stderr,
    )
    return 1


def _diff(options: argparse.Namespace) -> int:
    return diff_command.run(
        options, lambda path: project.normalised(project.load(path), lenient=True)
    )


def _inferred(options: argparse.Namespace) -> int:
    print(inferred.format_report(inferred.count_inferred(project.load(options.document))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
