"""Load the sandbox with 200 clients for 20 seconds and check every response.

`nox -s sandbox-load`. The sandbox runs in another process, without rate limits, with its state in
memory. Each client has an account of its own, so it knows how many leads a list must contain. It
creates, reads, lists and deletes leads, and lists the shared listings, whose number is constant.
The exit status is 1 after a 5xx, any other undocumented status, a lost connection, a wrong total
or page, or if memory grew after the warm-up. The figures are written to benchmarks/sandbox-load.md.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import platform
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from benchmarks.sandbox_process import Sandbox, sandbox

REPORT = Path(__file__).with_name("sandbox-load.md")
WARM_UP_SECONDS = 5.0
SAMPLE_SECONDS = 0.5
MAX_GROWTH = 0.05
"""Highest acceptable growth of resident memory; the allocator alone causes less."""
MAX_LEADS = 30
"""A client with this many leads deletes one, so that the state does not grow without limit."""
UNLIMITED = "1000000000/1h"
OPTIONS = [
    f"{option}={UNLIMITED}"
    for option in ("--rate-limit", "--login-limit", "--refresh-limit", "--auth-failure-limit")
]


@dataclass(slots=True)
class Figures:
    """Measurements of all clients, from the end of the warm-up unless stated otherwise."""

    statuses: Counter[int] = field(default_factory=Counter[int])
    seconds: list[float] = field(default_factory=list[float])
    unexpected: Counter[str] = field(default_factory=Counter[str])
    """Unexpected statuses and lost connections, the warm-up included."""
    wrong: Counter[str] = field(default_factory=Counter[str])
    """Lists with a wrong total or page, the warm-up included."""
    memory: list[int] = field(default_factory=list[int])
    """Resident bytes of the sandbox: at the end of the warm-up, then every `SAMPLE_SECONDS`."""
    elapsed: float = 0.0

    @property
    def growth(self) -> float:
        """Growth of memory from the first sample to the median of the last quarter."""
        last = self.memory[-max(1, len(self.memory) // 4) :]
        return statistics.median(last) / self.memory[0] - 1


class Client:
    """A user with an account and leads, who sends one request at a time."""

    def __init__(
        self, number: int, session: aiohttp.ClientSession, server: Sandbox, figures: Figures
    ) -> None:
        self._number = number
        self._session = session
        self._server = server
        self._figures = figures
        self._random = random.Random(number)
        self._token = ""
        self._leads: list[str] = []
        self.listings = 0
        self.measuring = False

    async def register(self) -> None:
        """Create the account."""
        account = {
            "email": f"load{self._number}@example.com",
            "username": f"load{self._number}",
            "password": "Sample-Passw0rd",
            "firstName": "Alfa",
            "lastName": "Sample",
        }
        body = await self._request("POST", "/auth/register", 201, json=account, headers={})
        self._token = body["data"]["token"]

    async def work(self, stop: asyncio.Event) -> None:
        """Send requests of every kind until `stop` is set."""
        actions = [self._create, self._read, self._list_leads, self._list_listings, self._delete]
        weights = [4, 6, 6, 2, 2]
        while not stop.is_set():
            action = self._random.choices(actions, weights)[0]
            if len(self._leads) >= MAX_LEADS:
                action = self._delete
            await action()

    async def _create(self) -> None:
        body = await self._request(
            "POST", "/leads", 201, json={"name": f"Alfa Sample{self._number}"}
        )
        if body:
            self._leads.append(body["data"]["id"])

    async def _read(self) -> None:
        if self._leads:
            id = self._random.choice(self._leads)
            body = await self._request("GET", f"/leads/{id}", 200)
            self._check("lead", not body or body["data"]["id"] == id)

    async def _delete(self) -> None:
        if self._leads:
            id = self._leads.pop(self._random.randrange(len(self._leads)))
            await self._request("DELETE", f"/leads/{id}", 200)

    async def _list_leads(self) -> None:
        await self._list("leads", len(self._leads), self._random.choice([1, 7, 25, 100]))

    async def _list_listings(self) -> None:
        headers = {"X-API-Key": self._server.api_key}
        await self._list("listings", self.listings, self._random.choice([10, 100]), headers)

    async def _list(
        self, resource: str, total: int, limit: int, headers: dict[str, str] | None = None
    ) -> None:
        pages = math.ceil(total / limit)
        page = self._random.randint(1, pages + 1)
        path = f"/{resource}?limit={limit}&page={page}"
        body = await self._request("GET", path, 200, headers=headers)
        if not body:
            return
        expected = {
            "page": page,
            "limit": limit,
            "total": total,
            "totalPages": pages,
            "hasMore": page < pages,
        }
        items = min(limit, max(0, total - (page - 1) * limit))
        data = body["data"]
        self._check(resource, data["meta"] == expected and len(data[resource]) == items)

    def _check(self, what: str, correct: bool) -> None:
        if not correct:
            self._figures.wrong[what] += 1

    async def _request(
        self,
        method: str,
        path: str,
        status: int,
        headers: dict[str, str] | None = None,
        **body: Any,
    ) -> dict[str, Any]:
        """Return the decoded body; empty after an unexpected status or a lost connection."""
        if headers is None:
            headers = {"Authorization": f"Bearer {self._token}"}
        started = time.perf_counter()
        try:
            url = self._server.base_url + path
            async with self._session.request(method, url, headers=headers, **body) as response:
                decoded = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self._figures.unexpected[type(error).__name__] += 1
            return {}
        if self.measuring:
            self._figures.seconds.append(time.perf_counter() - started)
            self._figures.statuses[response.status] += 1
        if response.status != status:
            self._figures.unexpected[
                f"{response.status} for {method} {path.partition('?')[0]}"
            ] += 1
            return {}
        return decoded


async def load(server: Sandbox, clients: int, seconds: float) -> Figures:
    """Run the clients for the warm-up and then for `seconds`."""
    figures = Figures()
    connector = aiohttp.TCPConnector(limit=clients)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        # aiohttp would repeat a GET after a lost connection, which would then not be counted.
        session._retry_connection = False
        users = [Client(number, session, server, figures) for number in range(clients)]
        await asyncio.gather(*(user.register() for user in users))
        key = {"X-API-Key": server.api_key}
        async with session.get(f"{server.base_url}/listings", headers=key) as response:
            listings = (await response.json())["data"]["meta"]["total"]
        for user in users:
            user.listings = listings
        stop = asyncio.Event()
        work = [asyncio.create_task(user.work(stop)) for user in users]
        await asyncio.sleep(WARM_UP_SECONDS)
        for user in users:
            user.measuring = True
        started = time.perf_counter()
        process = psutil.Process(server.pid)
        figures.memory.append(process.memory_info().rss)
        while (passed := time.perf_counter() - started) < seconds:
            await asyncio.sleep(min(SAMPLE_SECONDS, seconds - passed))
            figures.memory.append(process.memory_info().rss)
        figures.elapsed = time.perf_counter() - started
        stop.set()
        await asyncio.gather(*work)
    return figures


def problems(figures: Figures) -> list[str]:
    """Return a sentence for each failed check."""
    result = [f"{count} × {what}" for what, count in figures.unexpected.items()]
    result += [f"{count} wrong responses for {what}" for what, count in figures.wrong.items()]
    if figures.growth > MAX_GROWTH:
        result.append(f"memory grew by {figures.growth:.1%} after the warm-up")
    return result


def report(figures: Figures, clients: int) -> str:
    """Return the figures as Markdown."""
    ordered = sorted(figures.seconds)
    percentiles = [ordered[int(p * (len(ordered) - 1))] * 1000 for p in (0.5, 0.95, 0.99)]
    memory = [size / 2**20 for size in figures.memory]
    failed = sum(count for status, count in figures.statuses.items() if status >= 500)
    rows = {
        "clients": f"{clients}, each with an account and one request at a time",
        "measured": f"{figures.elapsed:.1f} s, after {WARM_UP_SECONDS:g} s of warm-up",
        "requests": f"{len(ordered):,} ({len(ordered) / figures.elapsed:,.0f} per second)",
        "statuses": ", ".join(f"{s}: {n:,}" for s, n in sorted(figures.statuses.items())),
        "5xx": f"{failed}",
        "other unexpected statuses, lost connections": f"{figures.unexpected.total()}",
        "wrong totals or pages": f"{figures.wrong.total()}",
        "latency, ms: median, 95 %, 99 %": ", ".join(f"{value:.0f}" for value in percentiles),
        "memory, MiB: after warm-up, highest, at the end": (
            f"{memory[0]:.1f}, {max(memory):.1f}, {memory[-1]:.1f} ({figures.growth:+.1%})"
        ),
        "machine": f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}, {platform.system()}",
        "Python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return (
        "# The sandbox under load\n\n"
        "Written by `nox -s sandbox-load`; server and clients share the machine.\n\n"
        f"| figure | value |\n| --- | --- |\n{table}\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the sandbox, write the report, return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sandbox_load", description=__doc__)
    parser.add_argument("--clients", type=int, default=200, metavar="N")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S")
    parser.add_argument("--report", type=Path, default=REPORT, metavar="FILE")
    options = parser.parse_args(arguments)
    with sandbox(*OPTIONS) as server:
        figures = asyncio.run(load(server, options.clients, options.seconds))
    text = report(figures, options.clients)
    print(text)
    options.report.write_text(text, encoding="utf-8")
    failed = problems(figures)
    for problem in failed:
        print(problem, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
