"""Idempotency store: each webhook delivery is handled once by all receivers."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from secrets import token_hex

from redis.asyncio import Redis, RedisCluster

from ..webhooks.asgi.idempotency import RETENTION
from .commands import RedisCommands, RedisUnavailableError, key_prefix, milliseconds

_DELETE_OWN = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""


class RedisIdempotencyStore:
    """An `IdempotencyStore` for all receivers that share a Redis.

    Args:
        client: a client of `redis.asyncio`.
        label: receivers with the same label share deliveries.
        base_url: origin of the API; default: as for the client.
        handling_timeout: seconds after which a delivery whose receiver died may be handled again.
            Longer than your handler takes.
        retention: seconds for which a handled delivery is remembered.
        timeout: seconds for each call of Redis.
        fail_open: without Redis, True handles each delivery, perhaps twice. False raises
            `RedisUnavailableError`: the receiver responds with 500, and the vendor tries again.
    """

    def __init__(
        self,
        client: Redis | RedisCluster,
        *,
        label: str = "default",
        base_url: str | None = None,
        handling_timeout: float = 300.0,
        retention: float = RETENTION,
        timeout: float = 1.0,
        fail_open: bool = False,
    ) -> None:
        self._redis = RedisCommands("idempotency store", client, timeout, fail_open)
        self._client = client
        self._delete_own = client.register_script(_DELETE_OWN)
        self._prefix = key_prefix(base_url, "label", label)
        self._handling_ms = milliseconds("handling_timeout", handling_timeout)
        self._retention_ms = milliseconds("retention", retention)
        self._owner = token_hex(8)

    async def acquire(self, key: str) -> bool:
        """See `IdempotencyStore`."""
        name = self._name(key)
        acquired = await self._redis.run_or(
            True, lambda: self._client.set(name, self._owner, nx=True, px=self._handling_ms)
        )
        return bool(acquired)

    async def complete(self, key: str, *, done: bool) -> None:
        """See `IdempotencyStore`. Without Redis, the key expires after `handling_timeout`."""
        name = self._name(key)
        # An outage is logged. The handler has run, so that an error would help nobody.
        with suppress(RedisUnavailableError):
            if done:
                await self._redis.run(lambda: self._client.set(name, "done", px=self._retention_ms))
            else:
                await self._redis.run(lambda: self._delete_own([name], [self._owner]))

    def _name(self, key: str) -> str:
        # A digest, because a key may contain a part of the delivery.
        return f"{self._prefix}:delivery:{hashlib.sha256(key.encode()).hexdigest()}"
