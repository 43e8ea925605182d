"""`nox -s dialects`: everything that uses a sandbox, against each dialect, with the counts of both.

It ends with 1 if anything failed in either dialect.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actuallycare_sandbox.dialects.dialect import DIALECTS
from actuallycare_sandbox.settings import DIALECT_VARIABLE

SUITES = {  # options of pytest by name; the examples are slow tests
    "integration": ["tests/integration"],
    "examples": ["tests/examples_run", "tests/vendored/test_other_sdk.py"],
    "fault table": ["-m", "not slow", "tests/faults"],
    "webhooks, bulk, telemetry, Redis, docs": [
        "-m",
        "not slow",
        "tests/webhooks",
        "tests/bulk",
        "tests/telemetry",
        "tests/redis",
        "tests/docs",
    ],
}
SOAK = "soak"


@dataclass(frozen=True, slots=True)
class Counts:
    """How the tests of a suite ended."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        others = {"failed": self.failed, "skipped": self.skipped}
        named = [f"{count} {name}" for name, count in others.items() if count]
        return ", ".join([f"{self.passed} passed", *named])


def run_tests(options: Sequence[str], dialect: str) -> Counts:
    """Run pytest with these options and count the tests."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dialect", dialect]
        subprocess.run([*command, f"--junitxml={report}", *options], check=False)
        if not report.exists():
            return Counts(failed=1)
        totals = re.search(r"<testsuite [^>]*>", report.read_text(encoding="utf-8"))
    suite = dict(re.findall(r'(\w+)="(\d+)"', totals[0] if totals else ""))
    failed = int(suite["failures"]) + int(suite["errors"])
    skipped = int(suite["skipped"])
    return Counts(int(suite["tests"]) - failed - skipped, failed, skipped)


def run_soak(seconds: float, dialect: str) -> Counts:
    """Run the soak once."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", "--seconds", str(seconds)],
        env={**os.environ, DIALECT_VARIABLE: dialect},
        check=False,
    )
    return Counts(failed=1) if done.returncode else Counts(passed=1)


def main() -> int:
    """Run every suite and print the table; return the number of failures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of the soak (%(default)s)")
    parser.add_argument("suites", nargs="*", help=f"of {', '.join([*SUITES, SOAK])}; default: all")
    options = parser.parse_args()
    chosen = options.suites or [*SUITES, SOAK]
    results: dict[tuple[str, str], Counts] = {}
    for dialect in DIALECTS:
        for name in chosen:
            print(f"{name}, {dialect} dialect", flush=True)
            if name == SOAK:
                results[name, dialect] = run_soak(options.seconds, dialect)
            else:
                results[name, dialect] = run_tests(SUITES[name], dialect)
    width = max(map(len, chosen))
    print(f"\n{'':<{width}}  " + "".join(f"{dialect:<32}" for dialect in DIALECTS))
    for name in chosen:
        cells = "".join(f"{results[name, dialect]!s:<32}" for dialect in DIALECTS)
        print(f"{name:<{width}}  {cells}".rstrip())
    return sum(counts.failed for counts in results.values())


if __name__ == "__main__":
    sys.exit(main() > 0)
