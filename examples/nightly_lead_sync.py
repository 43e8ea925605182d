"""The vendor's tutorial (guides/build-custom-integration): pull new leads, push status changes.

    python nightly_lead_sync.py crm.sqlite

When a lead changes in your own system, set `changed_here = 1`; the next run updates the CRM.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys

from actuallycare import AsyncActuallyCare, NotFoundError, RetryPolicy

SCHEMA = """
CREATE TABLE IF NOT EXISTS leads
(id TEXT PRIMARY KEY, name TEXT, email TEXT, status TEXT, changed_here INTEGER DEFAULT 0);
"""


async def sync(client: AsyncActuallyCare, db: sqlite3.Connection) -> tuple[int, int]:
    """Return the number of leads pulled and of status changes pushed."""
    pushed = 0
    for id, status in db.execute("SELECT id, status FROM leads WHERE changed_here").fetchall():
        try:
            await client.leads.update(id, status=status)
            pushed += 1
        except NotFoundError:
            print(f"lead {id} is gone", file=sys.stderr)
        with db:
            db.execute("UPDATE leads SET changed_here = 0 WHERE id = ?", (id,))
    pulled = 0
    async for lead in client.leads.list(status="new"):
        row = (lead.id, lead.name, lead.email, lead.status)
        with db:
            added = db.execute("INSERT OR IGNORE INTO leads VALUES (?, ?, ?, ?, 0)", row)
        pulled += added.rowcount
    return pulled, pushed


async def main() -> None:
    db = sqlite3.connect(sys.argv[1])
    db.executescript(SCHEMA)
    async with AsyncActuallyCare(retry=RetryPolicy(max_wait=900, max_elapsed=1800)) as client:
        pulled, pushed = await sync(client, db)
    print(f"pulled {pulled} new leads, pushed {pushed} status changes")


if __name__ == "__main__":
    asyncio.run(main())
