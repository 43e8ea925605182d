"""`../nightly_lead_sync.py` with httpx alone, without the SDK. For comparison only: do not copy it.

It does what the SDK does for that program: the envelope, pages, a time limit for each attempt,
waits for the rate limit, retries with backoff and jitter, errors with code and message.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx

SCHEMA = """
CREATE TABLE IF NOT EXISTS leads
(id TEXT PRIMARY KEY, name TEXT, email TEXT, status TEXT, changed_here INTEGER DEFAULT 0);
"""
MAX_ATTEMPTS, MAX_WAIT, MAX_ELAPSED, TIMEOUT = 5, 900.0, 1800.0, 30.0


class ApiError(Exception):
    def __init__(self, status: int, code: str | None, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status


def wait_asked_for(response: httpx.Response) -> float | None:
    for name in ("Retry-After", "RateLimit-Reset"):
        try:
            return float(response.headers[name])
        except (KeyError, ValueError):
            continue
    return None


def backoff(attempt: int) -> float:
    return random.uniform(0.5, 1.0) * min(30.0, 0.5 * 2.0**attempt)


def read(response: httpx.Response) -> Any:
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ApiError(response.status_code, None, f"no envelope: {response.text[:200]}")
    if response.is_success and body.get("success"):
        return body.get("data")
    error = body.get("error")
    if not isinstance(error, dict):
        error = {}
    raise ApiError(response.status_code, error.get("code"), str(error.get("message")))


async def call(http: httpx.AsyncClient, method: str, path: str, **options: Any) -> Any:
    started = time.monotonic()
    for attempt in range(1, MAX_ATTEMPTS + 1):
        wait = backoff(attempt)
        try:
            async with asyncio.timeout(TIMEOUT):
                response = await http.request(method, path, **options)
        except (httpx.TransportError, TimeoutError):
            if attempt == MAX_ATTEMPTS:
                raise
        else:
            if response.status_code == 429:
                wait = wait_asked_for(response) or wait
            elif response.status_code not in (408, 502, 503, 504):
                return read(response)
            too_long = wait > MAX_WAIT or time.monotonic() - started + wait > MAX_ELAPSED
            if attempt == MAX_ATTEMPTS or too_long:
                return read(response)
        await asyncio.sleep(wait)
    raise AssertionError("unreachable")


async def new_leads(http: httpx.AsyncClient) -> AsyncIterator[dict[str, Any]]:
    page = 1
    while True:
        params = {"status": "new", "limit": 100, "page": page}
        data = await call(http, "GET", "/leads", params=params)
        for lead in data["leads"]:
            yield lead
        if not data["leads"] or not data["meta"]["hasMore"]:
            return
        page += 1


async def sync(http: httpx.AsyncClient, db: sqlite3.Connection) -> tuple[int, int]:
    """Return the number of leads pulled and of status changes pushed."""
    pushed = 0
    for id, status in db.execute("SELECT id, status FROM leads WHERE changed_here").fetchall():
        try:
            await call(http, "PUT", f"/leads/{id}", json={"status": status})
            pushed += 1
        except ApiError as error:
            if error.status != 404:
                raise
            print(f"lead {id} is gone", file=sys.stderr)
        with db:
            db.execute("UPDATE leads SET changed_here = 0 WHERE id = ?", (id,))
    pulled = 0
    async for lead in new_leads(http):
        row = (lead["id"], lead.get("name"), lead.get("email"), lead.get("status"))
        with db:
            added = db.execute("INSERT OR IGNORE INTO leads VALUES (?, ?, ?, ?, 0)", row)
        pulled += added.rowcount
    return pulled, pushed


async def main() -> None:
    db = sqlite3.connect(sys.argv[1])
    db.executescript(SCHEMA)
    key = os.environ["ACTUALLYCARE_API_KEY"]
    base_url = os.environ.get("ACTUALLYCARE_BASE_URL", "https://api.actuallycare.com/v1")
    async with httpx.AsyncClient(base_url=base_url, headers={"X-API-Key": key}) as http:
        pulled, pushed = await sync(http, db)
    print(f"pulled {pulled} new leads, pushed {pushed} status changes")


if __name__ == "__main__":
    asyncio.run(main())
