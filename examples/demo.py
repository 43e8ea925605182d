"""The main job, against a local ActuallyCare over a real socket: `make demo`.

Starts the sandbox on a free loopback port with a small rate limit, lists every active listing page
by page, is seen to wait out the limit, creates, updates, reads back and deletes one record, and
shows a typed error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from actuallycare import AsyncActuallyCare, NotFoundError, RetryPolicy

RECORDS, RATE_LIMIT, PAGE = 2_000, "12/2s", 25
console = Console(highlight=False)


class Tally(logging.Handler):
    """Counts the SDK's own log: one record for each wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and isinstance(record.args[-1], float):
            self.waits.append(record.args[-1])


@contextmanager
def sandbox() -> Iterator[dict[str, Any]]:
    """A sandbox in a process of its own; what it says of itself."""
    command = [sys.executable, "-m", "actuallycare_sandbox", "--port", "0", "--json"]
    command += ["--records", str(RECORDS), "--rate-limit", RATE_LIMIT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit("The sandbox did not start; its message stands above.")
        try:
            yield json.loads(line)
        finally:
            process.terminate()


def step(call: str, outcome: str = "") -> None:
    """One line: what was called, what came of it."""
    console.print(f"  [cyan]{call}[/]" + (f"\n      → {outcome}" if outcome else ""))


async def list_everything(client: AsyncActuallyCare) -> tuple[int, int]:
    """Every active listing, page by page, with a bar; (items, pages)."""
    items = pages = 0
    columns = (
        TextColumn("     "),
        BarColumn(30),
        MofNCompleteColumn(),
        TextColumn("listings"),
        TimeElapsedColumn(),
        TextColumn("[yellow]{task.description}"),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=None)
        async for page in client.listings.list(status="active", limit=PAGE).pages():
            items, pages = items + len(page), pages + 1
            budget = client.rate_limit
            note = f"budget {budget.remaining}/{budget.limit}" if budget else ""
            if budget and not budget:
                note += ": waiting"
            progress.update(task, completed=items, total=page.meta.total, description=note)
    return items, pages


async def change_one(client: AsyncActuallyCare) -> None:
    """Create, update, read back, delete; then read what is gone."""
    listing = await client.listings.create(
        address="1 Demo Street, Tehachapi, CA 93561", list_price=425_000, bedrooms=3
    )
    step(
        "client.listings.create(…)", f"{listing.id}  {listing.address}  {listing.list_price:,} USD"
    )
    await client.listings.update(listing.id, list_price=419_500, status="pending")
    step("client.listings.update(id, list_price=419_500, status='pending')")
    reply = await client.listings.with_response.get(listing.id)
    step(
        "client.listings.with_response.get(id)",
        f"{reply.status_code}  {reply.data.status}  {reply.data.list_price:,} USD  "
        f"at {reply.timestamp:%H:%M:%S} UTC",
    )
    await client.listings.delete(listing.id)
    step("client.listings.delete(id)")
    try:
        await client.listings.get(listing.id)
    except NotFoundError as error:
        step("client.listings.get(id)", f"[red]{type(error).__name__}[/] {error}")


async def main() -> None:
    """The whole demo."""
    tally = Tally()
    log = logging.getLogger("actuallycare")
    log.addHandler(tally)
    log.setLevel(logging.INFO)
    log.propagate = False
    started = time.perf_counter()
    with sandbox() as local:
        console.print(
            f"\n[bold]A local ActuallyCare[/] at {local['base_url']} with {RECORDS:,} records "
            f"and a limit of {RATE_LIMIT.replace('/', ' requests in ')}\n"
        )
        retry = RetryPolicy(max_attempts=10)
        async with AsyncActuallyCare(
            local["api_key"], base_url=local["base_url"], retry=retry
        ) as client:
            step(f"async for page in client.listings.list(status='active', limit={PAGE}).pages()")
            items, pages = await list_everything(client)
            await change_one(client)
    seconds = time.perf_counter() - started
    waited = sum(tally.waits)
    console.print(
        f"\n[bold green]Done[/] {items} listings on {pages} pages, "
        f"{pages + 5} calls answered, {len(tally.waits)} waits for the rate limit "
        f"({waited:.1f} s), {seconds:.1f} s in all\n"
    )


if __name__ == "__main__":
    asyncio.run(main())
