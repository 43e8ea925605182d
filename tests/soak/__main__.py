"""`nox -s soak`: rounds of calls against the local ActuallyCare while it misbehaves at random.

After each round every attempt is compared with the server's own log, and what was created is
counted. It ends with 1 at anything lost, sent twice that must not be, or ended wrongly, when memory
grows, or when sockets exceed the limit or stay. Afterwards calls are cancelled at random times; see
`cancellations.py`, which by itself cancels 100,000.
"""

from __future__ import annotations

import argparse
import asyncio
import contextvars
import gc
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx
from attrs import evolve
from benchmarks.sandbox_process import Sandbox, sandbox

import actuallycare as ac
from actuallycare._core.transports.httpx import HttpxTransport
from actuallycare.client import MAX_CONCURRENCY
from tests.soak.cancellations import cancel
from tests.soak.measure import FLAT, connections, growth, in_mib, memory
from tests.soak.reconciliation import (
    MARK,
    Attempt,
    Ended,
    Ledger,
    is_success,
    wrongs_of_arrivals,
    wrongs_of_calls,
    wrongs_of_effects,
)

ATTEMPTS = 4
TASKS = 40
CALLS = 240
"""Calls of a round; their attempts fit into the server's log, which keeps 1,000."""
TIMEOUT = 0.5
SOCKETS = MAX_CONCURRENCY + 1
"""One for each request under way, and that of the soak's own questions."""
CANCELLED = 0.05
"""Of the calls."""
CANCELLATIONS = 50
"""Calls to cancel afterwards, for each second of the soak."""

_call: contextvars.ContextVar[int] = contextvars.ContextVar("call")


class Noting:
    """Notes each attempt on its way through the SDK's own transport."""

    def __init__(self) -> None:
        self._inner = HttpxTransport()
        self._numbers = itertools.count()
        self.ledger = Ledger()

    async def send(self, request: ac.Request) -> ac.Response:
        mark = str(next(self._numbers))
        attempt = Attempt(mark, _call.get(-1), request.method, request.url)
        self.ledger.attempts[mark] = attempt
        marked = evolve(request, headers={**request.headers, MARK: mark})
        try:
            response = await self._inner.send(marked)
        except ac.APIConnectionError as error:
            attempt.error = error
            raise
        attempt.status = response.status_code
        attempt.whole = is_success(response.content)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass(slots=True)
class Totals:
    """The totals that are printed at the end."""

    rounds: int = 0
    calls: int = 0
    attempts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter[str])
    wrongs: list[str] = field(default_factory=list[str])
    memory: list[int] = field(default_factory=list[int])
    most_sockets: int = 0


def faults(dice: random.Random) -> list[dict[str, Any]]:
    """What goes wrong in a round."""
    kinds = ["status"] * 4 + ["html", "drop", "drop_after", "truncate", "latency", "latency"]
    made: list[dict[str, Any]] = []
    for _ in range(60):
        kind = dice.choice(kinds)
        fault: dict[str, Any] = {"kind": kind, "skip": dice.randrange(CALLS), "times": 1}
        if dice.random() < 0.5:
            fault["method"] = dice.choice(["GET", "POST", "PUT", "DELETE"])
            fault["skip"] //= 4
        if kind in ("status", "html"):
            fault["status"] = dice.choice([400, 404, 408, 429, 429, 500, 502, 503, 504, 520])
            if fault["status"] == 429:
                fault["retry_after"] = dice.choice([0, 0, 0, 1, 900])
            if kind == "html" and dice.random() < 0.3:
                fault["status"] = 200
        if kind == "truncate":
            fault["bytes"] = dice.choice([0, 1, 40])
        if kind == "latency":
            fault["seconds"] = dice.choice([0.02, 0.1, TIMEOUT * 1.5])
        fault["times"] = dice.choice([1, 1, 2, 6])
        made.append(fault)
    return made


class Soak:
    """One client, one server, many rounds."""

    def __init__(self, server: Sandbox, dice: random.Random) -> None:
        self._server, self._dice = server, dice
        self._control = httpx.AsyncClient(base_url=f"{server.origin}/_sandbox", timeout=30)
        self._noting = Noting()
        self._client = self._connect(self._noting)
        self._calls = itertools.count()
        self._created: dict[str, bool] = {}
        self.totals = Totals()

    def _connect(self, transport: Noting) -> ac.AsyncActuallyCare:
        return ac.AsyncActuallyCare(
            self._server.api_key,
            base_url=self._server.base_url,
            transport=transport,
            timeout=TIMEOUT,
            retry=ac.RetryPolicy(max_attempts=ATTEMPTS, backoff_base=0.01, max_wait=1),
        )

    async def run(self, seconds: float) -> Totals:
        """Rounds until the time is over."""
        ends = time.monotonic() + seconds
        async with self._control, self._client:
            while time.monotonic() < ends:
                await self._round()
            await self._noting.aclose()
        return self.totals

    async def _round(self) -> None:
        await self._control.post("/reset", json={})
        await self._control.delete("/requests")
        page = await self._client.clients.list(limit=50)
        ids = [record.id for record in page.items]
        self._noting.ledger, self._created = Ledger(), {}
        await self._control.delete("/requests")
        await self._control.post("/faults", json=faults(self._dice))
        calls = iter(range(CALLS))

        async def work() -> None:
            for _ in calls:
                await self._one(ids)
                self._count_sockets()

        async with asyncio.TaskGroup() as group:
            for _ in range(TASKS):
                group.create_task(work())
        await self._control.delete("/faults")
        await self._reconcile()

    async def _one(self, ids: list[str]) -> None:
        number = next(self._calls)
        _call.set(number)
        make = self._choose(number, ids)
        end = Ended(number)
        patience = self._dice.random() * 0.05 if self._dice.random() < CANCELLED else None
        end.hurried = patience is not None
        with anyio.move_on_after(patience) as scope:
            try:
                await make()
            except ac.ActuallyCareError as error:
                end.error = error
        end.cancelled = scope.cancelled_caught
        self._noting.ledger.ends.append(end)
        name = f"soak-{number}"
        if name in self._created:
            self._created[name] = not end.cancelled and end.error is None
        outcome = (
            "cancelled" if end.cancelled else type(end.error).__name__ if end.error else "done"
        )
        self.totals.outcomes[outcome] += 1

    def _choose(self, number: int, ids: list[str]) -> Callable[[], Awaitable[Any]]:
        clients, name = self._client.clients, f"soak-{number}"
        kind = self._dice.choice(["get", "get", "list", "pages", "create", "create", "update"])
        if kind == "get":
            return lambda: clients.get(self._dice.choice(ids))
        if kind == "list":
            return lambda: clients.list(limit=20).fetch(1)
        if kind == "pages":
            return lambda: clients.list(limit=50).collect(limit=150)
        if kind == "update":
            return lambda: clients.update(self._dice.choice(ids), notes=name)
        self._created[name] = False
        return lambda: clients.create(first_name=name, last_name="Soak", client_type="buyer")

    def _count_sockets(self) -> None:
        used = connections(_port(self._server))
        self.totals.most_sockets = max(self.totals.most_sockets, used)

    async def _reconcile(self) -> None:
        ledger, totals = self._noting.ledger, self.totals
        # What the client gave up the server may still be at.
        await asyncio.sleep(TIMEOUT)
        log = (await self._control.get("/requests")).json()["requests"]
        wrongs = [
            *wrongs_of_calls(ledger, most=ATTEMPTS),
            *wrongs_of_arrivals(ledger, log),
            *wrongs_of_effects(await self._made(), self._created),
        ]
        totals.rounds += 1
        totals.calls += len(ledger.ends)
        totals.attempts += len(ledger.attempts)
        totals.wrongs += [f"round {totals.rounds}: {wrong}" for wrong in wrongs]
        del ledger, log
        self._noting.ledger = Ledger()
        gc.collect()
        totals.memory.append(memory())

    async def _made(self) -> Counter[str]:
        """The records that the round made, by name."""
        found: Counter[str] = Counter()
        async for record in self._client.clients.list(limit=100):
            if record.last_name == "Soak":
                found[record.first_name or ""] += 1
        return found


def _port(server: Sandbox) -> int:
    return int(server.origin.rsplit(":", 1)[1])


def main() -> int:
    """Run it and print the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    given = parser.parse_args()
    options = ("--records", "600", "--rate-limit", "1000000/15m")

    async def soak() -> tuple[Totals, int]:
        totals = await Soak(server, random.Random(given.seed)).run(given.seconds)
        return totals, len(asyncio.all_tasks()) - 1

    with sandbox(*options) as server:
        totals, tasks = asyncio.run(soak())
        sockets = connections(_port(server))
    grown = growth(totals.memory)
    print(f"seed {given.seed}: {totals.rounds} rounds, {totals.calls} calls, ", end="")
    print(f"{totals.attempts} attempts in {given.seconds:g} s")
    print(", ".join(f"{name} {count}" for name, count in totals.outcomes.most_common()))
    print(f"sockets: at most {totals.most_sockets} at once, {sockets} left; tasks left: {tasks}")
    shown = in_mib(totals.memory)
    print(f"memory after each part, MiB: {shown}; grown by {grown / 2**20:.2f} MiB")
    wrongs = list(totals.wrongs)
    if grown > FLAT:
        wrongs.append(f"memory grew by {grown:,} bytes")
    if totals.most_sockets > SOCKETS or sockets or tasks:
        wrongs.append("sockets or tasks are left, or there were too many")
    wrongs += cancel(int(given.seconds * CANCELLATIONS), given.seed)
    print(*wrongs[:50], sep="\n")
    print(f"{len(wrongs)} wrong")
    return len(wrongs)


if __name__ == "__main__":
    sys.exit(main() > 0)
