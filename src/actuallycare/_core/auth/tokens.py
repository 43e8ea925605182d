"""Access tokens: where they come from, how long they are good for, how processes share them."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from attrs import field, frozen

from ..errors import ConfigurationError, DecodeError
from ..json_value import is_object
from ..secret import Secret, hide
from .credentials import check_token, fits_header

TokenProvider = Callable[[], Awaitable[str]]
"""An async function that returns the JWT to use now; called for each request that needs one."""

_LEEWAY = 30.0
"""Seconds before its end that a token is renewed, or a tenth of a life shorter than 300 s."""
_LONGEST = 10 * 365 * 86_400.0


@frozen
class Tokens:
    """What a login gave. Its fields are credentials: keep them as you keep a password."""

    access_token: str = field(repr=hide)
    """The JWT that requests carry."""
    refresh_token: str | None = field(default=None, repr=hide)
    """Gives the next tokens, once: it rotates."""
    renew_at: datetime | None = None
    """When to ask for the next ones (UTC): shortly before the JWT expires. None when unknown."""


class TokenStore(Protocol):
    """Where processes that log in as the same user share tokens. Pass yours as `token_store=`.

    What it raises is raised by the call that needed the token.
    """

    async def load(self) -> Tokens | None:
        """The tokens saved last, or None."""
        ...

    async def save(self, tokens: Tokens) -> None:
        """Keep these tokens in place of any others."""
        ...


@frozen
class FixedToken:
    """A JWT that the caller gave once and for all."""

    token: Secret

    async def get(self, stale: Secret | None = None) -> Secret:
        return self.token


@frozen
class ProvidedToken:
    """JWTs from a function of the caller, who keeps them fresh."""

    provider: TokenProvider = field(repr=False)

    async def get(self, stale: Secret | None = None) -> Secret:
        # Sealed at once: a local of this frame would show in a traceback with locals.
        given = Secret(await self.provider())
        if not isinstance(given.reveal(), str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ConfigurationError(
                f"The token provider returned {type(given.reveal()).__name__}; "
                "a JWT as str was expected."
            )
        return check_token(given)


def usable(tokens: Tokens | None, stale: Secret | None, now: datetime) -> bool:
    """Whether a request may carry these tokens: not those refused, nor about to expire."""
    if tokens is None or (stale is not None and tokens.access_token == stale.reveal()):
        return False
    return tokens.renew_at is None or now < tokens.renew_at


def read_tokens(
    data: Any, *, operation: str, now: datetime, previous: Tokens | None = None
) -> Tokens:
    """The tokens in the payload of a login or a refresh.

    DecodeError when there is no usable JWT in it. It has no excerpt, which might be a credential.
    """
    fields: Mapping[str, Any] = data if is_object(data) else {}
    access = fields.get("token")
    if not fits_header(access):
        raise DecodeError(operation, "expected a JWT", field="data.token")
    refresh = fields.get("refreshToken")
    if not isinstance(refresh, str):
        refresh = previous.refresh_token if previous is not None else None
    seconds = _positive(fields.get("expiresIn")) or jwt_lifetime(access, now=now)
    if seconds is None:
        return Tokens(access, refresh)
    seconds = min(seconds, _LONGEST)
    return Tokens(access, refresh, now + timedelta(seconds=seconds - min(_LEEWAY, seconds / 10)))


def jwt_lifetime(token: str, *, now: datetime) -> float | None:
    """Seconds that a JWT is good for by its own claims (RFC 7519 section 4.1), None if untold.

    From `iat` to `exp`, as local clocks may be wrong; from `now` where there is no `iat`.
    """
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, IndexError, RecursionError):
        return None
    if not is_object(claims) or (expires := _positive(claims.get("exp"))) is None:
        return None
    return _positive(expires - (_positive(claims.get("iat")) or now.timestamp()))


def _positive(value: Any) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return value
    return None
