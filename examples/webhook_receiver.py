"""Leads in SQLite, kept up to date by webhooks and by polled reconciliation.

    pip install ./actuallycare starlette uvicorn
    WEBHOOK_SECRET=… uvicorn webhook_receiver:app

A delivery reports that a lead changed. Its current state is then requested from the API, so
deliveries may come late, twice or in any order. Reconciliation finds changes whose deliveries never
arrived (vendor page concepts/webhooks).
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actuallycare import ActuallyCareError, AsyncActuallyCare, NotFoundError, models
from actuallycare.webhooks import WebhookEvent
from actuallycare.webhooks.asgi import WebhookReceiver

logger = logging.getLogger(__name__)
RECONCILE_SECONDS = float(os.environ.get("RECONCILE_SECONDS", "3600"))
SCHEMA = """
CREATE TABLE IF NOT EXISTS leads
(id TEXT PRIMARY KEY, name TEXT, email TEXT, status TEXT, changed REAL);
CREATE TABLE IF NOT EXISTS deliveries (key TEXT PRIMARY KEY, since INTEGER, done INTEGER);
"""
db = sqlite3.connect(os.environ.get("LEADS_DB", "leads.sqlite"))
db.executescript(SCHEMA)
client: AsyncActuallyCare


def keep(lead: models.Lead) -> None:
    # A response to reconciliation may be older than the data of a delivery since then.
    changed = lead.updated_at.timestamp() if lead.updated_at else 0
    with db:
        db.execute(
            "INSERT INTO leads VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, email = excluded.email, status = excluded.status, "
            "changed = excluded.changed WHERE excluded.changed >= leads.changed",
            (lead.id, lead.name, lead.email, lead.status, changed),
        )


async def refresh(id: str) -> None:
    """Update one lead from the API."""
    try:
        keep(await client.leads.get(id))
    except NotFoundError:
        with db:
            db.execute("DELETE FROM leads WHERE id = ?", (id,))


async def on_event(event: WebhookEvent) -> None:
    if isinstance(event.data, models.Lead):
        await refresh(event.data.id)


async def reconcile() -> None:
    """Update every lead from the API, with or without a delivery."""
    listed: set[str] = set()
    async for lead in client.leads.list():
        listed.add(lead.id)
        keep(lead)
    for (id,) in db.execute("SELECT id FROM leads").fetchall():
        if id not in listed:
            await refresh(id)


async def reconcile_forever() -> None:
    while True:
        try:
            await reconcile()
        except ActuallyCareError:
            logger.exception("reconciliation failed; it will run again")
        await asyncio.sleep(RECONCILE_SECONDS)


class SqliteLog:
    """Which deliveries were worked on, across restarts; a claim of a dead process lapses."""

    async def acquire(self, key: str) -> bool:
        now = int(time.time())
        with db:
            claimed = db.execute(
                "INSERT INTO deliveries VALUES (?, ?, 0) ON CONFLICT (key) DO UPDATE "
                "SET since = excluded.since WHERE NOT done AND since < excluded.since - 60",
                (key, now),
            )
        return claimed.rowcount == 1

    async def complete(self, key: str, *, done: bool) -> None:
        with db:
            if done:
                db.execute("UPDATE deliveries SET done = 1 WHERE key = ?", (key,))
            else:
                db.execute("DELETE FROM deliveries WHERE key = ?", (key,))


receiver = WebhookReceiver(on_event, os.environ["WEBHOOK_SECRET"].split(), store=SqliteLog())


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncGenerator[None]:
    global client
    async with AsyncActuallyCare() as client, receiver:
        passes = asyncio.create_task(reconcile_forever())
        yield
        passes.cancel()
        with suppress(asyncio.CancelledError):
            await passes


async def leads(_: Request) -> JSONResponse:
    """Return all stored leads."""
    return JSONResponse(db.execute("SELECT * FROM leads ORDER BY id").fetchall())


app = Starlette(
    routes=[Route("/hooks/actuallycare", receiver), Route("/leads", leads)], lifespan=lifespan
)
