"""One process of `nox -s fleet-bench`: so many tasks, each of which sends so many requests."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time

from redis.asyncio import Redis

from actuallycare import AsyncActuallyCare, RetryEvent, RetryPolicy
from actuallycare.redis import RedisRateLimiter


async def main() -> None:
    """Wait for a line on the standard input, work, and print the times of what happened."""
    tasks, requests = int(sys.argv[1]), int(sys.argv[2])
    finished: list[float] = []
    rejected: list[float] = []

    def on_retry(event: RetryEvent) -> None:
        if event.status == 429:
            rejected.append(time.time())

    redis = Redis.from_url(os.environ["REDIS_URL"])
    policy = RetryPolicy(max_attempts=20, max_elapsed=300)
    async with (
        redis,
        RedisRateLimiter(redis) as limiter,
        AsyncActuallyCare(rate_limiter=limiter, on_retry=on_retry, retry=policy) as client,
    ):
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

        async def work() -> None:
            for _ in range(requests):
                await client.listings.list(limit=1)
                finished.append(time.time())

        async with asyncio.TaskGroup() as group:
            for _ in range(tasks):
                group.create_task(work())
    print(json.dumps({"finished": finished, "rejected": rejected}), flush=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(main())
