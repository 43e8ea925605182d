"""Cancel calls at random times by `asyncio.timeout`, and check that no other call notices.

    python -m tests.soak.cancellations --count 100000

A part of the calls is not cancelled. Each of them must return its own record, without an error: a
connection that a cancelled call has left in the pool would fail it, or answer with the record of
another. Now and then 20 calls at once must be served within two seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import actuallycare as ac
from actuallycare._core.transports import TransportName
from tests.soak.echo_server import echo_server
from tests.soak.measure import FLAT, connections, growth, in_mib, memory

LIBRARIES: tuple[TransportName, ...] = ("httpx", "httpx2", "aiohttp")
TASKS = 40
BATCH = 250
"""Cancellations between two checks."""
KEY = "0123456789abcdef" * 4
_CONCURRENCY = 16
_CLOSING = 16
"""Sockets of cancelled calls that are being closed while others are used."""


@dataclass
class Result:
    """What happened to the calls of one transport."""

    outcomes: Counter[str] = field(default_factory=Counter[str])
    broken: list[str] = field(default_factory=list[str])
    sizes: list[int] = field(default_factory=list[int])
    most_sockets: int = 0
    sockets_left: int = 0
    tasks_left: int = 0

    def wrongs(self) -> list[str]:
        """Return what must not have happened."""
        found = list(self.broken)
        if growth(self.sizes) > FLAT:
            found.append(f"memory grew by {growth(self.sizes):,} bytes")
        if self.most_sockets > _CONCURRENCY + _CLOSING:
            found.append(f"{self.most_sockets} sockets were open at once")
        if self.sockets_left or self.tasks_left:
            found.append(f"{self.sockets_left} sockets and {self.tasks_left} tasks are left")
        return found


class Cancelling:
    """One client whose calls are cancelled."""

    def __init__(self, library: TransportName, port: int, dice: random.Random) -> None:
        self._port = port
        self._dice = dice
        self._numbers = itertools.count()
        self._longest = 0.2
        """Seconds until a call is cancelled, at most; adapted so that about half of them are."""
        self._client = ac.AsyncActuallyCare(
            KEY,
            base_url=f"http://127.0.0.1:{port}/v1",
            transport=library,
            retry=ac.RetryPolicy(max_attempts=1),
            max_concurrency=_CONCURRENCY,
            timeout=10,
        )
        self.result = Result()

    async def run(self, count: int) -> Result:
        """Make calls until so many are cancelled."""
        result = self.result
        async with self._client:
            while result.outcomes["cancelled"] < count:
                await self._batch(min(BATCH, count - result.outcomes["cancelled"]))
                await self._check()
        await asyncio.sleep(0.1)
        result.sockets_left = connections(self._port)
        result.tasks_left = len(asyncio.all_tasks()) - 1
        return result

    async def _batch(self, count: int) -> None:
        outcomes = self.result.outcomes
        before = outcomes.copy()

        async def work() -> None:
            while outcomes["cancelled"] - before["cancelled"] < count:
                await self._call(self._dice.random() * self._longest)
                if outcomes.total() % 50 == 0:
                    self._count_sockets()

        async with asyncio.TaskGroup() as group:
            for _ in range(TASKS):
                group.create_task(work())
        cancelled, served = (outcomes[name] - before[name] for name in ("cancelled", "served"))
        self._longest *= 1.25 if cancelled > served else 0.8

    def _count_sockets(self) -> None:
        self.result.most_sockets = max(self.result.most_sockets, connections(self._port))

    async def _check(self) -> None:
        result = self.result
        begun = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(self._call(None))
        if time.monotonic() - begun > 2:
            result.broken.append(f"20 calls took {time.monotonic() - begun:.1f} s")
        gc.collect()
        result.sizes.append(memory())

    async def _call(self, seconds: float | None) -> None:
        result = self.result
        listings = self._client.listings
        number = str(next(self._numbers))
        expected = f"/v1/listings/{number}"
        try:
            async with asyncio.timeout(seconds):
                if self._dice.random() < 0.3:
                    expected = "/v1/listings"
                    listing = await listings.create(address="1 Sample St", list_price=1)
                else:
                    listing = await listings.get(number)
        except TimeoutError:
            result.outcomes["cancelled"] += 1
        except ac.ActuallyCareError as error:
            result.broken.append(repr(error))
        else:
            result.outcomes["served"] += 1
            if listing.id != expected:
                result.broken.append(f"{expected} was answered with {listing.id}")


def cancel(count: int, seed: int) -> list[str]:
    """Cancel so many calls in total, by each transport; print the figures, return the faults."""
    wrongs: list[str] = []
    for library in LIBRARIES:
        share = -(-count // len(LIBRARIES))
        begun = time.monotonic()
        with echo_server() as port:
            cancelling = Cancelling(library, port, random.Random(seed))
            result = asyncio.run(cancelling.run(share))
        outcomes = result.outcomes
        print(
            f"{library}: {outcomes['cancelled']:,} cancelled and {outcomes['served']:,} served in "
            f"{time.monotonic() - begun:.0f} s; {len(result.broken)} broken; at most "
            f"{result.most_sockets} sockets at once, {result.sockets_left} left; "
            f"tasks left: {result.tasks_left}"
        )
        grown = growth(result.sizes) / 2**20
        print(f"  memory, MiB: {in_mib(result.sizes)}; grown by {grown:.2f} MiB", flush=True)
        wrongs += [f"{library}: {wrong}" for wrong in result.wrongs()]
    return wrongs


def main() -> int:
    """Run it and print the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    given = parser.parse_args()
    print(f"seed {given.seed}")
    wrongs = cancel(given.count, given.seed)
    print(*wrongs[:50], sep="\n")
    print(f"{len(wrongs)} wrong")
    return len(wrongs)


if __name__ == "__main__":
    sys.exit(main() > 0)
