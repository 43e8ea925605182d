"""Simulate many workers behind one rate limit on a fake clock: `nox -s fleet-simulation`.

The limiter, its Lua script and the Redis that runs it are the real ones. The clock of the event
loop jumps from timer to timer, and the script reads the time from it instead of from Redis. So
hours pass in seconds, and the same seed gives the same figures. Writes docs/scale.md and its plot.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import selectors
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

import redis
from redis.exceptions import ConnectionError as RedisConnectionError

from actuallycare import Response
from actuallycare._core.clock import override_clock
from actuallycare.redis import RedisRateLimiter
from actuallycare.redis.rate_limiter_script import SCRIPT
from tests.redis.server import redis_server

from .document import write
from .fixtures import ROOT
from .plot import Chart, Series, draw

DOCUMENT = ROOT / "docs" / "scale.md"
PLOT = ROOT / "docs" / "scale-simulation.svg"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
ROUND_TRIP = 0.001
"""Seconds of a call of Redis."""
LATENCY = (0.05, 0.25)
"""Seconds of a request, least and most."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next timer."""

    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(_Skipping(self))

    def time(self) -> float:
        return self.now


class _Skipping(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        self._loop.now += timeout or 0.0
        return super().select(0)


@dataclass
class VirtualClock:
    """The clock of the SDK, from the event loop."""

    loop: VirtualLoop

    def monotonic(self) -> float:
        return self.loop.now

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=self.loop.now)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SimulatedRedis:
    """A client that runs the limiter's script on a real Redis at the virtual time."""

    def __init__(self, client: Any, loop: VirtualLoop) -> None:
        self._client = client
        self._loop = loop
        self.is_away = False
        self.operations: Counter[int] = Counter()
        """By second."""
        timed = SCRIPT.replace("redis.call('TIME')", "{ARGV[#ARGV - 1], ARGV[#ARGV]}")
        assert timed != SCRIPT
        self._script: Any = client.register_script(timed)

    def register_script(self, text: str) -> Any:
        assert text == SCRIPT
        return self._run

    async def _run(self, keys: Sequence[str], values: Sequence[Any]) -> Any:
        self.operations[int(self._loop.now)] += 1
        await asyncio.sleep(ROUND_TRIP)
        if self.is_away:
            raise RedisConnectionError
        time = (int(self._loop.now), int(self._loop.now % 1 * 1_000_000))
        return self._script(keys, [*values, *time])

    async def outage(self, at: float, seconds: float) -> None:
        """Be away for a while, and empty afterwards."""
        await asyncio.sleep(at)
        self.is_away = True
        await asyncio.sleep(seconds)
        self._client.flushall()
        self.is_away = False


@dataclass
class Server:
    """Fixed windows, which begin with the first request after the last one, as the vendor's."""

    loop: VirtualLoop
    limit: int
    window: float
    ends_at: float = -math.inf
    used: int = 0
    accepted: list[int] = field(default_factory=list[int])
    """Accepted requests of each window."""
    rejected: int = 0
    accepted_at: Counter[int] = field(default_factory=Counter[int])
    """By second."""

    def respond(self) -> Response:
        if self.loop.now >= self.ends_at:
            self.ends_at = self.loop.now + self.window
            self.used = 0
            self.accepted.append(0)
        reset = str(math.ceil(self.ends_at - self.loop.now))
        headers = {"RateLimit-Limit": str(self.limit), "RateLimit-Reset": reset}
        if self.used >= self.limit:
            self.rejected += 1
            return Response(429, {**headers, "RateLimit-Remaining": "0", "Retry-After": reset}, b"")
        self.used += 1
        self.accepted[-1] += 1
        self.accepted_at[int(self.loop.now)] += 1
        return Response(200, {**headers, "RateLimit-Remaining": str(self.limit - self.used)}, b"")


@dataclass(frozen=True)
class Fleet:
    """What is simulated."""

    name: str
    processes: int
    tasks: int
    windows: int
    limit: int = 500
    window: float = 900.0
    outage: tuple[float, float] | None = None
    """When Redis is away, and how long."""

    @property
    def workers(self) -> int:
        return self.processes * self.tasks


@dataclass(frozen=True)
class Report:
    """What a simulated fleet did."""

    fleet: Fleet
    accepted: Sequence[int]
    rejected: int
    by_process: Sequence[int]
    by_worker: Sequence[int]
    operations: Counter[int]
    """Of Redis, by second."""
    accepted_at: Counter[int]
    """Accepted requests, by second."""
    seconds: float

    @property
    def mean_operations(self) -> float:
        """Operations of Redis per second."""
        return self.operations.total() / self.seconds

    @property
    def most_operations(self) -> int:
        """Operations of Redis in the busiest second."""
        return max(self.operations.values())

    @property
    def most_after_start(self) -> int:
        """The same without the first minute, in which all workers start at the same time."""
        return max(count for second, count in self.operations.items() if second >= 60)


async def _simulate(fleet: Fleet, loop: VirtualLoop, client: Any, seed: int) -> Report:
    chance = random.Random(seed)
    server = Server(loop, fleet.limit, fleet.window)
    simulated = SimulatedRedis(client, loop)
    done = [[0] * fleet.tasks for _ in range(fleet.processes)]
    is_over = asyncio.Event()

    async def work(process: int, task: int, limiter: RedisRateLimiter) -> None:
        await asyncio.sleep(chance.uniform(0.0, 1.0))
        while True:
            await limiter.acquire()
            await asyncio.sleep(chance.uniform(*LATENCY) / 2)
            response = server.respond()
            if len(server.accepted) > fleet.windows:
                is_over.set()
                return
            await asyncio.sleep(chance.uniform(*LATENCY) / 2)
            limiter.release(response)
            done[process][task] += response.status_code == 200

    jobs: list[asyncio.Task[None]] = []
    if fleet.outage is not None:
        jobs.append(asyncio.create_task(simulated.outage(*fleet.outage)))
    for process in range(fleet.processes):
        limiter = RedisRateLimiter(cast("Any", simulated), base_url="https://api.example.com/v1")
        jobs += [asyncio.create_task(work(process, task, limiter)) for task in range(fleet.tasks)]
    await is_over.wait()
    for job in jobs:
        job.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)
    by_process = [sum(tasks) for tasks in done]
    by_worker = [number for tasks in done for number in tasks]
    return Report(
        fleet,
        server.accepted[: fleet.windows],
        server.rejected,
        by_process,
        by_worker,
        simulated.operations,
        server.accepted_at,
        loop.now,
    )


@contextmanager
def numbered_tickets() -> Iterator[None]:
    """Number the tickets of limiters: their random ones decide the order of equal arrival times."""
    import actuallycare.redis.rate_limiter as module

    numbers = count()
    former = module.token_hex
    module.token_hex = lambda _=None: f"{next(numbers):016x}"
    try:
        yield
    finally:
        module.token_hex = former


def simulate(fleet: Fleet, seed: int = 20) -> Report:
    """Run a fleet."""
    loop = VirtualLoop()
    former = override_clock(VirtualClock(loop))
    try:
        with redis_server() as server, numbered_tickets():
            client = redis.Redis.from_url(server.url)
            with suppress(asyncio.CancelledError):
                return loop.run_until_complete(_simulate(fleet, loop, client, seed))
            raise AssertionError("the simulation was cancelled")
    finally:
        override_clock(former)
        loop.close()


FLEETS = [
    Fleet("200 processes × 50 tasks", 200, 50, windows=20),
    Fleet("10,000 processes × 1 task", 10_000, 1, windows=4),
]
OUTAGE = Fleet(
    "20 processes × 50 tasks, Redis away for 5 s", 20, 50, windows=4, window=15.0, outage=(16.2, 5)
)


def table(reports: Sequence[Report]) -> str:
    """Return the figures as a table of Markdown."""
    rows = [
        (
            "| simulated fleet | windows | permits per window | 429s | permits per worker "
            "| Redis operations per second: mean | busiest second "
            "| busiest after the first minute |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for report in reports:
        fleet = report.fleet
        cells = [
            f"{fleet.name} ({fleet.limit} per {fleet.window:g} s)",
            f"{fleet.windows}",
            _span(report.accepted),
            f"{report.rejected}",
            _span(report.by_worker),
            f"{report.mean_operations:.1f}",
            f"{report.most_operations:,}",
            f"{report.most_after_start:,}" if fleet.window > 60 else "",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _span(numbers: Sequence[int]) -> str:
    least, most = min(numbers), max(numbers)
    return f"{least}" if least == most else f"{least} to {most}"


def charts(reports: Sequence[Report], minutes: int = 60) -> list[Chart]:
    """Return the requests accepted so far, and the busiest second of each minute."""
    accepted = []
    busiest = []
    for report in reports:
        starts = range(0, 60 * minutes, 60)
        sums = [sum(report.accepted_at[at] for at in range(start)) for start in starts]
        most = [max(report.operations[at] for at in range(start, start + 60)) for start in starts]
        accepted.append(Series(report.fleet.name, [*zip(range(minutes), sums, strict=True)]))
        busiest.append(Series(report.fleet.name, [*zip(range(minutes), most, strict=True)]))
    return [
        Chart("Requests accepted", "minutes", accepted),
        Chart("Redis operations in the busiest second", "minutes", busiest, logarithmic=True),
    ]


def main() -> None:
    """Print the figures, and write them and the plot."""
    reports = [simulate(fleet) for fleet in FLEETS]
    text = table([*reports, simulate(OUTAGE)])
    print(text)
    write(text, DOCUMENT, "simulation")
    draw(charts(reports), PLOT)


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    main()
