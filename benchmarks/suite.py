"""The measurements of RESULTS.md: one function for each group of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .blocking_clients import BLOCKING_CLIENTS, THREADS
from .clients import PAGES
from .fixtures import PAGE, ROOT, TOTAL
from .measure import (
    Distribution,
    Samples,
    Worker,
    import_cpu,
    interleaved,
    ratio,
    running,
    workers,
)
from .prepare import DEFAULT_TEMPLATES_FOLDER
from .server import FORMS, wait_headers

DELAY = 0.02
"""Seconds after which the slow server responds."""

FIRST_BACKOFF = (0.05, 0.5)
"""Bounds of the first wait in seconds, if the server asks for none."""

LIMITATION = "documented limitation"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured ratio."""

    measurement: str
    client: str
    base: str
    """What the ratio compares with."""
    ratio: Distribution
    goal: float | None = None
    """Highest acceptable ratio; None for rows that are shown for comparison."""
    absolute: str = ""
    """The client's own figure, for example `530 µs CPU`."""
    limitation: bool = False
    """Whether docs/internals/performance.md explains why this row has no goal."""

    @property
    def verdict(self) -> str:
        if self.limitation:
            return LIMITATION
        if self.goal is None:
            return ""
        # More digits would differ between runs on a shared machine.
        return "reached" if round(self.ratio.median, 2) <= self.goal else "not reached"


def calls(rounds: int, n: int) -> Iterator[Row]:
    """Measure one record, one page and concurrent calls: CPU time of the client against httpx."""
    names = [
        "httpx",
        "actuallycare",
        "actuallycare, stdlib json",
        "actuallycare + aiohttp",
        "actuallycare + httpx2",
        "openapi-python-client",
        "httpx + sniffio",
        "aiohttp",
    ]
    goals = {
        "get": {"actuallycare": 1.0, "actuallycare + aiohttp": 0.35},
        "list_page": {
            "actuallycare": 1.0,
            "actuallycare, stdlib json": 1.25,
            "actuallycare + aiohttp": 0.70,
        },
        "get_concurrently": {"actuallycare": 0.5, "actuallycare + aiohttp": 0.08},
    }
    jobs = {
        "get": ("get one record", n),
        "list_page": (f"list a page of {PAGE}", max(1, n // 4)),
        "get_concurrently": ("50 concurrent calls", max(1, n // 50)),
    }
    with running("benchmarks.server") as (_, port), workers(names, port) as processes:
        for job, (measurement, count) in jobs.items():
            samples = interleaved(processes, [job, count], rounds, base="httpx")
            for name in names[1:]:
                ratios = ratio(samples, name, "httpx")
                goal = goals[job].get(name)
                yield Row(measurement, name, "httpx", ratios, goal, _medians(samples, name))


def blocking_calls(rounds: int, n: int) -> Iterator[Row]:
    """Measure the same with blocking clients: CPU time of the client against httpx.Client."""
    base, *names = BLOCKING_CLIENTS
    goals = {"ActuallyCare": 1.0, "ActuallyCare + aiohttp": 1.0}
    jobs = {
        "get": ("get one record, blocking", n),
        "list_page": (f"list a page of {PAGE}, blocking", max(1, n // 4)),
        "get_in_threads": (f"{THREADS} threads, blocking", max(1, n // 160)),
    }
    with running("benchmarks.server") as (_, port), workers([base, *names], port) as processes:
        for job, (measurement, count) in jobs.items():
            samples = interleaved(processes, [job, count], rounds, base=base)
            for name in names:
                ratios = ratio(samples, name, base)
                goal = None if job == "list_page" else goals.get(name)
                yield Row(measurement, name, base, ratios, goal, _medians(samples, name))


def decoding(rounds: int, n: int) -> Iterator[Row]:
    """Measure decoding of a page from bytes to objects: CPU time and memory."""
    names = [
        "actuallycare",
        "actuallycare, stdlib json",
        "openapi-python-client",
        "pydantic",
        "msgspec",
    ]
    with workers(names) as processes:
        base = "openapi-python-client"
        samples = interleaved(processes, ["decode", n], rounds, base=base)
        full = {base: 0.25, "pydantic": 1.0}
        yield from _decoding_time(f"decode {PAGE} records of 35 fields", samples, full)
        samples = interleaved(processes, ["decode_published", n], rounds, base=base)
        example = f"decode {PAGE} published records, 12 fields"
        yield from _decoding_time(example, samples, {base: 0.2, "pydantic": None})
        sizes = {name: worker.run("memory", 1_000)["bytes"] for name, worker in processes.items()}
        yield from _decoding_memory(sizes)


def _decoding_time(
    measurement: str, samples: Samples, goals: Mapping[str, float | None]
) -> Iterator[Row]:
    for base, goal in goals.items():
        for name in ("actuallycare", "actuallycare, stdlib json"):
            ratios = ratio(samples, name, base)
            limit = goal if name == "actuallycare" else None
            yield Row(measurement, name, base, ratios, limit, _medians(samples, name))
    base = "openapi-python-client"
    ratios = ratio(samples, "msgspec", base)
    yield Row(measurement, "msgspec", base, ratios, absolute=_medians(samples, "msgspec"))


def _decoding_memory(sizes: dict[str, float]) -> Iterator[Row]:
    for name in ("actuallycare", "openapi-python-client", "msgspec"):
        share = Distribution.of([sizes[name] / sizes["pydantic"]])
        goal = 0.55 if name == "actuallycare" else None
        absolute = f"{sizes[name]:,.0f} bytes per record"
        yield Row("memory per record", name, "pydantic", share, goal, absolute)


def imports(rounds: int) -> Iterator[Row]:
    """Measure imports in new processes: CPU time without that of Python itself."""
    base = "import httpx, asyncio, attrs"
    src = ROOT / "src"
    create_client = f"from actuallycare import AsyncActuallyCare; AsyncActuallyCare({'0' * 64!r})"
    cases = {
        ("start Python", ""): ("pass", src),
        ("import", "base"): (base, src),
        ("import", "actuallycare"): ("import actuallycare", src),
        ("import and create a client", "actuallycare"): (create_client, src),
        ("import and create a client", "httpx"): (f"{base}; httpx.AsyncClient()", src),
        ("import", "openapi-python-client"): (
            "import actually_care_api_client",
            DEFAULT_TEMPLATES_FOLDER,
        ),
    }
    for statement, path in cases.values():
        import_cpu(statement, path)  # compiles the modules
    seconds: dict[tuple[str, str], list[float]] = {case: [] for case in cases}
    for _ in range(rounds):
        for case, (statement, path) in cases.items():
            seconds[case].append(import_cpu(statement, path))
    python, base_case, *measured = cases
    for case in measured:
        rows = zip(seconds[case], seconds[base_case], seconds[python], strict=True)
        ratios = [(own - bare) / (other - bare) for own, other, bare in rows]
        median = Distribution.of(seconds[case]).median - Distribution.of(seconds[python]).median
        measurement, client = case
        goal = 1.10 if case == ("import", "actuallycare") else None
        absolute = f"{median * 1e3:.0f} ms CPU"
        yield Row(measurement, client, base, Distribution.of(ratios), goal, absolute)


def paging(rounds: int, delay: float = DELAY) -> Iterator[Row]:
    """Measure lists from a slow server: elapsed time against the latency alone."""
    names = [
        "actuallycare",
        "actuallycare + aiohttp",
        "httpx",
        "httpx + sniffio",
        "aiohttp",
        "openapi-python-client",
    ]
    prefetching = [name for name in names if name not in ("httpx", "openapi-python-client")]
    slow = ["benchmarks.server", "--delay", str(delay)]
    with running(*slow) as (_, port), workers(names, port) as processes:
        yield from _collect(processes, rounds, delay)
        yield from _prefetch({name: processes[name] for name in prefetching}, rounds, delay)


def _collect(processes: dict[str, Worker], rounds: int, delay: float) -> Iterator[Row]:
    measurement = f"collect {TOTAL:,} records, 8 in flight, {delay * 1e3:.0f} ms latency"
    ideal = -(-PAGES // 8) * delay
    samples = interleaved(processes, ["collect", 1], rounds)
    for name in processes:
        elapsed = Distribution.of([sample["elapsed"] for sample in samples[name]])
        yield Row(
            measurement,
            name,
            f"{ideal * 1e3:.0f} ms",
            elapsed.divided_by(ideal),
            goal={"actuallycare": 1.25, "actuallycare + aiohttp": 1.15}.get(name),
            absolute=f"{elapsed.median * 1e3:.0f} ms",
        )


def _prefetch(processes: dict[str, Worker], rounds: int, delay: float) -> Iterator[Row]:
    count = PAGES if rounds > 1 else 5
    for milliseconds, blocking in ((0, False), (10, False), (20, False), (40, False), (20, True)):
        kind = "blocking work" if blocking else "work"
        measurement = (
            f"prefetch one page, {milliseconds} ms of {kind} per page, {delay * 1e3:.0f} ms latency"
        )
        ideal = max(delay, milliseconds / 1e3)
        job = ["prefetch", count, milliseconds, blocking]
        samples = interleaved(processes, job, max(2, rounds // 2))
        for name in processes:
            elapsed = Distribution.of([sample["elapsed"] for sample in samples[name]])
            sdk = name.startswith("actuallycare")
            yield Row(
                measurement,
                name,
                f"{ideal * 1e3:.0f} ms per page",
                elapsed.divided_by(ideal),
                goal=1.10 if sdk and not blocking else None,
                absolute=f"{elapsed.median * 1e3:.1f} ms per page",
                limitation=sdk and blocking,
            )


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a call waited after a 429."""

    form: str
    requested: float | None
    """Seconds; None if the SDK has to choose: the date has passed, so the clocks may differ."""
    waited: float

    @property
    def verdict(self) -> str:
        if self.requested is None:
            least, most = FIRST_BACKOFF
        else:
            # An HTTP date has whole seconds: up to one second less is correct.
            least = self.requested - (1.0 if self.form == "date" else 0.0)
            most = self.requested
        return "reached" if least <= self.waited <= most + 0.1 else "not reached"


def waits_after_429(forms: Sequence[str] = FORMS) -> Iterator[Wait]:
    """Measure how long the SDK waits after a 429, for each form in which it can request that."""
    with running("benchmarks.server") as (_, port), workers(["actuallycare"], port) as processes:
        for form in forms:
            waited = processes["actuallycare"].run("wait_after_429", 1, form)["elapsed"]
            yield Wait(form, wait_headers(form)[1], waited)


def _medians(samples: Samples, name: str) -> str:
    cpu = Distribution.of([sample["cpu"] for sample in samples[name]]).median
    elapsed = Distribution.of([sample["elapsed"] for sample in samples[name]]).median
    return f"{cpu * 1e6:,.0f} µs CPU, {elapsed * 1e6:,.0f} µs elapsed"
