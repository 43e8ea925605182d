"""Count the machine instructions of one call and of one page with callgrind.

`nox -s bench-instructions` compares them with those in instructions.json and fails if there are
over 5 % more. Unlike times, instruction counts do not depend on the load of the machine. They do
depend on the interpreter, so each version of Python on each architecture has its own figures.
`--record` writes the figures of the interpreter that runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .fixtures import ROOT

RECORDED = Path(__file__).with_name("instructions.json")
TOLERANCE = 0.05
INTERPRETER = f"CPython {sys.version_info.major}.{sys.version_info.minor} {platform.machine()}"
FEW = 10
MANY = 30
WORKLOADS = ("call", "page")
Figures = dict[str, dict[str, int]]
"""By interpreter and workload, the number of instructions."""


def count(valgrind: str, workload: str) -> int:
    """Return the instructions of one unit of the workload.

    The difference of two runs leaves out the start of Python and all that happens once.
    """
    few = _instructions(valgrind, workload, FEW)
    many = _instructions(valgrind, workload, MANY)
    return (many - few) // (MANY - FEW)


def _instructions(valgrind: str, workload: str, times: int) -> int:
    command = [
        valgrind,
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        sys.executable,
        "-m",
        "benchmarks.workloads",
        workload,
        str(times),
    ]
    # A random hash seed changes the collisions in dicts, and with them the count.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    match = re.search(r"Collected : (\d+)", result.stderr)
    if result.returncode or match is None:
        raise RuntimeError(f"{' '.join(command)} failed:\n{result.stderr}")
    return int(match.group(1))


def line(workload: str, counted: int, recorded: int | None) -> str:
    """Return the printed line for one workload."""
    if recorded is None:
        return f"{workload}: {counted:,} instructions, none recorded for {INTERPRETER}"
    change = counted / recorded - 1
    verdict = "  TOO MANY" if change > TOLERANCE else ""
    return f"{workload}: {counted:,} instructions, recorded {recorded:,} ({change:+.1%}){verdict}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.instructions")
    parser.add_argument("--record", action="store_true", help="write the figures that are compared")
    options = parser.parse_args()
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        sys.exit("valgrind was not found. Install it and try again.")
    recorded: Figures = json.loads(RECORDED.read_text(encoding="utf-8"))
    known = recorded.get(INTERPRETER, {})
    counted: dict[str, int] = {}
    for workload in WORKLOADS:
        counted[workload] = count(valgrind, workload)
        print(line(workload, counted[workload], known.get(workload)), flush=True)
    if options.record:
        figures = json.dumps({**recorded, INTERPRETER: counted}, indent=2, sort_keys=True)
        RECORDED.write_text(figures + "\n", encoding="utf-8")
        return 0
    return any(counted[name] > number * (1 + TOLERANCE) for name, number in known.items())


if __name__ == "__main__":
    sys.exit(main())
