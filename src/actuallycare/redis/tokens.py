"""Token store: one login and one refresh for all processes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_hex

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from redis.asyncio import Redis, RedisCluster

from .._core.auth.tokens import Tokens, is_valid
from .._core.errors import ConfigurationError
from .commands import RedisCommands, key_prefix, milliseconds

_POLL_INTERVAL = 0.05
_RETENTION_MS = 30 * 86_400 * 1000
"""How long tokens are kept that nobody renews."""

# Return what is saved; 1 if that is not what this process knows; 1 if this process may renew it,
# because no other process does.
_LOAD = """
local owner, known, lease = ARGV[1], ARGV[2], ARGV[3]
local saved = redis.call('GET', KEYS[1]) or ''
if saved ~= known then return {saved, 1, 0} end
redis.call('SET', KEYS[2], owner, 'NX', 'PX', lease)
return {saved, 0, redis.call('GET', KEYS[2]) == owner and 1 or 0}
"""
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
        self._lease_ms = milliseconds("renew_timeout", renew_timeout)
        self._redis = RedisCommands("token store", client, timeout, fail_open)
        self._load_script = client.register_script(_LOAD)
        self._save_script = client.register_script(_SAVE)
        prefix = key_prefix(base_url, "account", account)
        self._keys = [f"{prefix}:tokens", f"{prefix}:renewing"]
        self._owner = token_hex(8)
        self._known: str | bytes = ""
        """The content that this process has loaded or saved last."""

    async def load(self) -> Tokens | None:
        """See `TokenStore`."""
        give_up_at = time.monotonic() + self._lease_ms / 1000
        while True:
            found = await self._redis.run_or(
                None,
                lambda: self._load_script(self._keys, [self._owner, self._known, self._lease_ms]),
            )
            if found is None:
                return None
            self._known, is_new, may_renew = found
            tokens = self._decode(self._known)
            is_usable = is_new and is_valid(tokens, None, datetime.now(UTC))
            if is_usable or may_renew or time.monotonic() >= give_up_at:
                return tokens
            await asyncio.sleep(_POLL_INTERVAL)

    async def save(self, tokens: Tokens) -> None:
        """See `TokenStore`."""
        self._known = value = self._encode(tokens)
        await self._redis.run_or(
            None, lambda: self._save_script(self._keys, [self._owner, value, _RETENTION_MS])
        )

    def _encode(self, tokens: Tokens) -> str:
        renew_at = tokens.renew_at and tokens.renew_at.isoformat()
        text = json.dumps([tokens.access_token, tokens.refresh_token, renew_at])
        return text if self._cipher is None else self._cipher.encrypt(text.encode()).decode()

    def _decode(self, saved: str | bytes) -> Tokens | None:
        """Return the saved tokens; None if there are none, or if another key encrypted them."""
        try:
            text = saved if self._cipher is None else self._cipher.decrypt(saved)
            access_token, refresh_token, renew_at = json.loads(text)
            renew_at = renew_at and datetime.fromisoformat(renew_at)
        except (InvalidToken, ValueError, TypeError):
            return None
        return Tokens(access_token, refresh_token, renew_at)


def _cipher(key: str | bytes | Sequence[str | bytes]) -> MultiFernet:
    keys = [key] if isinstance(key, (str, bytes)) else key
    try:
        return MultiFernet([Fernet(item) for item in keys])
    except (ValueError, TypeError):
        pass
    raise ConfigurationError(
        "RedisTokenStore: key is not a Fernet key; one from Fernet.generate_key() was expected."
    )
