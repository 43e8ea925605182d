"""The measurements of the table, one function a group; each gives its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .material import PAGE, ROOT, TOTAL
from .measure import Measure, Samples, import_cpu, interleaved, ratio, running, workers
from .prepare import STOCK
from .server import WAITS, waits

DELAY = 0.02
"""Seconds that the slow server takes for a response."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measured ratio."""

    work: str
    against: str
    measured: Measure
    goal: float | None = None
    """The most that the ratio may be; None for what is shown for comparison."""
    detail: str = ""

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        # Two digits are what a run on a shared machine can tell.
        return "reached" if round(self.measured.median, 2) <= self.goal else "not reached"


def calls(rounds: int, n: int) -> Iterator[Row]:
    """One record, a page, many at once: CPU of the client over that of raw httpx."""
    names = ["httpx", "ours", "ours, stdlib json", "stock", "httpx with sniffio", "raw aiohttp"]
    names += ["ours, aiohttp", "ours, httpx2"]
    goals: dict[str, dict[str, float]] = {
        "get": {"ours": 1.0, "ours, aiohttp": 0.35},
        "page": {"ours": 1.0, "ours, stdlib json": 1.25, "ours, aiohttp": 0.70},
        "at_once": {"ours": 0.5, "ours, aiohttp": 0.08},
    }
    titles = {"get": "get one record", "page": f"page of {PAGE}", "at_once": "50 calls at once"}
    sizes = {"get": n, "page": max(1, n // 4), "at_once": max(1, n // 50)}
    with running("benchmarks.server") as (_, port), workers(names, port) as contenders:
        for work, title in titles.items():
            samples = interleaved(contenders, [work, sizes[work]], rounds, base="httpx")
            for name in names[1:]:
                found = ratio(samples, name, "httpx")
                goal = goals[work].get(name)
                yield Row(f"{title}: {name}", "httpx", found, goal, _each(samples, name))


def decoding(rounds: int, n: int) -> Iterator[Row]:
    """Bytes to typed objects, and what they take in memory."""
    names = ["ours", "ours, stdlib json", "stock", "pydantic", "msgspec"]
    title = f"decode {PAGE} records of 35 fields"
    with workers(names) as contenders:
        samples = interleaved(contenders, ["decode", n], rounds, base="stock")
        for base, goal in (("stock", 0.5), ("pydantic", 0.75)):
            for name in ("ours", "ours, stdlib json"):
                found = ratio(samples, name, base)
                limit = goal if name == "ours" else None
                yield Row(f"{title}: {name}", base, found, limit, _each(samples, name))
        yield Row(f"{title}: msgspec", "stock", ratio(samples, "msgspec", "stock"))
        sizes = {name: worker.do("memory", 1_000)["bytes"] for name, worker in contenders.items()}
        for name in ("ours", "stock", "msgspec"):
            share = sizes[name] / sizes["pydantic"]
            goal_here = 0.5 if name == "ours" else None
            detail = f"{sizes[name]:,.0f} bytes a record"
            yield Row(
                f"memory a record: {name}",
                "pydantic",
                Measure(share, share, share),
                goal_here,
                detail,
            )


def imports(rounds: int) -> Iterator[Row]:
    """CPU over bare Python, of a new process."""
    base = "import httpx, asyncio, attrs"
    src = ROOT / "src"
    cases = {
        "bare": ("pass", src),
        "base": (base, src),
        "import actuallycare": ("import actuallycare", src),
        "import actuallycare and make a client": (
            f"from actuallycare import AsyncActuallyCare; AsyncActuallyCare({'0' * 64!r})",
            src,
        ),
        "make httpx.AsyncClient()": ("import httpx, asyncio, attrs; httpx.AsyncClient()", src),
        "import the stock client": ("import actually_care_api_client", STOCK),
    }
    for statement, path in cases.values():
        import_cpu(statement, path)
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (statement, path) in cases.items():
            taken[name].append(import_cpu(statement, path))
    for name in list(cases)[2:]:
        ratios = [
            (mine - bare) / (theirs - bare)
            for mine, theirs, bare in zip(taken[name], taken["base"], taken["bare"], strict=True)
        ]
        own = Measure.of(taken[name]).median - Measure.of(taken["bare"]).median
        goal = 1.10 if name == "import actuallycare" else None
        yield Row(name, "httpx, asyncio, attrs", Measure.of(ratios), goal, f"{own * 1e3:.0f} ms")


def paging(rounds: int, delay: float = DELAY) -> Iterator[Row]:
    """All records from a slow server, against what the latency alone would take."""
    names = ["ours", "ours, aiohttp", "httpx", "httpx with sniffio", "raw aiohttp", "stock"]
    pages = TOTAL // PAGE
    ideal = -(-pages // 8) * delay
    slow = ["benchmarks.server", "--delay", str(delay)]
    with running(*slow) as (_, port), workers(names, port) as contenders:
        samples = interleaved(contenders, ["collect", 1], rounds)
        for name in names:
            goal = {"ours": 1.25, "ours, aiohttp": 1.15}.get(name)
            took = Measure.of([sample["wall"] for sample in samples[name]])
            title = f"{TOTAL:,} records at {delay * 1e3:.0f} ms, 8 in flight: {name}"
            detail = f"{took.median * 1e3:.0f} ms"
            yield Row(title, f"ideal {ideal * 1e3:.0f} ms", took.over(ideal), goal, detail)
        some = {name: contenders[name] for name in names if name not in ("httpx", "stock")}
        for pause, blocking in ((0, False), (10, False), (20, False), (40, False), (20, True)):
            best = max(delay, pause / 1e3)
            job = ["consume", pages if rounds > 1 else 5, pause, blocking]
            samples = interleaved(some, job, max(2, rounds // 2))
            for name in some:
                took = Measure.of([sample["wall"] for sample in samples[name]])
                kind = "work that awaits nothing" if blocking else "work"
                title = (
                    f"one page ahead, {pause} ms of {kind} a page at {delay * 1e3:.0f} ms: {name}"
                )
                detail = f"{took.median * 1e3:.1f} ms a page"
                goal = 1.10 if name.startswith("ours") and not blocking else None
                yield Row(title, f"{best * 1e3:.0f} ms a page", took.over(best), goal, detail)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a call waited that was refused with 429."""

    form: str
    told: float
    waited: float

    @property
    def verdict(self) -> str:
        # HTTP dates have whole seconds: the rest of the running one may be saved.
        least = self.told - (1.0 if self.form == "date" else 0.0)
        return "reached" if least <= self.waited <= self.told + 0.1 else "not reached"


def refused(forms: Sequence[str] = WAITS) -> Iterator[Wait]:
    """What the SDK waits on a 429, in every form."""
    with running("benchmarks.server") as (_, port), workers(["ours"], port) as contenders:
        for form in forms:
            waited = contenders["ours"].do("wait", 1, form)["wall"]
            yield Wait(form, waits(form)[1], waited)


def _each(samples: Samples, name: str) -> str:
    cpu = Measure.of([sample["cpu"] for sample in samples[name]]).median
    wall = Measure.of([sample["wall"] for sample in samples[name]]).median
    return f"{cpu * 1e6:,.0f} µs CPU, {wall * 1e6:,.0f} µs"
