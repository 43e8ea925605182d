"""Measure 50 tasks that send 2,000 requests to an API that allows 100 per 2 s.

`nox -s bench-rate-limit`. The sandbox runs in another process. The exit status is 1 if a request is
lost, if the rate is below 95 % of the allowed rate, or if there are too many 429s: with a `Pacer`
any, without it more than one for each task, all of which happen in the first window.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from actuallycare import AsyncActuallyCare, Pacer, RateLimiter, RetryEvent, RetryPolicy
from benchmarks.sandbox_process import Sandbox, sandbox

LIMIT = 100
WINDOW = 2.0
MIN_SHARE = 0.95
"""Lowest acceptable share of the allowed rate."""


@dataclass(frozen=True, slots=True)
class Result:
    """Result of one run."""

    name: str
    requests: int
    completed: int
    seconds: float
    rejected: int
    """Number of 429 responses."""
    max_rejected: int

    @property
    def share(self) -> float:
        """Share of the allowed rate. Above 1 if the run ends before its last window does."""
        return self.requests / self.seconds / (LIMIT / WINDOW)

    @property
    def min_seconds(self) -> float:
        """Shortest possible duration with fixed windows."""
        return (-(-self.requests // LIMIT) - 1) * WINDOW

    @property
    def passed(self) -> bool:
        """Whether no request was lost, the rate was high enough and 429s were few enough."""
        return (
            self.completed == self.requests
            and self.share >= MIN_SHARE
            and self.rejected <= self.max_rejected
        )

    def __str__(self) -> str:
        return (
            f"{self.name:<16} {self.completed:>5}/{self.requests} requests in {self.seconds:.2f} s "
            f"(minimum {self.min_seconds:g} s), {self.share:6.1%} of the allowed rate, "
            f"{self.rejected} × 429 (at most {self.max_rejected})"
            f"{'' if self.passed else '  FAILED'}"
        )


async def run(
    name: str, server: Sandbox, limiter: RateLimiter | None, *, requests: int, tasks: int
) -> Result:
    """Send the requests; count responses and retries."""
    events: Counter[int | None] = Counter()

    def count(event: RetryEvent) -> None:
        events[event.status] += 1

    async with AsyncActuallyCare(
        server.api_key,
        base_url=server.base_url,
        rate_limiter=limiter,
        on_retry=count,
        retry=RetryPolicy(max_attempts=20),
    ) as client:
        numbers: Iterator[int] = iter(range(requests))
        completed = 0

        async def work() -> None:
            nonlocal completed
            for _ in numbers:
                await client.listings.list(limit=1)
                completed += 1

        started = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(tasks):
                group.create_task(work())
        seconds = time.perf_counter() - started
    max_rejected = 0 if limiter is not None else tasks
    return Result(name, requests, completed, seconds, events[429], max_rejected)


def main() -> int:
    """Run with a `Pacer` and without, each against a new server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--tasks", type=int, default=50)
    options = parser.parse_args()
    failures = 0
    for name, limiter in (("with a Pacer", Pacer()), ("without a Pacer", None)):
        with sandbox("--rate-limit", f"{LIMIT}/{WINDOW:g}s", "--records", "100") as server:
            result = asyncio.run(
                run(name, server, limiter, requests=options.requests, tasks=options.tasks)
            )
        print(result, flush=True)
        failures += not result.passed
    return failures


if __name__ == "__main__":
    sys.exit(main() > 0)
