"""Access tokens: short-lived JWTs, signed and verified with PyJWT."""

from __future__ import annotations

from typing import Any

import jwt
from attrs import field, frozen

_ALGORITHM = "HS256"
_encode: Any = jwt.encode  # PyJWT's key types are known only where cryptography is installed.
_decode: Any = jwt.decode


class TokenError(ValueError):
    """An access token is invalid or expired; the message is sent to the client."""


@frozen
class Claims:
    """The claims of an access token."""

    user: str
    """Id of the user."""
    session: str
    """Id of the session."""


@frozen
class AccessTokenIssuer:
    """Issues and verifies the access tokens of one server."""

    secret: str = field(repr=False)
    """The signing secret."""
    seconds: int
    """Lifetime of a token."""

    def issue(self, claims: Claims, now: float) -> str:
        """Return a signed token that is valid for `seconds` from now."""
        payload = {
            "sub": claims.user,
            "sid": claims.session,
            "iat": int(now),
            "exp": int(now) + self.seconds,
        }
        return str(_encode(payload, self.secret, _ALGORITHM))

    def read(self, token: str, now: float) -> Claims:
        """Verify a token and return its claims.

        Raises:
            TokenError: the signature does not match, or the token has expired.
        """
        try:
            payload: dict[str, Any] = _decode(
                token,
                self.secret,
                [_ALGORITHM],
                # PyJWT compares with the system time; the sandbox's clock decides instead.
                options={"verify_exp": False, "verify_iat": False, "require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise TokenError("Invalid token") from error
        if payload["exp"] <= now:
            raise TokenError("Token has expired")
        return Claims(str(payload["sub"]), str(payload.get("sid", "")))
