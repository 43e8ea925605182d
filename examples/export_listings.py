"""Export every listing to JSON Lines, with a progress bar. An export that was stopped continues.

    python export_listings.py listings.jsonl

Needs `rich`. Each listing is one line. When the file has lines already, the export continues at the
page of the last one, and leaves out the listings that the file has. Listings that were added in
between are at the head of the list, so a complete copy needs a new file.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import attrs
from rich.progress import Progress

from actuallycare import AsyncActuallyCare, RetryPolicy
from actuallycare.models import Listing

PAGE = 100


def row(listing: Listing) -> dict[str, Any]:
    """Return the fields of a listing as JSON values."""
    fields = attrs.asdict(listing, filter=attrs.filters.exclude("raw", "additional_properties"))
    return {name: value for name, value in fields.items() if value is not None}


def exported(path: Path) -> set[str]:
    """Return the ids in the file; remove an incomplete last line."""
    content = path.read_bytes() if path.exists() else b""
    complete = content[: content.rfind(b"\n") + 1]
    path.write_bytes(complete)
    return {json.loads(line)["id"] for line in complete.splitlines()}


async def main(path: Path) -> None:
    known = exported(path)
    first = max(1, len(known) // PAGE)
    async with AsyncActuallyCare(retry=RetryPolicy.patient()) as client:
        with path.open("a", encoding="utf-8") as file, Progress() as progress:
            task = progress.add_task("listings", total=None, completed=len(known))
            async for page in client.listings.list(limit=PAGE, page=first).pages():
                new = [listing for listing in page if listing.id not in known]
                file.writelines(json.dumps(row(item), default=str) + "\n" for item in new)
                file.flush()
                known.update(item.id for item in new)
                progress.update(task, total=page.meta.total, completed=len(known))
    print(f"{len(known)} listings in {path}")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
