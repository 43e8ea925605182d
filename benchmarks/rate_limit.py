"""2,000 requests from 50 tasks against 100 per 2 s: how fast, and how many 429s.

`make bench-rate-limit`. The local ActuallyCare runs in a process of its own. It ends with 1 when a
request is lost, the rate is below 95 % of the allowed one, or there are more 429s than may be: none
with pacing, and without it one a task, all in the first window.
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

LIMIT, WINDOW = 100, 2.0
LEAST = 0.95
"""Of the allowed rate."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run went."""

    name: str
    requests: int
    done: int
    seconds: float
    refused: int
    most_refused: int
    """429s that are still in order."""

    @property
    def share(self) -> float:
        """Of the allowed rate. Over 1 is possible: the last window need not be sat out."""
        return self.requests / self.seconds / (LIMIT / WINDOW)

    @property
    def least_seconds(self) -> float:
        """What fixed windows leave possible."""
        return (-(-self.requests // LIMIT) - 1) * WINDOW

    @property
    def holds(self) -> bool:
        """Whether the run is as it should be."""
        return (
            self.done == self.requests and self.share >= LEAST and self.refused <= self.most_refused
        )

    def __str__(self) -> str:
        return (
            f"{self.name:<16} {self.done:>5}/{self.requests} done in {self.seconds:6.2f} s "
            f"({self.least_seconds:g} s are possible), {self.share:6.1%} of the allowed rate, "
            f"{self.refused} times 429 (at most {self.most_refused})"
            f"{'' if self.holds else '  FAILED'}"
        )


async def run(
    name: str, server: Sandbox, limiter: RateLimiter | None, *, requests: int, tasks: int
) -> Outcome:
    """Send the requests and count what happens."""
    events: Counter[int | None] = Counter()

    def note(event: RetryEvent) -> None:
        events[event.status] += 1

    async with AsyncActuallyCare(
        server.api_key,
        base_url=server.base_url,
        rate_limiter=limiter,
        on_retry=note,
        retry=RetryPolicy(max_attempts=20),
    ) as client:
        numbers: Iterator[int] = iter(range(requests))
        done = 0

        async def work() -> None:
            nonlocal done
            for _ in numbers:
                await client.listings.list(limit=1)
                done += 1

        begun = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(tasks):
                group.create_task(work())
        seconds = time.perf_counter() - begun
    most = 0 if limiter is not None else tasks
    return Outcome(name, requests, done, seconds, events[429], most)


def main() -> int:
    """Both runs, each against a fresh server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--tasks", type=int, default=50)
    given = parser.parse_args()
    bad = 0
    for name, limiter in (("with Pacer()", Pacer()), ("without pacing", None)):
        with sandbox("--rate-limit", f"{LIMIT}/{WINDOW:g}s", "--records", "100") as server:
            outcome = asyncio.run(
                run(name, server, limiter, requests=given.requests, tasks=given.tasks)
            )
        print(outcome, flush=True)
        bad += not outcome.holds
    return bad


if __name__ == "__main__":
    sys.exit(main() > 0)
