"""`python -m benchmarks`: measure everything, print the table, write benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from . import suite
from .prepare import prepare
from .suite import Row, Wait

RESULTS = Path(__file__).parent / "RESULTS.md"
SHOWN = (
    "httpx",
    "httpx2",
    "aiohttp",
    "anyio",
    "attrs",
    "msgspec",
    "pydantic",
    "openapi-python-client",
)


def rows(smoke: bool) -> Iterator[Row]:
    yield from suite.imports(1 if smoke else 11)
    yield from suite.decoding(1 if smoke else 15, 1 if smoke else 20)
    yield from suite.calls(1 if smoke else 15, 4 if smoke else 160)
    yield from suite.paging(1 if smoke else 6, 0.001 if smoke else suite.DELAY)


def waits(smoke: bool) -> Iterator[Wait]:
    yield from suite.refused(suite.WAITS[:1] if smoke else suite.WAITS)


def line(row: Row) -> str:
    measured = row.measured
    goal = "" if row.goal is None else f"≤ {row.goal:.2f}"
    cells = [
        row.work,
        row.against,
        f"{measured.median:.2f}",
        f"{measured.low:.2f}–{measured.high:.2f}",
        goal,
        row.verdict,
        row.detail,
    ]
    return f"| {' | '.join(cells)} |"


def wait_line(wait: Wait) -> str:
    return f"| {wait.form} | {wait.told:.2f} s | {wait.waited:.2f} s | {wait.verdict} |"


def versions() -> str:
    found: list[str] = []
    for name in SHOWN:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} is not installed")
    return ", ".join(found)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="only check that all of it works")
    options = parser.parse_args()
    begun = time.monotonic()
    prepare()
    out = [
        "| work | against | ratio | quartiles | goal | verdict | median of ours |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(out))
    for row in rows(options.smoke):
        out.append(line(row))
        print(out[-1], flush=True)
    head = ["| 429 told by | asked | waited | verdict |", "| --- | --- | --- | --- |"]
    print("\n", *head, sep="\n")
    told: list[str] = []
    for wait in waits(options.smoke):
        told.append(wait_line(wait))
        print(told[-1], flush=True)
    took = time.monotonic() - begun
    print(f"\n{took:.0f} s")
    if not options.smoke:
        system = f"Python {platform.python_version()} on {platform.system()}"
        text = [
            "# Results",
            "",
            "Written by `make bench`; see docs/internals/performance.md for what the rows mean.",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, {system}, {platform.machine()}. {versions()}.",
            f"One run, {took:.0f} s.",
            "",
            *out,
            "",
            *head,
            *told,
            "",
        ]
        RESULTS.write_text("\n".join(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
