"""Access tokens: short-lived JWTs, signed and read with PyJWT, timed by the sandbox's clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jwt

_ALGORITHM = "HS256"
_encode: Any = jwt.encode  # PyJWT's key types are known only where cryptography is installed.
_decode: Any = jwt.decode


class TokenError(ValueError):
    """A token that does not open anything; the message is for its sender."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Whose token it is, and of which session."""

    user: str
    session: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Issues and reads the access tokens of one server."""

    secret: str
    seconds: int

    def issue(self, claims: Claims, now: float) -> str:
        """A signed token that holds for `seconds` from now."""
        payload = {"sub": claims.user, "sid": claims.session, "iat": int(now)}
        payload["exp"] = int(now) + self.seconds
        return str(_encode(payload, self.secret, _ALGORITHM))

    def read(self, token: str, now: float) -> Claims:
        """The claims of a token.

        Raises:
            TokenError: it is not ours, was changed, or has expired.
        """
        try:
            payload: dict[str, Any] = _decode(
                token,
                self.secret,
                [_ALGORITHM],
                # The clock that counts is the sandbox's, which tests move.
                options={"verify_exp": False, "verify_iat": False, "require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise TokenError("Invalid token") from error
        if payload["exp"] <= now:
            raise TokenError("Token has expired")
        return Claims(str(payload["sub"]), str(payload.get("sid", "")))
