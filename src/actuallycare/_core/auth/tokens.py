"""Access tokens: where they come from, when they expire, how processes share them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import unquote

from attrs import field, frozen

from ..errors import DecodeError
from ..json_value import is_object
from ..secret import Secret, redact, secret_problem
from .credentials import CredentialProvider, is_valid_bearer_token

TokenProvider = CredentialProvider
"""An async function that returns the JWT to use now; called for each request that needs one."""

_LEEWAY = 30.0
"""Seconds before expiry at which a token is renewed; a tenth of a lifetime below 300 s."""
_MAX_NUMBER = 1e15
"""Larger numbers are cut: JSON may have integers that are no floats."""
_LIFETIME = re.compile(r"([0-9]{0,15}\.?[0-9]{1,15}) *([a-z]*)")
"""Text as the npm package ms reads it, which Node back ends use: https://github.com/vercel/ms"""
_UNITS = {
    "": 1.0,  # a number is seconds, as OAuth's `expires_in` is (RFC 6749 section 5.1)
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), 0.001),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600.0),
    **dict.fromkeys(("d", "day", "days"), 86_400.0),
    **dict.fromkeys(("w", "week", "weeks"), 604_800.0),
    **dict.fromkeys(("mo", "month", "months"), 2_629_800.0),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), 31_557_600.0),
}
"""Seconds of each unit of that package. Its year has 365.25 days, and twelve equal months."""
_REFRESH_COOKIE = re.compile(r"(?:^|,)\s*refreshToken\s*=\s*\"?([^;,\"\s]*)", re.IGNORECASE)
_NEXT_COOKIE = re.compile(r",\s*[^\s;,=]+\s*=")
"""The comma of a date, as in `Expires=Thu, 01 Jan`, has no name and `=` after it."""
_CLEARED = re.compile(r";\s*(?:max-age\s*=\s*(?:-|0\b)|expires\s*=[^;]*\b19\d\d\b)", re.IGNORECASE)
"""Attributes of a cookie that the browser is to delete; the value may be any word."""
_MAX_LIFETIME = 10 * 365 * 86_400.0
"""Seconds. Longer ones are cut, so that adding them to a date cannot overflow."""


@frozen
class Tokens:
    """The tokens that a login returned. They are credentials: store them like a password."""

    access_token: str = field(repr=redact)
    """The JWT that authenticates requests."""
    refresh_token: str | None = field(default=None, repr=redact)
    """Exchanged for the next tokens. It can be used once."""
    renew_at: datetime | None = None
    """When to get new tokens (UTC): shortly before the JWT expires. None when unknown."""


class TokenStore(Protocol):
    """Shares the tokens of one user among processes. Pass your own as `token_store=`.

    The call that needed the token raises what the store raises.
    """

    async def load(self) -> Tokens | None:
        """Return the tokens saved last, or None."""
        ...

    async def save(self, tokens: Tokens) -> None:
        """Replace the saved tokens."""
        ...


def is_valid(tokens: Tokens | None, rejected: Secret | None, now: datetime) -> bool:
    """Whether a request may use these tokens: they are not rejected and not about to expire."""
    if tokens is None:
        return False
    if rejected is not None and tokens.access_token == rejected.get_secret_value():
        return False
    return tokens.renew_at is None or now < tokens.renew_at


def read_tokens(
    data: Any,
    *,
    operation: str,
    now: datetime,
    previous: Tokens | None = None,
    cookie: Secret | None = None,
) -> Tokens:
    """Read the tokens in the payload of a login or a refresh.

    The access token is `token` or `accessToken`. The refresh token is in the payload, else in
    `cookie`; a response without either leaves the previous one valid.

    Raises:
        DecodeError: the payload contains no valid JWT. The error has no excerpt, which might be a
            credential.
    """
    fields: Mapping[str, Any] = data if is_object(data) else {}
    access = fields.get("token") or fields.get("accessToken")
    if not is_valid_bearer_token(access):
        raise DecodeError(operation, "expected a JWT", field="data.token")
    refresh = fields.get("refreshToken")
    if not isinstance(refresh, str) and cookie is not None:
        refresh = cookie.get_secret_value()
    if not isinstance(refresh, str) or secret_problem(Secret(refresh)) is not None:
        refresh = previous.refresh_token if previous is not None else None
    lifetime = read_lifetime(fields.get("expiresIn")) or jwt_lifetime(access, now=now)
    if lifetime is None:
        return Tokens(access, refresh)
    lifetime = min(lifetime, _MAX_LIFETIME)
    renew_at = now + timedelta(seconds=lifetime - min(_LEEWAY, lifetime / 10))
    return Tokens(access, refresh, renew_at)


def read_lifetime(value: Any) -> float | None:
    """Return a lifetime in seconds from a number, or from text such as `900`, `15m` or `7 days`.

    None for anything else: then the claims of the JWT say when it expires.
    """
    if not isinstance(value, str):
        return _positive(value)
    match = _LIFETIME.fullmatch(value.strip().lower())
    unit = None if match is None else _UNITS.get(match[2])
    return None if match is None or unit is None else _positive(float(match[1]) * unit)


def refresh_cookie(set_cookie: str) -> Secret | None:
    """Return the value of the cookie `refreshToken` in Set-Cookie headers, joined by commas.

    A later header replaces an earlier one (RFC 6265 section 5.3), but one that deletes
    the cookie is for another path.
    """
    for match in reversed([*_REFRESH_COOKIE.finditer(set_cookie)]):
        following = _NEXT_COOKIE.search(set_cookie, match.end())
        end = len(set_cookie) if following is None else following.start()
        if match[1] and not _CLEARED.search(set_cookie, match.end(), end):
            return Secret(unquote(match[1]))
    return None


def jwt_lifetime(token: str, *, now: datetime) -> float | None:
    """Return the lifetime of a JWT in seconds by its claims (RFC 7519 section 4.1), or None.

    Measured from `iat` to `exp`, because the local clock may be wrong; from `now` without `iat`.
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
        return float(min(value, _MAX_NUMBER))
    return None
