"""Run every document, print the tables, and write docs/internals/other-documents.md."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import attrs

from codegen.output.install import FOLDERS

from ..documents import ROOT
from .sources import FOLDER, Source, UnavailableError, obtain, sources
from .table import Totals, report
from .trial import Result, failed, without_security

DOCS = ROOT / "docs" / "internals" / "other-documents.md"
PACKAGES = FOLDER / "packages"
_SHOWN = 3
"""Silent results that are printed of each document; all of them with --only."""


def main() -> int:
    """Run as the options say; the exit status."""
    options = _options()
    shutil.rmtree(PACKAGES, ignore_errors=True)
    PACKAGES.mkdir(parents=True)
    chosen = [s for s in sources() if not options.only or s.title in options.only]
    results = dict[Source, Result]()
    missing = list[str]()
    for source in chosen:
        print(f"{source.title} …", file=sys.stderr, flush=True)
        try:
            document = obtain(source)
        except UnavailableError as error:
            missing.append(f"{source.title} ({source.origin}): {error}")
            continue
        prepared = document if options.security else without_security(document)
        results[source] = _run(prepared, _slug(source.title), options.seconds)
    results = _with_type_errors(results)
    if options.write and not (missing or options.only or options.security):
        head = DOCS.read_text(encoding="utf-8").partition("\n## ")[0]
        DOCS.write_text(f"{head}\n{report(results)}", encoding="utf-8")
    print(report(results))
    for source, result in results.items():
        for line in result.silent[: None if options.only else _SHOWN]:
            print(f"silent: {source.title}: {line}", file=sys.stderr)
    for line in missing:
        print(f"not obtained: {line}", file=sys.stderr)
    print(Totals.of(results.values()))
    return 1 if missing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.codegen.other_documents")
    parser.add_argument(
        "--only", nargs="*", metavar="TITLE", help="these documents; writes nothing"
    )
    parser.add_argument("--seconds", type=float, default=600.0, help="limit for each document")
    parser.add_argument("--security", action="store_true", help="leave their security in")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print only")
    return parser.parse_args()


def _slug(title: str) -> str:
    return "sdk_" + re.sub(r"\W+", "_", title.lower())


def _run(document: dict[str, Any], name: str, limit: float) -> Result:
    """One document in a process of its own, which may fail or be too slow."""
    path = PACKAGES / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    module = f"{__package__}.trial"
    command = [sys.executable, "-m", module, str(path), str(PACKAGES), name]
    started = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return failed(document, f"not finished after {limit:g} s", limit)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return failed(document, last.replace(f"{ROOT}/", ""), time.monotonic() - started)
    return Result(**json.loads(done.stdout.splitlines()[-1]))


def _with_type_errors(results: dict[Source, Result]) -> dict[Source, Result]:
    """The results with the errors of pyright strict, from one run over all packages."""
    names = {_slug(source.title): source for source, r in results.items() if r.accepted}
    config = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [f"{name}/{part}" for name in names for part in FOLDERS],
    }
    if not names:
        return results
    (PACKAGES / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson"]
    env = {**os.environ, "NODE_OPTIONS": "--max-old-space-size=8192"}
    done = subprocess.run(
        [*command, "-p", str(PACKAGES)], capture_output=True, text=True, check=False, env=env
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"pyright failed:\n{done.stdout}{done.stderr}")
    counted = dict(results)
    for diagnostic in json.loads(done.stdout)["generalDiagnostics"]:
        if diagnostic["severity"] == "error":
            name = Path(diagnostic["file"]).relative_to(PACKAGES.resolve()).parts[0]
            result = counted[names[name]]
            counted[names[name]] = attrs.evolve(result, type_errors=result.type_errors + 1)
    return counted


if __name__ == "__main__":
    sys.exit(main())
