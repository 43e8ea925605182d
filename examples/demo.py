"""Show the SDK at work against a local ActuallyCare, over a real socket: `make demo`.

Starts the sandbox on a free loopback port with a small rate limit. Lists every active listing page
by page, waits when the rate limit is reached, creates, updates, reads and deletes one record, and
shows a typed error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from actuallycare import AsyncActuallyCare, NotFoundError, RetryPolicy

RECORDS, RATE_LIMIT, PAGE = 2_000, "6/2s", 25
console = Console(highlight=False, soft_wrap=True)


class Waits(logging.Handler):
    """Print each wait that the SDK logs, and record its seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def emit(self, record: logging.LogRecord) -> None:
        wait = record.args[-1] if isinstance(record.args, tuple) and record.args else None
        if isinstance(wait, float):
            self.seconds.append(wait)
            console.print(f"      [yellow]429: the limit is reached, waiting {wait:.0f} s[/]")


@contextmanager
def sandbox() -> Generator[dict[str, Any]]:
    """Run a sandbox in another process; yield its address and credentials."""
    command = [sys.executable, "-m", "actuallycare_sandbox", "--port", "0", "--json"]
    command += ["--records", str(RECORDS), "--rate-limit", RATE_LIMIT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit("The sandbox did not start. Its message is above.")
        try:
            yield json.loads(line)
        finally:
            process.terminate()


def step(call: str, outcome: str = "") -> None:
    """Print a call and its result."""
    console.print(f"  [cyan]{call}[/]" + (f"\n      {outcome}" if outcome else ""))


async def list_everything(client: AsyncActuallyCare) -> tuple[int, int]:
    """List every active listing with a progress bar; return the number of items and of pages."""
    step(f"async for page in client.listings.list(status='active', limit={PAGE}).pages()")
    items = pages = 0
    columns = (
        TextColumn("     "),
        BarColumn(30),
        MofNCompleteColumn(),
        TextColumn("listings {task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=None)
        async for page in client.listings.list(status="active", limit=PAGE).pages():
            items, pages = items + len(page), pages + 1
            rate = client.rate_limit
            note = f"[dim]{rate.remaining} of {rate.limit} requests left[/]" if rate else ""
            progress.update(task, completed=items, total=page.meta.total, description=note)
    return items, pages


async def change_one(client: AsyncActuallyCare) -> None:
    """Create, update, read and delete a listing; then read the deleted one."""
    made = await client.listings.create(
        address="1 Demo Street, Tehachapi, CA 93561", list_price=425_000, bedrooms=3
    )
    step("client.listings.create(address=…, list_price=425_000)", f"{made.id}  {made.address}")
    await client.listings.update(made.id, list_price=419_500, status="pending")
    step("client.listings.update(id, list_price=419_500, status='pending')")
    response = await client.listings.with_raw_response.get(made.id)
    step(
        "client.listings.with_raw_response.get(id)",
        f"{response.status_code}  {response.data.status}  {response.data.list_price:,} USD  "
        f"{response.timestamp:%Y-%m-%d %H:%M:%S} UTC",
    )
    await client.listings.delete(made.id)
    step("client.listings.delete(id)")
    try:
        await client.listings.get(made.id)
    except NotFoundError as error:
        step("client.listings.get(id)", f"[red]{type(error).__name__}[/]  {error}")


async def main() -> None:
    """Run the demo."""
    waits = Waits()
    log = logging.getLogger("actuallycare")
    log.addHandler(waits)
    log.setLevel(logging.INFO)
    log.propagate = False
    answers: Counter[int] = Counter()

    async def count(response: httpx.Response) -> None:
        answers[response.status_code] += 1

    started = time.perf_counter()
    with sandbox() as local:
        limit = RATE_LIMIT.replace("/", " requests in ").removesuffix("s")
        console.print(
            f"\n[bold]A local ActuallyCare[/] at {local['base_url']}: {RECORDS:,} records, "
            f"{limit} seconds allowed\n"
        )
        http = httpx.AsyncClient(event_hooks={"response": [count]})
        async with (
            http,
            AsyncActuallyCare(
                local["api_key"],
                base_url=local["base_url"],
                retry=RetryPolicy(max_attempts=10),
                http_client=http,
            ) as client,
        ):
            items, pages = await list_everything(client)
            await change_one(client)
    seconds = time.perf_counter() - started
    statuses = ", ".join(f"{number} × {status}" for status, number in sorted(answers.items()))
    console.print(
        f"\n[bold green]Done[/] in {seconds:.1f} s: {items} listings on {pages} pages, "
        f"{answers.total()} requests ({statuses}), {len(waits.seconds)} waits of "
        f"{sum(waits.seconds):.0f} s in all\n"
    )


if __name__ == "__main__":
    asyncio.run(main())
