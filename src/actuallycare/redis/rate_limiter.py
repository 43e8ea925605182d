"""Rate limiter: one quota for all processes behind one address.

`acquire` runs one script, which grants a permit or returns how long to wait. `release` keeps what a
response reports, and the next `acquire` sends it with its own request. It is sent by itself if
other processes wait for it, or if nothing has been sent for `_REPORT_INTERVAL`.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import datetime
from secrets import token_hex
from typing import Final, Literal, Self, TypeAlias

import anyio
from attrs import define, evolve, field, frozen
from redis.asyncio import Redis, RedisCluster

from .._core.clock import SystemClock
from .._core.errors import ConfigurationError
from .._core.http import Response
from .._core.rate_limit import RateLimit, read_rate_limit
from .._core.retry.rate_limiter import RESET_ROUNDING, Pacer, quota_from_response
from .._core.settings import validate_share
from .commands import RedisCommands, RedisUnavailableError, key_prefix
from .rate_limiter_script import REPORT_ONLY, SCRIPT

_REPORT_INTERVAL = 0.25
_FALLBACK_CONCURRENCY = 2
"""Requests in flight for each process without Redis. Each response then shows in time how many
requests the other processes have left; otherwise each would send as many as are left for all."""
_FALLBACK_RESERVE = 0.1
"""Share of the quota that is left unused without Redis: the requests in flight of other processes
are in no response yet."""
_UNLIMITED = 1e9
"""Requests that may be sent when the server reports no limit."""

Observation: TypeAlias = tuple[float, float, int, int, int]
"""Requests left, the window's limit, number of the permit, latest and earliest end (Redis's ms)."""
NOTHING_REPORTED: Final[Observation] = (0, 0, 0, -1, -1)
"""A window before all others."""


@frozen
class Permit:
    """Permission to send one request."""

    number: int
    """Number of permits that Redis has granted, this one included."""
    granted_at: int
    """Milliseconds of Redis's clock."""
    asked_at: float
    """Monotonic time before the permit was requested, in seconds."""
    is_probe: bool
    """Whether nothing was known of the window."""


_permit: ContextVar[Permit | None] = ContextVar("actuallycare_redis_permit", default=None)
"""The permit of this task's attempt; None when Redis was unavailable."""


def observe(
    response: Response | None,
    limit: RateLimit | None,
    permit: Permit,
    *,
    now: datetime,
    monotonic: float,
) -> Observation | None:
    """Return what the end of a request reports about the window; None for nothing."""
    remaining, seconds = quota_from_response(response, limit, now)
    if seconds is None:
        return None
    # Redis granted the permit after `asked_at`, so this is the latest time by its clock.
    received_at = permit.granted_at + (monotonic - permit.asked_at) * 1000
    ends_at = math.ceil(received_at + seconds * 1000)
    lasts_until = math.floor(permit.granted_at + max(0.0, seconds - RESET_ROUNDING) * 1000)
    left = min(remaining, _UNLIMITED)
    return (left, left if limit is None else limit.limit, permit.number, ends_at, lasts_until)


def _without_reserve(limit: RateLimit | None) -> RateLimit | None:
    if limit is None:
        return None
    reserve = math.ceil(limit.limit * _FALLBACK_RESERVE)
    return evolve(limit, remaining=max(0, limit.remaining - reserve))


@define(eq=False)
class _WaitingTask:
    """A task that waits for a permit."""

    on_wait: Callable[[float], None]
    arrived_at: float
    """Monotonic time."""
    name: str = field(factory=lambda: token_hex(8))
    """Its name in the queue."""
    _is_reported: bool = False

    def report_wait(self, seconds: float) -> None:
        """Call `on_wait`, the first time only: a wait for the reset is several sleeps."""
        if not self._is_reported:
            self._is_reported = True
            self.on_wait(seconds)


class RedisRateLimiter:
    """A `RateLimiter` for all processes behind one address: pass it as `rate_limiter=`.

    Requests are sent in the order in which tasks asked, across processes. The vendor's headers and
    each 429 correct the shared count. Waiting is limited only by the caller's deadline.

    Args:
        client: a client of `redis.asyncio`.
        address: name of the address from which the requests leave; processes behind different
            addresses have different quotas.
        base_url: origin of the API; default: as for the client.
        priority: "batch" lets all interactive requests go first, and leaves them the reserve.
        reserve: share of the quota that batch work leaves to interactive work.
        share: largest share of each window that all batch work may use.
        timeout: seconds for each call of Redis.
        fail_open: without Redis, True uses a `Pacer` in each process, with two requests in flight,
            and leaves 10 % of the quota unused. Many processes together may still exceed it by a
            few 429s. False raises `RedisUnavailableError`.
    """

    def __init__(
        self,
        client: Redis | RedisCluster,
        *,
        address: str = "default",
        base_url: str | None = None,
        priority: Literal["interactive", "batch"] = "interactive",
        reserve: float = 0.1,
        share: float = 1.0,
        timeout: float = 1.0,
        fail_open: bool = True,
    ) -> None:
        if priority not in ("interactive", "batch"):
            raise ConfigurationError(
                f'priority is {priority!r}; "interactive" or "batch" was expected.'
            )
        if validate_share("reserve", reserve) == 1 or validate_share("share", share) == 0:
            raise ConfigurationError(
                f"reserve is {reserve!r} and share {share!r}; shares of 1 were expected, of which "
                "batch work can send something: reserve below 1, share above 0."
            )
        self._redis = RedisCommands("rate limiter", client, timeout, fail_open)
        self._script = client.register_script(SCRIPT)
        prefix = key_prefix(base_url, "address", address)
        self._keys = [f"{prefix}:{name}" for name in ("window", "queue", "alive")]
        self._policy = (int(priority == "batch"), reserve, share)
        self._clock = SystemClock()
        self._lock = asyncio.Lock()
        """One round trip at a time: tasks ask in order, with one connection."""
        self._asked_at = -math.inf
        self._observation = NOTHING_REPORTED
        """What the last response reported, unless it has been sent."""
        self._reports: set[asyncio.Task[None]] = set()
        self._fallback = Pacer()
        self._fallback_slots = asyncio.Semaphore(_FALLBACK_CONCURRENCY)
        self._used_up_until = -math.inf
        """Monotonic time of the reset, while the quota is used up."""

    async def acquire(self) -> None:
        """Wait until one request may be sent."""
        await self.acquire_reporting(lambda _: None)

    async def acquire_reporting(self, on_wait: Callable[[float], None]) -> None:
        """See `WaitReporter`."""
        task = _WaitingTask(on_wait, self._clock.monotonic())
        permit: Permit | None = None
        while True:
            try:
                permit = await self._acquire_from_redis(task)
                break
            except RedisUnavailableError:
                if not self._redis.fail_open:
                    raise
            if await self._acquire_from_fallback(task):
                break
        _permit.set(permit)

    def release(self, response: Response | None) -> None:
        """Record the end of a permitted request; None when no response arrived."""
        permit = _permit.get()
        now = self._clock.now()
        limit = None if response is None else read_rate_limit(response.headers, now=now)
        self._fallback.on_response(response, _without_reserve(limit), now)
        if permit is None:
            self._fallback_slots.release()
            return
        monotonic = self._clock.monotonic()
        observation = observe(response, limit, permit, now=now, monotonic=monotonic)
        if response is None or observation is None:
            return
        is_urgent = permit.is_probe or response.status_code == 429
        if is_urgent or monotonic - self._asked_at >= _REPORT_INTERVAL:
            task = asyncio.get_running_loop().create_task(self._report(observation))
            self._reports.add(task)
            task.add_done_callback(self._reports.discard)
        else:
            self._observation = observation

    async def aclose(self) -> None:
        """Wait for reports that are being sent. Call it before you close the client of Redis."""
        await asyncio.gather(*self._reports)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _acquire_from_redis(self, task: _WaitingTask) -> Permit:
        while True:
            async with self._lock:
                asked_at = self._asked_at = self._clock.monotonic()
                observation, self._observation = self._observation, NOTHING_REPORTED
                age = int((asked_at - task.arrived_at) * 1000)
                wait, until_reset, now, number, is_probe = await self._run_script(
                    task.name, age, observation
                )
            if not wait:
                # It knows the window when Redis fails.
                self._fallback.acquire_nowait()
                return Permit(number, now, asked_at, bool(is_probe))
            if until_reset:
                self._used_up_until = asked_at + until_reset / 1000
                task.report_wait(until_reset / 1000)
            await self._clock.sleep(wait / 1000)

    async def _acquire_from_fallback(self, task: _WaitingTask) -> bool:
        """Wait for this process's own limiter until Redis is tried again; return success."""
        with anyio.move_on_after(self._redis.seconds_until_retry()):
            await self._clock.sleep(max(0.0, self._used_up_until - self._clock.monotonic()))
            await self._fallback_slots.acquire()
            try:
                await self._fallback.acquire(on_wait=task.report_wait)
            except BaseException:
                self._fallback_slots.release()
                raise
            return True
        return False

    async def _report(self, observation: Observation) -> None:
        # A failure is logged, and later responses report the window again.
        with suppress(RedisUnavailableError):
            await self._run_script(REPORT_ONLY, 0, observation)

    async def _run_script(self, task: str, age: int, observation: Observation) -> list[int]:
        arguments = (task, age, *self._policy, *observation)
        result: list[int] = await self._redis.run(lambda: self._script(self._keys, arguments))
        return result
