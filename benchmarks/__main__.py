"""Measure the SDK against other clients, print the tables and write benchmarks/RESULTS.md."""

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
PACKAGES = (
    "httpx",
    "httpx2",
    "aiohttp",
    "anyio",
    "attrs",
    "msgspec",
    "pydantic",
    "requests",
    "openapi-python-client",
)
ROW_HEADING = [
    "| measurement | client | compared with | ratio | quartiles | goal | verdict | median |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
]
WAIT_HEADING = [
    "| 429 with | requested wait | waited | verdict |",
    "| --- | --- | --- | --- |",
]


def rows(smoke: bool) -> Iterator[Row]:
    yield from suite.imports(1 if smoke else 11)
    yield from suite.decoding(1 if smoke else 15, 1 if smoke else 20)
    yield from suite.calls(1 if smoke else 15, 4 if smoke else 160)
    yield from suite.blocking_calls(1 if smoke else 9, 4 if smoke else 160)
    yield from suite.paging(1 if smoke else 6, 0.001 if smoke else suite.DELAY)


def waits(smoke: bool) -> Iterator[Wait]:
    yield from suite.waits_after_429(suite.FORMS[:1] if smoke else suite.FORMS)


def row_line(row: Row) -> str:
    ratio = row.ratio
    cells = [
        row.measurement,
        row.client,
        row.base,
        f"{ratio.median:.2f}",
        f"{ratio.low:.2f}–{ratio.high:.2f}",
        "" if row.goal is None else f"≤ {row.goal:.2f}",
        row.verdict,
        row.absolute,
    ]
    return f"| {' | '.join(cells)} |"


def wait_line(wait: Wait) -> str:
    requested = "backoff" if wait.requested is None else f"{wait.requested:.2f} s"
    return f"| {wait.form} | {requested} | {wait.waited:.2f} s | {wait.verdict} |"


def versions() -> str:
    installed: list[str] = []
    for name in PACKAGES:
        try:
            installed.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            installed.append(f"{name} is not installed")
    return ", ".join(installed)


def printed(lines: Iterator[str]) -> list[str]:
    """Print each line as soon as it is measured; return all of them."""
    result: list[str] = []
    for line in lines:
        print(line, flush=True)
        result.append(line)
    return result


def results(row_lines: list[str], wait_lines: list[str], seconds: float) -> str:
    """Return the text of RESULTS.md."""
    system = f"Python {platform.python_version()} on {platform.system()}, {platform.machine()}"
    lines = [
        "# Results",
        "",
        "Written by `nox -s bench`. [How it is measured](../docs/internals/performance.md).",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {system}. {versions()}.",
        f"One run, {seconds:.0f} s.",
        "",
        *ROW_HEADING,
        *row_lines,
        "",
        *WAIT_HEADING,
        *wait_lines,
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="only check that the benchmarks work")
    options = parser.parse_args()
    started = time.monotonic()
    prepare()
    print("\n".join(ROW_HEADING))
    row_lines = printed(row_line(row) for row in rows(options.smoke))
    print("", *WAIT_HEADING, sep="\n")
    wait_lines = printed(wait_line(wait) for wait in waits(options.smoke))
    seconds = time.monotonic() - started
    print(f"\n{seconds:.0f} s")
    if not options.smoke:
        RESULTS.write_text(results(row_lines, wait_lines, seconds), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
