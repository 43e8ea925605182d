"""How the cost grows with the work: `python -m benchmarks.growth` writes table and plot.

Records of a page, tasks at once, and operations of the document (import and regeneration).
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from .material import BUILD, ROOT, grown_document
from .measure import Worker, import_cpu, running, workers
from .prepare import prepare, regenerate

DOCUMENT = ROOT / "docs" / "internals" / "performance.md"
PLOT = ROOT / "docs" / "internals" / "performance-growth.svg"
SIZES = (1, 10, 100, 1_000)
TIMES = (1, 2, 5, 10)
OPERATIONS = 64
NAMES = ("httpx", "ours", "ours, aiohttp")
Series = dict[str, list[float]]


def cpu(worker: Worker, *job: Any) -> float:
    """Microseconds of CPU for one unit of work: the median of five."""
    worker.do(*job)
    return statistics.median(worker.do(*job)["cpu"] for _ in range(5)) * 1e6


def calls() -> tuple[Series, Series]:
    """Microseconds a page of so many records, and a call of so many tasks at once."""
    pages: Series = {name: [] for name in NAMES}
    tasks: Series = {name: [] for name in NAMES}
    with running("benchmarks.server") as (_, port), workers(NAMES, port) as contenders:
        for size in SIZES:
            for name, worker in contenders.items():
                pages[name].append(cpu(worker, "page", max(3, 100 // size), size))
                tasks[name].append(cpu(worker, "at_once", max(1, 200 // size), size))
    return pages, tasks


def documents() -> tuple[list[float], list[float]]:
    """Milliseconds of CPU to import the SDK and use one resource; seconds to generate it."""
    loading: list[float] = []
    generating: list[float] = []
    use = f"from actuallycare import AsyncActuallyCare; AsyncActuallyCare({'0' * 64!r}).listings"
    for times in TIMES:
        folder = BUILD / f"grown-{times}"
        package = folder / "actuallycare"
        shutil.copytree(ROOT / "src" / "actuallycare", package)
        begun = time.process_time(), time.perf_counter()
        regenerate(grown_document(times), package)
        generating.append(time.perf_counter() - begun[1])
        import_cpu(use, folder)
        taken = [import_cpu(use, folder) - import_cpu("pass", folder) for _ in range(7)]
        loading.append(statistics.median(taken) * 1e3)
    return loading, generating


def table(pages: Series, tasks: Series, loading: list[float], generating: list[float]) -> str:
    lines = ["| records a page | " + " | ".join(f"{n}, µs" for n in NAMES) + " |"]
    lines.append("| ---: |" + " ---: |" * len(NAMES))
    for index, size in enumerate(SIZES):
        cells = [f"{pages[name][index]:,.0f}" for name in NAMES]
        lines.append(f"| {size:,} | {' | '.join(cells)} |")
    lines += ["", "| tasks at once | " + " | ".join(f"{n}, µs a call" for n in NAMES) + " |"]
    lines.append("| ---: |" + " ---: |" * len(NAMES))
    for index, size in enumerate(SIZES):
        cells = [f"{tasks[name][index]:,.0f}" for name in NAMES]
        lines.append(f"| {size:,} | {' | '.join(cells)} |")
    lines += ["", "| operations | import and first resource, ms of CPU | regeneration, s |"]
    lines.append("| ---: | ---: | ---: |")
    for index, times in enumerate(TIMES):
        cells = [f"{loading[index]:.0f}", f"{generating[index]:.1f}"]
        lines.append(f"| {OPERATIONS * times} | {' | '.join(cells)} |")
    return "\n".join(lines)


def plot(pages: Series, tasks: Series, loading: list[float], generating: list[float]) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "actuallycare"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    for name in NAMES:
        axes[0].plot(SIZES, pages[name], marker="o", label=name)
        axes[1].plot(SIZES, tasks[name], marker="o", label=name)
    axes[0].set(title="CPU of a page", xlabel="records", ylabel="µs", xscale="log", yscale="log")
    axes[1].set(
        title="CPU of a call", xlabel="tasks at once", ylabel="µs", xscale="log", yscale="log"
    )
    count = [OPERATIONS * times for times in TIMES]
    axes[2].plot(count, loading, marker="o", label="import, ms of CPU")
    axes[2].plot(count, [s * 1e3 for s in generating], marker="o", label="regeneration, ms")
    axes[2].set(title="Size of the document", xlabel="operations", yscale="log")
    for axis in axes:
        axis.legend()
        axis.grid(alpha=0.3)
    figure.savefig(PLOT, metadata={"Date": None})


def write(text: str, path: Path = DOCUMENT) -> None:
    """Put the table between the two marks of the document."""
    begin, end = "<!-- growth -->", "<!-- /growth -->"
    whole = path.read_text(encoding="utf-8")
    head, _, rest = whole.partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        sys.exit(f"{path} has no place for the table: {begin} … {end}")
    path.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def main() -> None:
    prepare()
    measured = (*calls(), *documents())
    text = table(*measured)
    print(text)
    (BUILD / "growth.json").write_text(json.dumps(measured), encoding="utf-8")
    write(text)
    plot(*measured)


if __name__ == "__main__":
    main()
