"""`python -m codegen pull | generate | check | diff | vendor | inferred`: the command line."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import inferred, pull, vendor
from .diff import command as diff_command
from .document import Json, dumps
from .generate import FOLDERS, Counts, generate
from .names import Lock
from .normalise import Normalised, normalise
from .overlay import load_overlay
from .refusal import Refused
from .swap import differences, swap_in

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "openapi.json"
LOCK = ROOT / "codegen" / "names.lock.json"
OVERLAY = ROOT / "codegen" / "overlay.toml"
PACKAGE = ROOT / "src" / "actuallycare"


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

    sub = commands.add_parser("diff", help="what changed between two documents, for callers")
    diff_command.add_arguments(sub)
    sub.set_defaults(run=_diff)

    sub = commands.add_parser("vendor", help="copy the SDK into another one")
    vendor.add_arguments(sub)
    sub.set_defaults(run=vendor.run)

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
        "--document", type=Path, default=DOCUMENT, metavar="FILE", help="default: openapi.json"
    )


def _generate(options: argparse.Namespace) -> int:
    normalised = _normalised(options.document)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "generated"
        counts = generate(normalised, out)
        swap_in(out, PACKAGE, FOLDERS)
    LOCK.write_text(dumps(normalised.names.to_json()), encoding="utf-8")
    print(f"{_counted(counts)} written to {PACKAGE.relative_to(ROOT)}/{{{','.join(FOLDERS)}}}")
    for note in normalised.report.notes():
        print(f"note: {note}")
    return 0


def _check(options: argparse.Namespace) -> int:
    normalised = _normalised(options.document)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "generated"
        counts = generate(normalised, out)
        problems = differences(out, PACKAGE, FOLDERS)
    if LOCK.read_text(encoding="utf-8") != dumps(normalised.names.to_json()):
        problems.append(f"differs: {LOCK.relative_to(ROOT)}")
    if not problems:
        print(f"{_counted(counts)}: the committed code is what openapi.json gives")
        return 0
    print("\n".join(problems), file=sys.stderr)
    print(
        f"{len(problems)} files are not what openapi.json gives. Generated files are never edited: "
        "mend the normaliser, the templates or the overlay, then run `python -m codegen generate`.",
        file=sys.stderr,
    )
    return 1


def _diff(options: argparse.Namespace) -> int:
    return diff_command.run(options, lambda path: _normalised(path, lenient=True))


def _inferred(options: argparse.Namespace) -> int:
    print(inferred.format_report(inferred.count_inferred(_load(options.document))))
    return 0


def _normalised(path: Path, *, lenient: bool = False) -> Normalised:
    lock: Json = _load(LOCK) if LOCK.exists() else {}
    return normalise(_load(path), load_overlay(OVERLAY), Lock.from_json(lock), lenient=lenient)


def _load(path: Path) -> Json:
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def _counted(counts: Counts) -> str:
    return f"{counts.operations} operations, {counts.models} models, {counts.enums} enums"


if __name__ == "__main__":
    sys.exit(main())
