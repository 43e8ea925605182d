"""Measure clients in alternation (A B C A B C), each in its own process.

Both measurements of a round see the same load of the machine, so their ratio is stable where the
figures themselves are not.
"""

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

from .clients import WITH_FAST_EXTRA
from .fixtures import ROOT
from .prepare import DEFAULT_TEMPLATES_FOLDER, SDK_FOLDER

FAST_EXTRA = Path(sys.prefix) / "fast"
"""Folder with the packages of `pip install actuallycare[fast]`."""

STABLE = 0.02
"""Stop measuring when half the interquartile range is at most this share of the median."""

MAX_SECONDS = 40.0
"""Limit for one measurement, so that all of them take less than ten minutes."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Median and quartiles over the rounds."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(values: Sequence[float]) -> Distribution:
        if len(values) < 2:
            return Distribution(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return Distribution(median, low, high)

    def divided_by(self, divisor: float) -> Distribution:
        return Distribution(self.median / divisor, self.low / divisor, self.high / divisor)


def environment(*, fast_extra: bool = False) -> dict[str, str]:
    """Return variables with which a process imports the generated clients before installed ones."""
    folders = [SDK_FOLDER, DEFAULT_TEMPLATES_FOLDER, ROOT]
    if fast_extra:
        folders.append(FAST_EXTRA)
    path = os.pathsep.join(map(str, folders))
    inherited = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return {**inherited, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def start(module: str, *arguments: str, fast_extra: bool = False) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(fast_extra=fast_extra),
        cwd=ROOT,
    )
    pin_to_core(process.pid, last=module == "benchmarks.worker_process")
    return process


def pin_to_core(pid: int, *, last: bool) -> None:
    """Keep a process on the first or the last core, where the operating system supports it.

    The server and the clients use one each. Otherwise a client that waits for a response may
    continue on another core, with cold caches.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(pid, {cores[-1 if last else 0]})


@contextmanager
def running(
    module: str, *arguments: str, fast_extra: bool = False
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a process and yield it with its first line of output; stop it by closing its stdin."""
    process = start(module, *arguments, fast_extra=fast_extra)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        first_line = process.stdout.readline().strip()
        if not first_line:
            command = " ".join([module, *arguments])
            raise RuntimeError(f"{command} exited with status {process.wait()} before it was ready")
        yield process, first_line
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        process.stdout.close()


class Worker:
    """Runs jobs in a process of `benchmarks.worker_process`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *job: Any) -> dict[str, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker exited with status {self._process.wait()}")
        result: dict[str, float] = json.loads(line)
        return result


@contextmanager
def workers(names: Sequence[str], port: str = "") -> Iterator[dict[str, Worker]]:
    """Start one process for each of the clients or decoders."""
    with ExitStack() as stack:
        arguments = [port] if port else []
        started: dict[str, Worker] = {}
        for name in names:
            process, _ = stack.enter_context(
                running(
                    "benchmarks.worker_process",
                    name,
                    *arguments,
                    fast_extra=name in WITH_FAST_EXTRA,
                )
            )
            started[name] = Worker(process)
        yield started


Samples = dict[str, list[dict[str, float]]]
"""By client, the measurement of each round."""


def interleaved(
    processes: dict[str, Worker], job: Sequence[Any], rounds: int, *, base: str = ""
) -> Samples:
    """Run rounds of A B C A B C.

    With a `base`, up to three times as many until the ratios to it are stable. Fewer, but at least
    five, once `MAX_SECONDS` have passed.
    """
    started = time.monotonic()
    samples: Samples = {name: [] for name in processes}
    for worker in processes.values():
        worker.run(*job)  # fills the caches
    for completed in range(1, 3 * rounds + 1):
        for name, worker in processes.items():
            samples[name].append(worker.run(*job))
        if completed >= rounds and (not base or all(_stable(samples, n, base) for n in samples)):
            break
        if completed >= 5 and time.monotonic() - started > MAX_SECONDS:
            break
    return samples


def ratio(samples: Samples, name: str, base: str, key: str = "cpu") -> Distribution:
    """Return the ratios of `name` to `base` in each round."""
    pairs = zip(samples[name], samples[base], strict=True)
    return Distribution.of([sample[key] / base_sample[key] for sample, base_sample in pairs])


def _stable(samples: Samples, name: str, base: str) -> bool:
    ratios = ratio(samples, name, base)
    return (ratios.high - ratios.low) / 2 <= STABLE * ratios.median


def import_cpu(statement: str, path: Path) -> float:
    """Return the seconds of CPU of a new Python process that runs `statement`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", statement],
        check=True,
        cwd=path,
        env={**environment(), "PYTHONPATH": str(path)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
