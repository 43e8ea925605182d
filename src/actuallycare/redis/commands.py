"""Calls to Redis: they end within a timeout, and an outage is logged once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import redis
from attrs import define, field
from redis.asyncio import Redis, RedisCluster
from redis.exceptions import RedisClusterException, RedisError

from .._core.clock import Clock, SystemClock
from .._core.errors import ActuallyCareError, ConfigurationError
from .._core.logs import logger
from .._core.settings import validate_methods, validate_seconds, validate_text
from ..api import BASE_URL
from ..configuration import check_base_url, from_environment

_MAX_SECONDS = 10 * 365 * 86_400.0
"""Longer periods, such as infinity, are cut: Redis adds them to the time of day."""
_RETRY_INTERVAL = 5.0
"""Timeouts between two attempts to reach a Redis that failed. Calls in between fail at once, so
that a slow Redis delays few of them."""


class RedisUnavailableError(ActuallyCareError):
    """Redis failed or did not answer in time, and `fail_open` is False."""


def milliseconds(name: str, seconds: float) -> int:
    """Return the milliseconds of a setting; ConfigurationError unless it is above 0."""
    return max(1, int(min(validate_seconds(name, seconds), _MAX_SECONDS) * 1000))


def _timeout(value: float) -> float:
    return validate_seconds("timeout", value)


def _client(_instance: object, _attribute: object, value: Any) -> None:
    expected = "a client of redis.asyncio"
    validate_methods("client", value, ("register_script",), expected)
    if isinstance(value, (redis.Redis, redis.RedisCluster)):
        raise ConfigurationError(f"client is a blocking client of Redis; {expected} was expected.")


@define(eq=False)
class RedisCommands:
    """Runs commands of one adapter."""

    user: str
    """The adapter, for the log."""
    client: Redis | RedisCluster = field(repr=False, validator=_client)
    timeout: float = field(converter=_timeout)
    fail_open: bool
    _clock: Clock = field(factory=SystemClock, init=False)
    _retry_at: float | None = field(default=None, init=False)
    """Monotonic time until which an outage is assumed; None without an outage."""

    def seconds_until_retry(self) -> float:
        """Return the seconds for which calls fail at once; 0 if the next one asks Redis."""
        if self._retry_at is None:
            return 0.0
        return max(0.0, self._retry_at - self._clock.monotonic())

    async def run(self, command: Callable[[], Awaitable[Any]]) -> Any:
        """Return the result of a command.

        Raises:
            RedisUnavailableError: it failed, or took longer than the timeout.
        """
        if self.seconds_until_retry() > 0:
            raise RedisUnavailableError("Redis is unavailable; it is tried again soon.")
        try:
            async with asyncio.timeout(self.timeout):
                result = await command()
        except (RedisError, RedisClusterException, OSError) as error:
            # Without the error's message, which may quote an argument.
            reason = type(error).__name__
        else:
            if self._retry_at is not None:
                logger.info("redis: %s: available again", self.user)
                self._retry_at = None
            return result
        if self._retry_at is None:
            effect = "continuing without it" if self.fail_open else "calls that need it fail"
            logger.warning("redis: %s: unavailable (%s); %s", self.user, reason, effect)
        self._retry_at = self._clock.monotonic() + _RETRY_INTERVAL * self.timeout
        raise RedisUnavailableError(f"Redis is unavailable ({reason}).")

    async def run_or(self, default: Any, command: Callable[[], Awaitable[Any]]) -> Any:
        """Return the result of a command; without Redis, the default if the adapter fails open."""
        try:
            return await self.run(command)
        except RedisUnavailableError:
            if self.fail_open:
                return default
            raise


def key_prefix(base_url: str | None, name: str, label: str) -> str:
    """Return the start of the keys for an origin of the API and a label, the setting `name`.

    Braces are the hash tag: a cluster keeps the keys in one slot, as scripts require.
    """
    url = check_base_url(base_url or from_environment("ACTUALLYCARE_BASE_URL") or BASE_URL)
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    digest = hashlib.sha256(validate_text(name, label).encode()).hexdigest()[:24]
    return f"actuallycare:{{{parts.scheme}://{parts.hostname}:{port}|{digest}}}"
