"""What a call and a page cost, counted rather than timed: within 5 % of the figures kept here.

A figure that has changed on purpose is kept anew: the failing test prints it.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.performance.work import WORKS

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 0.05
VALGRIND = shutil.which("valgrind")
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
KEPT: dict[str, dict[tuple[str, str], float]] = {
    "3.11": {
        ("call", "functions"): 253,
        ("page", "functions"): 644,
        ("call", "bytes at the peak"): 18_239,
        ("page", "bytes at the peak"): 326_720,
        ("call", "instructions"): 286_686,
        ("page", "instructions"): 2_985_690,
    },
}
"""Each for one call or page; interpreters differ, so each has its own."""


def functions(work: Callable[[int], Callable[[], None]]) -> float:
    """Functions entered, those written in C included."""
    counts: list[int] = []
    work(1)()  # what is loaded on first use
    for times in (10, 20):
        run, count = work(times), 0

        def note(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            run()
        finally:
            sys.setprofile(before)
        counts.append(count)
    return (counts[1] - counts[0]) / 10


def peak(work: Callable[[int], Callable[[], None]]) -> float:
    """The most memory that is in use at once beside what was there."""
    run = work(3)
    run()
    gc.collect()
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def apart(count: str, name: str) -> float:
    """A count made in a process of its own, where no earlier test has left anything behind."""
    code = (
        f"from tests.performance.test_counts import {count}, WORKS; print({count}(WORKS[{name!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    return float(done.stdout)


def instructions(name: str) -> float:
    """Machine instructions, by callgrind."""
    counts: list[int] = []
    for times in (10, 30):
        done = subprocess.run(
            [
                str(VALGRIND),
                "--tool=callgrind",
                "--callgrind-out-file=/dev/null",
                sys.executable,
                "-m",
                "tests.performance.work",
                name,
                str(times),
            ],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        found = re.search(r"Collected : (\d+)", done.stderr)
        assert found is not None, done.stderr
        counts.append(int(found.group(1)))
    return (counts[1] - counts[0]) / 20


def hold(name: str, unit: str, measured: float) -> None:
    kept = KEPT.get(PYTHON, {}).get((name, unit))
    if kept is None:
        pytest.skip(f"no figures are kept for Python {PYTHON}")
    difference = f"{name}: {measured:,.0f} {unit}, kept: {kept:,.0f}"
    assert abs(measured - kept) <= TOLERANCE * kept, difference


@pytest.mark.parametrize("name", WORKS)
def test_the_functions_that_are_called_stay_few(name: str) -> None:
    pytest.importorskip("msgspec")
    hold(name, "functions", apart("functions", name))


@pytest.mark.parametrize("name", WORKS)
def test_the_memory_that_is_used_at_once_stays_small(name: str) -> None:
    pytest.importorskip("msgspec")
    hold(name, "bytes at the peak", apart("peak", name))


@pytest.mark.slow
@pytest.mark.skipif(VALGRIND is None, reason="VALGRIND IS NOT INSTALLED")
@pytest.mark.parametrize("name", WORKS)
def test_the_instructions_stay_few(name: str) -> None:
    pytest.importorskip("msgspec")
    hold(name, "instructions", instructions(name))


def test_doing_more_is_noticed() -> None:
    def twice(times: int) -> Callable[[], None]:
        return WORKS["page"](times * 2)

    once = functions(WORKS["page"])
    assert functions(twice) == pytest.approx(2 * once, rel=0.01)
