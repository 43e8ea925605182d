"""Token store: one login and one refresh for all processes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final

from attrs import evolve
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from redis.asyncio import Redis, RedisCluster

from .._core.auth.tokens import Tokens
from .._core.errors import ConfigurationError
from .._core.secret import Secret
from .commands import RedisCommands, RedisUnavailableError, key_prefix, milliseconds

_POLL_INTERVAL = 0.05
_RETENTION_MS = 30 * 86_400 * 1000
"""How long tokens are kept that nobody renews."""

# Return what is saved; and 1 if this process may renew it, because no other process does. A process
# that knows older content gets the new one, and not the permission.
_LOAD = """
local owner, known, lease = ARGV[1], ARGV[2], ARGV[3]
local saved = redis.call('GET', KEYS[1]) or ''
if saved == known then redis.call('SET', KEYS[2], owner, 'NX', 'PX', lease) end
return {saved, redis.call('GET', KEYS[2]) == owner and 1 or 0}
"""
_UNKNOWN: Final = "unknown"
"""Equals nothing that is saved."""
_SAVE = """
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
"""


class RedisTokenStore:
    """A `TokenStore` for all processes that share a Redis.

    `load` returns tokens that this process has not seen yet, once they are there. Otherwise one
    process at a time may renew them: the others wait for its result in `load`.

    Args:
        client: a client of `redis.asyncio`.
        account: whose tokens these are, for example the email address; only its digest is stored.
        key: encrypts the tokens: from `cryptography.fernet.Fernet.generate_key()`. Several for a
            rotation, the newest first.
        plaintext: True stores the tokens unencrypted, instead of a key.
        base_url: origin of the API; default: as for the client.
        renew_timeout: seconds that a process may take to renew the tokens; then the next one tries.
            A `load` waits for another process for at most so long.
        timeout: seconds for each call of Redis.
        fail_open: without Redis, True lets each process log in by itself. False raises
            `RedisUnavailableError`.
    """

    def __init__(
        self,
        client: Redis | RedisCluster,
        *,
        account: str,
        key: str | bytes | Sequence[str | bytes] | None = None,
        plaintext: bool = False,
        base_url: str | None = None,
        renew_timeout: float = 15.0,
        timeout: float = 1.0,
        fail_open: bool = True,
    ) -> None:
        if (key is None) != plaintext:
            raise ConfigurationError(
                "RedisTokenStore needs either key=, which encrypts the tokens, or plaintext=True."
            )
        self._cipher = None if key is None else _cipher(key)
        del key  # a traceback with locals must not show it
        self._renew_timeout = milliseconds("renew_timeout", renew_timeout) / 1000
        self._commands = RedisCommands(client, timeout, fail_open, "token store")
        self._load_script = self._commands.script(_LOAD)
        self._save_script = self._commands.script(_SAVE)
        prefix = key_prefix(base_url, "account", account)
        self._keys = [f"{prefix}:tokens", f"{prefix}:renewing"]
        self._owner = token_hex(8)
        self._seen: Secret | None = None

    async def load(self) -> Tokens | None:
        """See `TokenStore`."""
        try:
            tokens = await self._load_or_wait()
        except RedisUnavailableError:
            if self._commands.fail_open:
                return None
            raise
        self._seen = None if tokens is None else Secret(tokens.access_token)
        return tokens

    async def save(self, tokens: Tokens) -> None:
        """See `TokenStore`."""
        self._seen = Secret(tokens.access_token)
        value = self._encode(tokens)
        try:
            await self._save_script(self._keys, self._owner, value, _RETENTION_MS)
        except RedisUnavailableError:
            if not self._commands.fail_open:
                raise

    async def _load_or_wait(self) -> Tokens | None:
        give_up_at = time.monotonic() + self._renew_timeout
        lease = max(1, int(self._renew_timeout * 1000))
        known: str | bytes = _UNKNOWN
        while True:
            known, may_renew = await self._load_script(self._keys, self._owner, known, lease)
            tokens = self._decode(known)
            if self._is_new(tokens) or may_renew or time.monotonic() >= give_up_at:
                return tokens
            await asyncio.sleep(_POLL_INTERVAL)

    def _is_new(self, tokens: Tokens | None) -> bool:
        if tokens is None or (tokens.renew_at is not None and tokens.renew_at <= datetime.now(UTC)):
            return False
        return self._seen is None or tokens.access_token != self._seen.get_secret_value()

    def _encode(self, tokens: Tokens) -> str:
        renew_at = None if tokens.renew_at is None else tokens.renew_at.timestamp()
        text = json.dumps([tokens.access_token, tokens.refresh_token, renew_at])
        return text if self._cipher is None else self._cipher.encrypt(text.encode()).decode()

    def _decode(self, saved: str | bytes) -> Tokens | None:
        """Return the saved tokens; None if there are none, or if another key encrypted them."""
        try:
            text = saved if self._cipher is None else self._cipher.decrypt(saved)
            content: Any = json.loads(text)
            access_token, refresh_token, renew_at = content
        except (InvalidToken, ValueError, TypeError):
            return None
        tokens = Tokens(access_token, refresh_token)
        if renew_at is None:
            return tokens
        return evolve(tokens, renew_at=datetime.fromtimestamp(renew_at, UTC))


def _cipher(key: str | bytes | Sequence[str | bytes]) -> MultiFernet:
    keys = [key] if isinstance(key, (str, bytes)) else key
    try:
        return MultiFernet([Fernet(item) for item in keys])
    except (ValueError, TypeError):
        pass
    raise ConfigurationError(
        "RedisTokenStore: key is not a Fernet key; one from Fernet.generate_key() was expected."
    )
