"""Logging in on first need, and renewing tokens before they expire: one at a time for all tasks."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from attrs import define, field, frozen

from ..clock import Clock
from ..envelope.decode import without_frames
from ..errors import ActuallyCareError, APIStatusError
from ..http import Exchange
from ..operation import Call, dig
from ..secret import Secret, seal
from .tokens import Tokens, TokenStore, read_tokens, usable

_REFUSED = frozenset({400, 401, 403, 423})
"""Statuses of a credential that is not accepted (vendor page api/errors)."""
_PAUSE = 60.0
"""Seconds for which a refused login is not tried again. 30 failures in 15 minutes shut out the
address, and too many lock the account (vendor pages api/rate-limits, api/errors)."""


@frozen
class Login:
    """Log in with a password on first need, and keep the tokens fresh. Pass it as `token=`."""

    email: str
    password: Secret = field(converter=Secret)


@define(eq=False)
class _Flight:
    """A login or refresh under way, and its end. Neither result nor error: it was cancelled."""

    done: anyio.Event = field(factory=anyio.Event)
    tokens: Tokens | None = None
    error: ActuallyCareError | None = None


@define(eq=False, repr=False)
class Session:
    """The token source behind `Login`.

    Refresh tokens rotate, so two refreshes at once would make one of them fail: the first task that
    needs a token gets it, and the others wait for its result. When that task is cancelled, the next
    one goes on in its place.
    """

    login: Login
    send: Callable[[Call], Awaitable[Exchange]]
    build_login: Callable[..., Call]
    """The generated `auth.login`, with `email` and `password`."""
    build_refresh: Callable[..., Call]
    """The generated `auth.refresh`, with `refresh_token`."""
    clock: Clock
    store: TokenStore | None = None
    _tokens: Tokens | None = field(default=None, init=False)
    _flight: _Flight | None = field(default=None, init=False)
    _refusal: APIStatusError | None = field(default=None, init=False)
    _refused_at: float = field(default=0.0, init=False)

    async def get(self, stale: Secret | None = None) -> Secret:
        """The JWT to use now. Raises what the login raised; every waiting task gets a copy."""
        while True:
            tokens, flight = self._tokens, self._flight
            if tokens is None or not usable(tokens, stale, self.clock.now()):
                if flight is None:
                    tokens = await self._lead(stale)
                else:
                    await flight.done.wait()
                    if flight.error is not None:
                        # A copy, since each raise adds its own traceback.
                        raise copy.copy(flight.error)
                    tokens = flight.tokens
            if tokens is not None:
                return Secret(tokens.access_token)

    async def _lead(self, stale: Secret | None) -> Tokens:
        flight = self._flight = _Flight()
        try:
            flight.tokens = await self._obtain(stale)
        except ActuallyCareError as error:
            flight.error = error
            raise
        finally:
            self._flight = None
            flight.done.set()
        return flight.tokens

    async def _obtain(self, stale: Secret | None) -> Tokens:
        """Tokens from the store when another process renewed them, else from the API."""
        shared = await self._load(stale)
        if shared is not None:
            return shared
        held = self._tokens
        if held is not None and held.refresh_token is not None:
            try:
                return await self._renew(self.build_refresh(refresh_token=seal(held.refresh_token)))
            except APIStatusError as error:
                if error.status_code not in _REFUSED:
                    raise
            # Another process may have used the refresh token just before.
            shared = await self._load(Secret(held.access_token))
            if shared is not None:
                return shared
        return await self._log_in()

    async def _load(self, stale: Secret | None) -> Tokens | None:
        if self.store is None:
            return None
        shared = await self.store.load()
        if shared is None:
            return None
        self._tokens = shared
        return shared if usable(shared, stale, self.clock.now()) else None

    async def _log_in(self) -> Tokens:
        since = self.clock.monotonic() - self._refused_at
        if self._refusal is not None and since < _PAUSE:
            raise copy.copy(self._refusal)
        login = self.login
        try:
            return await self._renew(self.build_login(email=login.email, password=login.password))
        except APIStatusError as error:
            if error.status_code in _REFUSED:
                self._refusal, self._refused_at = error, self.clock.monotonic()
            raise

    async def _renew(self, call: Call) -> Tokens:
        exchange = await self.send(call)
        self._tokens = tokens = without_frames(
            lambda: read_tokens(
                _data(exchange, call),
                operation=call.operation.name,
                now=exchange.received_at,
                previous=self._tokens,
            )
        )
        if self.store is not None:
            await self.store.save(tokens)
        return tokens


def _data(exchange: Exchange, call: Call) -> Any:
    try:
        return dig(exchange.body, call.operation.unwrap)
    except (KeyError, TypeError):
        return None
