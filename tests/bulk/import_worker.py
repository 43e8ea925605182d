"""Imports numbered rows with a journal.

`python -m tests.bulk.import_worker URL KEY JOURNAL ROWS`
"""

from __future__ import annotations

import asyncio
import sys

from actuallycare import AsyncActuallyCare, bulk


async def main(base_url: str, api_key: str, journal: str, rows: str) -> None:
    async with AsyncActuallyCare(api_key, base_url=base_url, telemetry=False) as client:
        async for _ in bulk.run(
            range(int(rows)),
            lambda row: client.listings.create(address=f"row {row}", list_price=1),
            key=str,
            journal=journal,
        ):
            pass


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
