"""Measure how the cost grows: `python -m benchmarks.scaling` writes tables and a plot.

It grows with the records of a page, the concurrent calls, and the operations of the document.
"""

from __future__ import annotations

import json
import shutil
import statistics
import time
from dataclasses import asdict, dataclass
from typing import Any

from .document import write
from .fixtures import BUILD, ROOT, operation_count, repeated_document
from .measure import Worker, import_cpu, running, workers
from .prepare import prepare, regenerate

DOCUMENT = ROOT / "docs" / "internals" / "performance.md"
PLOT = ROOT / "docs" / "internals" / "performance-scaling.svg"
SIZES = (1, 10, 100, 1_000)
REPETITIONS = (1, 2, 5, 10)
NAMES = ("httpx", "actuallycare", "actuallycare + aiohttp")
Series = dict[str, list[float]]
"""By client, a figure for each of `SIZES`."""


@dataclass(frozen=True, slots=True)
class Results:
    """All figures, in the order of `SIZES` or `REPETITIONS`."""

    page_microseconds: Series
    call_microseconds: Series
    operations: list[int]
    import_milliseconds: list[float]
    regeneration_seconds: list[float]


def measure() -> Results:
    pages, calls = _calls()
    operations = [operation_count(repeated_document(times)) for times in REPETITIONS]
    importing, regenerating = _documents()
    return Results(pages, calls, operations, importing, regenerating)


def _calls() -> tuple[Series, Series]:
    pages: Series = {name: [] for name in NAMES}
    calls: Series = {name: [] for name in NAMES}
    with running("benchmarks.server") as (_, port), workers(NAMES, port) as processes:
        for size in SIZES:
            for name, worker in processes.items():
                pages[name].append(_cpu(worker, "list_page", max(3, 100 // size), size))
                calls[name].append(_cpu(worker, "get_concurrently", max(1, 200 // size), size))
    return pages, calls


def _cpu(worker: Worker, *job: Any) -> float:
    """Return the microseconds of CPU for one unit of the job: the median of five runs."""
    worker.run(*job)
    return statistics.median(worker.run(*job)["cpu"] for _ in range(5)) * 1e6


def _documents() -> tuple[list[float], list[float]]:
    """Return, for each document, the time of import and first resource, and of regeneration."""
    importing: list[float] = []
    regenerating: list[float] = []
    use = f"from actuallycare import AsyncActuallyCare; AsyncActuallyCare({'0' * 64!r}).listings"
    for times in REPETITIONS:
        folder = BUILD / f"repeated-{times}"
        package = folder / "actuallycare"
        shutil.copytree(ROOT / "src" / "actuallycare", package)
        started = time.perf_counter()
        regenerate(repeated_document(times), package)
        regenerating.append(time.perf_counter() - started)
        import_cpu(use, folder)  # compiles the modules
        seconds = [import_cpu(use, folder) - import_cpu("pass", folder) for _ in range(7)]
        importing.append(statistics.median(seconds) * 1e3)
    return importing, regenerating


def tables(results: Results) -> str:
    units = [f"{name}, µs" for name in NAMES]
    pages = [
        [f"{size:,}", *(f"{results.page_microseconds[name][index]:,.0f}" for name in NAMES)]
        for index, size in enumerate(SIZES)
    ]
    calls = [
        [f"{size:,}", *(f"{results.call_microseconds[name][index]:,.0f}" for name in NAMES)]
        for index, size in enumerate(SIZES)
    ]
    documents = [
        [f"{operations}", f"{importing:.0f}", f"{regenerating:.1f}"]
        for operations, importing, regenerating in zip(
            results.operations,
            results.import_milliseconds,
            results.regeneration_seconds,
            strict=True,
        )
    ]
    heading = ["operations", "import and first resource, ms of CPU", "regeneration, s"]
    return "\n\n".join(
        [
            _table(["records per page", *units], pages),
            _table(["concurrent calls", *(f"{unit} per call" for unit in units)], calls),
            _table(heading, documents),
        ]
    )


def _table(heading: list[str], rows: list[list[str]]) -> str:
    alignment = ["---:"] * len(heading)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heading, alignment, *rows))


def plot(results: Results) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "actuallycare"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    for name in NAMES:
        axes[0].plot(SIZES, results.page_microseconds[name], marker="o", label=name)
        axes[1].plot(SIZES, results.call_microseconds[name], marker="o", label=name)
    regeneration = [seconds * 1e3 for seconds in results.regeneration_seconds]
    axes[2].plot(
        results.operations, results.import_milliseconds, marker="o", label="import, ms of CPU"
    )
    axes[2].plot(results.operations, regeneration, marker="o", label="regeneration, ms")
    logarithmic = {"xscale": "log", "yscale": "log"}
    axes[0].set(title="CPU of a page", xlabel="records", ylabel="µs", **logarithmic)
    axes[1].set(title="CPU of a call", xlabel="concurrent calls", ylabel="µs", **logarithmic)
    axes[2].set(title="Size of the document", xlabel="operations", yscale="log")
    for axis in axes:
        axis.legend()
        axis.grid(alpha=0.3)
    figure.savefig(PLOT, metadata={"Date": None})


def main() -> None:
    prepare()
    results = measure()
    text = tables(results)
    print(text)
    (BUILD / "scaling.json").write_text(json.dumps(asdict(results)), encoding="utf-8")
    write(text, DOCUMENT, "scaling")
    plot(results)


if __name__ == "__main__":
    main()
