"""Log in when a token is first needed and refresh tokens early, once for all tasks (single-flight).

Each task that needs a token calls `LoginTokenSource.get`. The first one requests it, the others
wait for its result:

    task 1 ── get ── login ────────────────┬─ token
    task 2 ──────── get ── wait on event ──┤  token
    task 3 ───────────── get ── wait ──────┘  token

If task 1 is cancelled, the result is empty, and the next task to wake up requests the token.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from attrs import define, field, frozen

from ..clock import Clock
from ..envelope.decode import strip_traceback
from ..errors import ActuallyCareError, APIStatusError
from ..http import Exchange
from ..operation import Call, get_path
from ..secret import Secret, wrap_secret
from .login_calls import login_call, refresh_call
from .tokens import Tokens, TokenStore, is_valid, read_tokens, refresh_cookie

_REJECTED_STATUSES = frozenset({400, 401, 403, 423})
"""Statuses for a credential that is not accepted (vendor page api/errors)."""
_LOGIN_COOLDOWN = 60.0
"""Seconds during which a rejected login is not repeated. After 30 failures in 15 minutes the vendor
blocks the address, and too many lock the account (vendor pages api/rate-limits, api/errors)."""

_REFRESH_LIMIT = 30
_REFRESH_WINDOW = 60.0
"""Refreshes that the vendor allows in so many seconds (vendor page api/rate-limits)."""


@frozen
class Login:
    """Log in with a password when first needed, and refresh the tokens. Pass it as `token=`."""

    email: str
    """Email address, or user name."""
    password: Secret = field(converter=Secret)


@define(eq=False)
class _SingleFlightRefresh:
    """A login or refresh in progress.

    When it is done with neither result nor error, the task that ran it was cancelled.
    """

    done: anyio.Event = field(factory=anyio.Event)
    tokens: Tokens | None = None
    error: ActuallyCareError | None = None


@define(eq=False, repr=False)
class LoginTokenSource:
    """The token source behind `Login`: a single-flight refresh.

    A refresh token can be used once, so two refreshes at the same time would make one of them fail.
    """

    login: Login
    send: Callable[[Call], Awaitable[Exchange]]
    clock: Clock
    store: TokenStore | None = None
    _tokens: Tokens | None = field(default=None, init=False)
    _in_flight: _SingleFlightRefresh | None = field(default=None, init=False)
    _last_rejection: APIStatusError | None = field(default=None, init=False)
    _rejected_at: float = field(default=0.0, init=False)
    _refreshes: deque[float] = field(factory=lambda: deque(maxlen=_REFRESH_LIMIT), init=False)
    """Times of the latest refreshes."""

    async def get(self, rejected: Secret | None = None) -> Secret:
        """Return the JWT to use now. If the login fails, every waiting task raises a copy."""
        try:
            return await self._get(rejected)
        except ActuallyCareError as error:
            # The frames below have tokens, whose attributes some error trackers show.
            raise error.with_traceback(None) from None

    async def _get(self, rejected: Secret | None) -> Secret:
        while True:
            tokens = self._tokens
            in_flight = self._in_flight
            if tokens is None or not is_valid(tokens, rejected, self.clock.now()):
                if in_flight is None:
                    tokens = await self._refresh_once(rejected)
                else:
                    await in_flight.done.wait()
                    if in_flight.error is not None:
                        # A copy, because each raise adds its own traceback.
                        raise copy.copy(in_flight.error)
                    tokens = in_flight.tokens
            if tokens is not None:
                return Secret(tokens.access_token)

    async def _refresh_once(self, rejected: Secret | None) -> Tokens:
        in_flight = self._in_flight = _SingleFlightRefresh()
        try:
            in_flight.tokens = await self._fetch_tokens(rejected)
        except ActuallyCareError as error:
            in_flight.error = error
            raise
        finally:
            self._in_flight = None
            in_flight.done.set()
        return in_flight.tokens

    async def _fetch_tokens(self, rejected: Secret | None) -> Tokens:
        """Get tokens from the store if another process has renewed them, else from the API."""
        shared = await self._load(rejected)
        if shared is not None:
            return shared
        current = self._tokens
        if current is not None and current.refresh_token is not None:
            refresh_token = wrap_secret(current.refresh_token)
            await self._wait_for_refresh()
            try:
                return await self._renew(refresh_call(refresh_token=refresh_token))
            except APIStatusError as error:
                if error.status_code not in _REJECTED_STATUSES:
                    raise
            # Another process may have used the refresh token just before.
            shared = await self._load(Secret(current.access_token))
            if shared is not None:
                return shared
        return await self._log_in()

    async def _wait_for_refresh(self) -> None:
        """Wait until another refresh is within the vendor's limit.

        Only a server that rejects each new token gets here so often.
        """
        now = self.clock.monotonic()
        if len(self._refreshes) == _REFRESH_LIMIT:
            wait = self._refreshes[0] + _REFRESH_WINDOW - now
            if wait > 0:
                await self.clock.sleep(wait)
                now = self.clock.monotonic()
        self._refreshes.append(now)

    async def _load(self, rejected: Secret | None) -> Tokens | None:
        if self.store is None:
            return None
        shared = await self.store.load()
        if shared is None:
            return None
        self._tokens = shared
        return shared if is_valid(shared, rejected, self.clock.now()) else None

    async def _log_in(self) -> Tokens:
        elapsed = self.clock.monotonic() - self._rejected_at
        if self._last_rejection is not None and elapsed < _LOGIN_COOLDOWN:
            raise copy.copy(self._last_rejection)
        login = self.login
        try:
            return await self._renew(login_call(account=login.email, password=login.password))
        except APIStatusError as error:
            if error.status_code in _REJECTED_STATUSES:
                self._last_rejection = error
                self._rejected_at = self.clock.monotonic()
            raise

    async def _renew(self, call: Call) -> Tokens:
        exchange = await self.send(call)
        self._tokens = tokens = strip_traceback(
            lambda: read_tokens(
                _payload(exchange, call),
                operation=call.operation.name,
                now=exchange.received_at,
                previous=self._tokens,
                cookie=refresh_cookie(exchange.response.headers.get("Set-Cookie", "")),
            )
        )
        if self.store is not None:
            await self.store.save(tokens)
        return tokens


def _payload(exchange: Exchange, call: Call) -> Any:
    try:
        return get_path(exchange.body, call.operation.unwrap)
    except (KeyError, TypeError):
        return None
