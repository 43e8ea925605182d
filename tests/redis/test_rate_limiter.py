"""One quota for several limiters, which stand for as many processes, on a real Redis."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from redis.asyncio import Redis

from actuallycare import ConfigurationError, RateLimiter, Response
from actuallycare._core.rate_limit import read_rate_limit
from actuallycare.redis import RedisRateLimiter
from actuallycare.redis.rate_limiter import Permit, observe

NOW = datetime(2026, 6, 11, tzinfo=UTC)
URL = "https://api.example.com/v1"


def reply(remaining: int, reset: int, *, limit: int = 500, status: int = 200) -> Response:
    headers = {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(remaining),
        "RateLimit-Reset": str(reset),
    }
    return Response(status, headers, b"{}")


def limiter(redis: Redis, **options: Any) -> RedisRateLimiter:
    return RedisRateLimiter(redis, base_url=URL, **options)


async def permits(rate_limiter: RateLimiter, most: int, seconds: float) -> int:
    """Return how many of `most` requests may be sent within the time."""
    granted = 0
    try:
        async with asyncio.timeout(seconds):
            for _ in range(most):
                await rate_limiter.acquire()
                granted += 1
    except TimeoutError:
        pass
    return granted


async def grants_only(rate_limiter: RateLimiter, most: int) -> bool:
    """Whether `most` requests may be sent, and not one more."""
    granted = await permits(rate_limiter, most, 10)
    return granted == most and await permits(rate_limiter, 1, 0.3) == 0


async def open_window(rate_limiter: RateLimiter, response: Response) -> None:
    await rate_limiter.acquire()
    rate_limiter.release(response)
    await asyncio.sleep(0.2)  # the report is sent in the background


@pytest.mark.asyncio
async def test_processes_share_the_quota(redis: Redis) -> None:
    first = limiter(redis)
    second: RateLimiter = limiter(redis)
    await open_window(first, reply(10, 60))
    assert await permits(first, 6, 10) == 6
    assert await grants_only(second, 4)


@pytest.mark.asyncio
async def test_only_one_probe_is_sent_into_an_unknown_window(redis: Redis) -> None:
    limiters = [limiter(redis) for _ in range(5)]
    started = time.monotonic()
    counts = await asyncio.gather(*(permits(each, 1, 0.4) for each in limiters))
    # A probe without a response is given up after a second, which a busy machine may lose.
    assert sum(counts) == 1 or time.monotonic() - started >= 1


@pytest.mark.asyncio
async def test_a_probe_without_a_response_lets_the_next_one_go(redis: Redis) -> None:
    first = limiter(redis)
    await first.acquire()
    first.release(None)
    started = time.monotonic()
    await limiter(redis).acquire()
    assert time.monotonic() - started < 2  # the timeout of a probe, and less than a poll


@pytest.mark.asyncio
async def test_permits_in_flight_are_left_out_of_a_window_that_began_early(redis: Redis) -> None:
    first = limiter(redis)
    second = limiter(redis)
    await open_window(first, reply(100, 1))
    await first.acquire()
    # Without responses, and in a task of its own: `release` is about the last permit of its task.
    assert await asyncio.create_task(permits(second, 4, 10)) == 4
    first.release(reply(10, 60))  # of the next window; the server may not have counted the 4
    await asyncio.sleep(0.3)
    await first.acquire()
    assert await grants_only(second, 5)


@pytest.mark.asyncio
async def test_a_429_stops_all_processes_until_its_end(redis: Redis) -> None:
    first = limiter(redis)
    await open_window(first, reply(100, 60))
    await first.acquire()
    first.release(Response(429, {"Retry-After": "60"}, b"{}"))
    await asyncio.sleep(0.05)
    assert await permits(limiter(redis), 1, 0.3) == 0


@pytest.mark.asyncio
async def test_other_programs_behind_the_address_are_noticed(redis: Redis) -> None:
    first = limiter(redis)
    await open_window(first, reply(100, 60))
    await first.acquire()
    first.release(reply(3, 60))
    assert await grants_only(first, 3)


@pytest.mark.asyncio
async def test_a_report_is_sent_when_no_request_follows(redis: Redis) -> None:
    first = limiter(redis)
    await open_window(first, reply(100, 60))
    await first.acquire()
    await asyncio.sleep(0.3)
    first.release(reply(3, 60))
    await first.aclose()
    assert await grants_only(limiter(redis), 3)


@pytest.mark.asyncio
async def test_a_window_that_ends_is_followed_by_the_next(redis: Redis) -> None:
    first = limiter(redis)
    await open_window(first, reply(0, 1))
    started = time.monotonic()
    await limiter(redis).acquire()
    assert time.monotonic() - started > 0.5


@pytest.mark.asyncio
async def test_tasks_are_served_in_order_across_processes(redis: Redis) -> None:
    early = limiter(redis)
    late = limiter(redis)
    await open_window(early, reply(0, 1))
    order: list[str] = []

    async def work(rate_limiter: RateLimiter, name: str) -> None:
        await rate_limiter.acquire()
        order.append(name)
        rate_limiter.release(reply(30 - len(order), 60))

    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(work(early, "early"))
        await asyncio.sleep(0.2)
        for _ in range(10):
            group.create_task(work(late, "late"))
    # The end of the window is probed by one task; afterwards there is room for all.
    assert order[0] == "early"
    assert sorted(order) == ["early"] * 10 + ["late"] * 10


@pytest.mark.asyncio
async def test_too_little_quota_goes_to_those_who_wait_longest(redis: Redis) -> None:
    early = limiter(redis)
    late = limiter(redis)
    await open_window(early, reply(0, 1))
    counts = [0, 0]
    enough = asyncio.Event()

    async def work(index: int, rate_limiter: RateLimiter) -> None:
        await rate_limiter.acquire()
        counts[index] += 1
        if sum(counts) == 8:
            enough.set()
        rate_limiter.release(reply(max(0, 8 - sum(counts)), 60, limit=8))

    tasks = [asyncio.create_task(work(0, early)) for _ in range(8)]
    await asyncio.sleep(0.2)
    tasks += [asyncio.create_task(work(1, late)) for _ in range(8)]
    async with asyncio.timeout(10):
        await enough.wait()
    await asyncio.sleep(0.3)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert counts == [8, 0]


@pytest.mark.asyncio
async def test_batch_work_leaves_the_reserve(redis: Redis) -> None:
    batch = limiter(redis, priority="batch", reserve=0.3)
    await open_window(batch, reply(20, 60, limit=20))
    assert await grants_only(batch, 14)
    assert await grants_only(limiter(redis), 6)


@pytest.mark.asyncio
async def test_batch_work_stays_within_its_share(redis: Redis) -> None:
    batch = limiter(redis, priority="batch", share=0.25)
    await open_window(batch, reply(20, 60, limit=20))
    assert await grants_only(batch, 5)
    assert await grants_only(limiter(redis), 15)


@pytest.mark.asyncio
async def test_a_waiter_that_died_is_forgotten(redis: Redis) -> None:
    dead = limiter(redis)
    await open_window(dead, reply(0, 1))
    assert await permits(dead, 1, 0.1) == 0  # its ticket stays in the queue
    started = time.monotonic()
    await limiter(redis).acquire()
    assert time.monotonic() - started < 6


@pytest.mark.asyncio
async def test_a_permit_is_one_command(redis: Redis) -> None:
    first = limiter(redis)
    await open_window(first, reply(100, 60))
    before = await redis.info("commandstats")
    assert await permits(first, 20, 10) == 20
    after = await redis.info("commandstats")
    calls = after["cmdstat_evalsha"]["calls"] - before["cmdstat_evalsha"]["calls"]
    assert calls == 20


@pytest.mark.asyncio
async def test_keys_expire_and_name_the_api_and_the_address(redis: Redis) -> None:
    first = limiter(redis, address="egress-1")
    await open_window(first, reply(100, 60))
    assert await permits(first, 1, 10) == 1
    keys = await redis.keys("*")
    assert keys
    for key in keys:
        assert key.startswith(b"actuallycare:{https://api.example.com:443|")
        assert 0 < await redis.ttl(key) <= 121
    await limiter(redis, address="egress-2").acquire()  # another quota


@pytest.mark.asyncio
async def test_a_wait_for_the_reset_is_reported_once_for_each_task(redis: Redis) -> None:
    first = limiter(redis)
    waits: list[float] = []
    await first.acquire_reporting(waits.append)
    first.release(reply(0, 2))
    await asyncio.sleep(0.05)
    assert waits == []  # a probe is no wait for the reset

    async def work() -> None:
        await first.acquire_reporting(waits.append)
        first.release(reply(100, 60))

    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        await asyncio.sleep(0.2)  # the first one sleeps
        group.create_task(work())
    assert len(waits) == 2
    assert 1 < waits[1] < waits[0] <= 2


PERMIT = Permit(number=3, granted_at=1_000_000, asked_at=50.0, is_probe=False)


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (reply(7, 60), (7, 500, 3, 1_062_000, 1_059_000)),
        (Response(429, {"Retry-After": "9"}, b""), (0, 0, 3, 1_011_000, 1_008_000)),
        (Response(200, {}, b""), (1e9, 1e9, 3, 1_003_000, 1_000_000)),
        (Response(502, {}, b""), None),
        (None, None),
    ],
)
def test_an_observation_is_in_the_time_of_redis(
    response: Response | None, expected: object
) -> None:
    limit = None if response is None else read_rate_limit(response.headers, now=NOW)
    assert observe(response, limit, PERMIT, now=NOW, monotonic=52.0) == expected


@pytest.mark.parametrize(
    "options", [{"priority": "urgent"}, {"reserve": 1.0}, {"share": 0.0}, {"timeout": 0}]
)
def test_wrong_settings_are_rejected(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        limiter(Redis(), **options)
