"""Import 1,000 rows into an API that allows 500 requests per 15 s.

`nox -s bulk-bench`. The sandbox runs in another process. 9 rows are invalid. The exit status is 1
if a row is lost, if a call fails because of the rate limit, or if the rate is below 95 % of the
allowed rate.
"""

from __future__ import annotations

import argparse
import asyncio
import inspect
import sys
import time
from typing import Any

from actuallycare import AsyncActuallyCare, RateLimitError, bulk
from benchmarks.sandbox_process import Sandbox, sandbox

MIN_SHARE = 0.95
"""Lowest acceptable share of the allowed rate."""
Rows = list[dict[str, Any]]


def rows(count: int, invalid: int) -> Rows:
    """Return rows for `listings.create`; the invalid ones have a price below 0."""
    every = count // (invalid + 1) if invalid else count + 1
    bad = {every * (number + 1) for number in range(invalid)}
    return [
        {"address": f"{index} Import Ave", "list_price": -1 if index in bad else 400_000 + index}
        for index in range(count)
    ]


async def import_rows(base_url: str, api_key: str, rows: Rows) -> tuple[int, list[Exception]]:
    created = 0
    errors: list[Exception] = []
    async with AsyncActuallyCare(api_key, base_url=base_url) as client:
        async for result in bulk.run(rows, lambda row: client.listings.create(**row)):
            if result.error:
                errors.append(result.error)
            else:
                created += 1
    return created, errors


def measure(server: Sandbox, count: int, invalid: int, limit: int, window: float) -> bool:
    """Import, print the figures, and return whether they are as promised."""
    started = time.perf_counter()
    created, errors = asyncio.run(
        import_rows(server.base_url, server.api_key, rows(count, invalid))
    )
    seconds = time.perf_counter() - started
    limited = sum(isinstance(error, RateLimitError) for error in errors)
    share = count / seconds / (limit / window)
    code = [line for line in inspect.getsource(import_rows).splitlines() if line.strip()]
    print(f"{count:,} rows at {limit} requests per {window:g} s, {len(code)} lines of code")
    print(f"{created} created, {len(errors)} reported, {limited} RateLimitError")
    minimum = (-(-count // limit) - 1) * window
    print(f"{seconds:.2f} s (minimum {minimum:g} s), {share:.0%} of the allowed rate")
    expected = (count - invalid, invalid, 0)
    return (created, len(errors), limited) == expected and share >= MIN_SHARE


def main() -> int:
    """Run the import against a new sandbox."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--invalid", type=int, default=9)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--window", type=float, default=15.0)
    options = parser.parse_args()
    limit = f"{options.limit}/{options.window:g}s"
    with sandbox("--rate-limit", limit, "--records", "10") as server:
        passed = measure(server, options.rows, options.invalid, options.limit, options.window)
    if not passed:
        print("FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
