"""Credentials: how they are kept out of sight, checked, and chosen for an operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn, TypeGuard, TypeVar, cast

from attrs import frozen

from .call import Operation, Scheme
from .errors import ConfigurationError

if TYPE_CHECKING:
    from .tokens import TokenSource

T = TypeVar("T")

_API_KEY = re.compile(r"[0-9a-fA-F]{64}")


class Secret:
    """A credential that shows in no repr, str, log line or pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The credential itself. Only transports need it."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret('…')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled; make a new client in the other process")


def seal(value: T) -> T:
    """A secret argument so wrapped that no repr shows it; anything but text as it is.

    The type is kept, since what goes through is only ever encoded: `unseal` undoes it there.
    """
    return cast("T", Secret(value)) if isinstance(value, str) else value


def unseal(value: Any) -> Any:
    """What `seal` wrapped, and anything else as it is."""
    return value.reveal() if isinstance(value, Secret) else value


@frozen
class AuthHeader:
    """The header that authenticates one request."""

    name: str
    value: Secret
    prefix: str = ""
    """What stands before the value on the wire."""


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
