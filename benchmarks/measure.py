"""Interleaved measuring: A B A B, each in its own process; medians, and how far they spread."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .contenders import FAST
from .material import ROOT
from .prepare import OURS, STOCK

EXTRA = Path(sys.prefix) / "fast"
"""What `pip install actuallycare[fast]` brings."""

STABLE = 0.02
"""Half the distance between the quartiles of a ratio, below which more rounds tell no more."""

PATIENCE = 40.0
"""Seconds for one measurement, so that all of them take less than ten minutes."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The median of what each round told, and its quartiles."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(values: Sequence[float]) -> Measure:
        if len(values) < 2:
            return Measure(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return Measure(median, low, high)

    def over(self, factor: float) -> Measure:
        return Measure(self.median / factor, self.low / factor, self.high / factor)


def environment(*, extra: bool = False) -> dict[str, str]:
    """Each worker finds the wide SDK and the stock client before anything that is installed."""
    folders = [OURS, STOCK, ROOT, EXTRA] if extra else [OURS, STOCK, ROOT]
    path = os.pathsep.join(map(str, folders))
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return {**kept, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def start(*arguments: str, extra: bool = False) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(extra=extra),
        cwd=ROOT,
    )
    settle(process.pid, last=arguments[0] == "benchmarks.worker")
    return process


def settle(pid: int, *, last: bool) -> None:
    """Keep the server and the clients to a core each, where that can be said.

    Without it they wander, and a client that waits wakes up on a core that has forgotten it.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(pid, {cores[-1 if last else 0]})


@contextmanager
def running(*arguments: str, extra: bool = False) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A helper process, and the first line that it printed; it ends when its input does."""
    process = start(*arguments, extra=extra)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        first = process.stdout.readline().strip()
        if not first:
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.wait()}")
        yield process, first
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        process.stdout.close()


class Worker:
    """A contender in its process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(self, *job: Any) -> dict[str, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker ended with {self._process.wait()}")
        told: dict[str, float] = json.loads(line)
        return told


@contextmanager
def workers(names: Sequence[str], port: str = "") -> Iterator[dict[str, Worker]]:
    """One process a contender."""
    with ExitStack() as stack:
        more = [port] if port else []
        started: dict[str, Worker] = {}
        for name in names:
            worker = running("benchmarks.worker", name, *more, extra=name in FAST)
            started[name] = Worker(stack.enter_context(worker)[0])
        yield started


Samples = dict[str, list[dict[str, float]]]


def interleaved(
    contenders: dict[str, Worker], job: Sequence[Any], rounds: int, *, base: str = ""
) -> Samples:
    """Rounds of A B C A B C; up to three times as many until the ratios to `base` are stable.

    Fewer, but five at least, once `PATIENCE` is over.
    """
    begun = time.monotonic()
    samples: Samples = {name: [] for name in contenders}
    for worker in contenders.values():
        worker.do(*job)  # once for the caches
    for done in range(1, 3 * rounds + 1):
        for name, worker in contenders.items():
            samples[name].append(worker.do(*job))
        if done >= rounds and (not base or all(_stable(samples, n, base) for n in samples)):
            break
        if done >= 5 and time.monotonic() - begun > PATIENCE:
            break
    return samples


def ratio(samples: Samples, name: str, base: str, key: str = "cpu") -> Measure:
    """The ratio of each round's pair: what slows the machine for a while slows both."""
    pairs = zip(samples[name], samples[base], strict=True)
    return Measure.of([mine[key] / other[key] for mine, other in pairs])


def _stable(samples: Samples, name: str, base: str) -> bool:
    found = ratio(samples, name, base)
    return (found.high - found.low) / 2 <= STABLE * found.median


def import_cpu(statement: str, path: Path) -> float:
    """Seconds of CPU of a new Python that runs `statement`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", statement],
        check=True,
        cwd=path,
        env={**environment(), "PYTHONPATH": str(path)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
