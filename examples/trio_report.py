"""The SDK under trio: the value of all listings by status, with one task for each status.

    pip install ./actuallycare trio
    python trio_report.py

The client is the same as under asyncio.
"""

from __future__ import annotations

from typing import get_args

import trio

from actuallycare import AsyncActuallyCare
from actuallycare.models import ListingStatus


async def main() -> None:
    worth: dict[ListingStatus, tuple[int, float]] = {}

    async def add_up(client: AsyncActuallyCare, status: ListingStatus) -> None:
        count = total = 0
        async for listing in client.listings.list(status=status):
            count, total = count + 1, total + (listing.list_price or 0)
        worth[status] = count, total

    with trio.fail_after(120):  # the SDK starts no wait that would end after this deadline
        async with AsyncActuallyCare() as client, trio.open_nursery() as nursery:
            for status in get_args(ListingStatus):
                nursery.start_soon(add_up, client, status)
    for status, (count, total) in sorted(worth.items()):
        print(f"{status:<10} {count:>6} listings {total:>16,.0f} USD")


trio.run(main)
