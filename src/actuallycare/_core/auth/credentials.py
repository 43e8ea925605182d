"""Credentials: how they are checked, and chosen for an operation."""

from __future__ import annotations

import re
from typing import Any, Protocol, TypeGuard

from attrs import frozen

from ..errors import ConfigurationError
from ..http import AuthHeader
from ..operation import Operation, Scheme
from ..secret import Secret

_API_KEY = re.compile(r"[0-9a-fA-F]{64}")


class TokenSource(Protocol):
    """What the client asks for the JWT of a request."""

    async def get(self, stale: Secret | None = None) -> Secret:
        """The JWT to use now; another than `stale`, which was refused, if there can be one."""
        ...


@frozen
class Credentials:
    """What the client was given; either, both or none."""

    api_key: Secret | None = None
    tokens: TokenSource | None = None

    async def header(
        self, scheme: Scheme | None, *, refused: AuthHeader | None = None
    ) -> AuthHeader | None:
        """The header for a scheme that `choose` gave; another than `refused` if there is one."""
        if scheme == "key" and self.api_key is not None:
            return AuthHeader("X-API-Key", self.api_key)
        if scheme == "bearer" and self.tokens is not None:
            token = await self.tokens.get(refused.value if refused is not None else None)
            return AuthHeader("Authorization", token, "Bearer ")
        return None


def check_api_key(key: Secret) -> Secret:
    """The key, or ConfigurationError when it cannot be one (64 hex characters, no prefix)."""
    problem = _key_problem(key.reveal())
    if problem is None:
        return key
    raise ConfigurationError(
        f"The API key is malformed: {problem}; 64 hexadecimal characters without a prefix were "
        "expected. Copy it again from Settings → API Keys, or create a new one there."
    )


def _key_problem(text: str) -> str | None:
    # Apart, so that no frame of the error has the text among its locals.
    if _API_KEY.fullmatch(text):
        return None
    if not text:
        return "it is empty"
    if text != text.strip():
        return "it has white space around it"
    if len(text) != 64:
        return f"it has {len(text)} characters"
    return "it has characters that are not hexadecimal"


def fits_header(text: Any) -> TypeGuard[str]:
    """Whether a header can carry this as a bearer token."""
    return (
        isinstance(text, str)
        and text != ""
        and text.isascii()
        and text.isprintable()
        and " " not in text
    )


def check_token(token: Secret) -> Secret:
    """The JWT, or ConfigurationError when it cannot travel in a header."""
    if fits_header(token.reveal()):
        return token
    raise ConfigurationError(
        "The token is malformed: a JWT is one run of printable ASCII characters. "
        "Pass what `auth.login` returned, without the `Bearer ` prefix."
    )


def choose(operation: Operation, credentials: Credentials) -> Scheme | None:
    """The scheme for `operation`: the first accepted one that there is a credential for.

    Returns None for public operations; raises ConfigurationError when nothing fits.
    """
    for scheme in operation.auth:
        if scheme == "key" and credentials.api_key is not None:
            return scheme
        if scheme == "bearer" and credentials.tokens is not None:
            return scheme
    if not operation.auth:
        return None
    if operation.auth == ("bearer",):
        have = "only an API key was given" if credentials.api_key else "none was given"
        raise ConfigurationError(
            f"{operation.name} ({operation}) needs a JWT and {have}: pass "
            "token=Login(email, password), or token=… with a JWT that `client.auth.login(…)` "
            "returned. API keys are not accepted there."
        )
    raise ConfigurationError(
        f"{operation.name} ({operation}) needs a credential and none was given: pass api_key=…, "
        "or set ACTUALLYCARE_API_KEY."
    )
