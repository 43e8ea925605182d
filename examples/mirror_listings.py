"""A worker that mirrors every listing into SQLite by polling. It may be killed at any time.

    python mirror_listings.py mirror.sqlite --every 300

Each page is written in one transaction with its checkpoint, so a killed worker continues where it
stopped. The table `changes` gets one row for each change, never two.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from actuallycare import AsyncActuallyCare, NotFoundError, RetryPolicy

SCHEMA = """
CREATE TABLE IF NOT EXISTS listings (id TEXT PRIMARY KEY, body TEXT NOT NULL, seen_in INTEGER);
CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY, id TEXT NOT NULL, body TEXT);
CREATE TABLE IF NOT EXISTS checkpoint (run INTEGER NOT NULL, page INTEGER NOT NULL);
INSERT INTO checkpoint SELECT 1, 1 WHERE NOT EXISTS (SELECT * FROM checkpoint);
"""
LISTED = 0
"""Page number that marks a list as completely read."""


def open_mirror(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    return db


def keep(db: sqlite3.Connection, run: int, id: str, record: Mapping[str, Any] | None) -> None:
    """Store the current state of a listing, None if it is deleted. The caller commits."""
    body = None if record is None else json.dumps(record, sort_keys=True)
    known = db.execute("SELECT body FROM listings WHERE id = ?", (id,)).fetchone()
    if body is None:
        db.execute("DELETE FROM listings WHERE id = ?", (id,))
    else:
        db.execute("INSERT OR REPLACE INTO listings VALUES (?, ?, ?)", (id, body, run))
    if (known[0] if known else None) != body:
        db.execute("INSERT INTO changes (id, body) VALUES (?, ?)", (id, body))


async def run_once(client: AsyncActuallyCare, db: sqlite3.Connection, *, limit: int = 100) -> None:
    """Finish the run of the checkpoint."""
    run, page = db.execute("SELECT run, page FROM checkpoint").fetchone()
    while page != LISTED:
        listed = await client.listings.list(page=page, limit=limit)
        page = page + 1 if listed.has_more else LISTED
        with db:  # commits, or rolls back
            for listing in listed.items:
                keep(db, run, listing.id, listing.to_dict(mode="json"))
            db.execute("UPDATE checkpoint SET page = ?", (page,))
    # A listing that did not appear is deleted, or moved to an earlier page after other deletions.
    for (id,) in db.execute("SELECT id FROM listings WHERE seen_in < ?", (run,)).fetchall():
        try:
            await client.listings.get(id)
        except NotFoundError:
            with db:
                keep(db, run, id, None)
    with db:
        db.execute("UPDATE checkpoint SET run = run + 1, page = 1")


async def main() -> None:
    options = argparse.ArgumentParser(description="Mirror every listing into SQLite.")
    options.add_argument("path")
    options.add_argument("--every", type=float, help="seconds between runs; default: run once")
    options.add_argument("--limit", type=int, default=100, help="listings for each request")
    given = options.parse_args()
    db = open_mirror(given.path)
    patient = RetryPolicy(max_attempts=20, max_wait=900, max_elapsed=3600)
    async with AsyncActuallyCare(retry=patient) as client:
        while True:
            await run_once(client, db, limit=given.limit)
            if given.every is None:
                return
            await asyncio.sleep(given.every)


if __name__ == "__main__":
    asyncio.run(main())
