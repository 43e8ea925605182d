"""Credentials: validate them and select one for an operation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeGuard

from attrs import field, frozen

from ..errors import ConfigurationError
from ..http import AuthHeader
from ..operation import Operation, Scheme
from ..secret import Secret

_API_KEY = re.compile(r"[0-9a-fA-F]{64}")


class CredentialSource(Protocol):
    """Provides the API key or the JWT of a request."""

    async def get(self, rejected: Secret | None = None) -> Secret:
        """Return the one to use now; if possible another one than `rejected` (after a 401)."""
        ...


CredentialProvider = Callable[[], Awaitable[str]]
"""An async function that returns the API key or the JWT to use now. It is called for each attempt
that needs one, so it should keep the value until it changes."""


@frozen
class FixedSource:
    """One API key or JWT, which the SDK cannot renew."""

    secret: Secret

    async def get(self, rejected: Secret | None = None) -> Secret:
        return self.secret


@frozen
class CallableSource:
    """API keys or JWTs from a function of the caller, which renews them."""

    setting: str
    """The argument of the client: `api_key` or `token`."""
    provider: CredentialProvider = field(repr=False)
    check: Callable[[Secret], Secret]

    async def get(self, rejected: Secret | None = None) -> Secret:
        provided = self.provider()
        if not inspect.isawaitable(provided):
            raise ConfigurationError(
                f"The function that was passed as {self.setting}= does not return an awaitable: "
                "define it with `async def`."
            )
        # Wrapped at once: a local of this frame would appear in a traceback with locals.
        secret = Secret(await provided)
        problem = _type_problem(secret.get_secret_value())
        if problem:
            raise ConfigurationError(
                f"The function that was passed as {self.setting}= returned {problem}; a str was "
                "expected."
            )
        return self.check(secret)


@frozen
class Credentials:
    """The credentials of a client: keys, tokens, both or neither."""

    keys: CredentialSource | None = None
    tokens: CredentialSource | None = None

    async def header(
        self, scheme: Scheme | None, *, rejected: AuthHeader | None = None
    ) -> AuthHeader | None:
        """Return the header for a scheme from `select_scheme`; if possible not `rejected`."""
        secret = rejected.value if rejected is not None else None
        if scheme == "key" and self.keys is not None:
            return AuthHeader("X-API-Key", await self.keys.get(secret))
        if scheme == "bearer" and self.tokens is not None:
            return AuthHeader("Authorization", await self.tokens.get(secret), "Bearer ")
        return None


def contains_api_key(text: str) -> bool:
    """Whether a text contains what looks like an API key."""
    return _API_KEY.search(text) is not None


def check_api_key(key: Secret) -> Secret:
    """Return the key without white space around it.

    Raises:
        ConfigurationError: it does not have 64 hexadecimal characters.
    """
    key = _stripped(key)
    problem = _key_problem(key.get_secret_value())
    if problem is None:
        return key
    raise ConfigurationError(
        f"The API key is malformed: {problem}; 64 hexadecimal characters without a prefix were "
        "expected. Copy it again from Settings → API Keys, or create a new one there."
    )


def _type_problem(value: object) -> str | None:
    # A function of its own, so that no frame of the error has the value among its locals.
    return None if isinstance(value, str) else type(value).__name__


def _key_problem(text: object) -> str | None:
    # A function of its own, so that no frame of the error has the key among its locals.
    if not isinstance(text, str):
        return f"it is {type(text).__name__}"
    if _API_KEY.fullmatch(text):
        return None
    if not text:
        return "it is empty"
    if len(text) != 64:
        return f"it has {len(text)} characters"
    return "it has characters that are not hexadecimal"


def is_valid_bearer_token(text: Any) -> TypeGuard[str]:
    """Whether this can be the token of an `Authorization` header."""
    return (
        isinstance(text, str)
        and text != ""
        and text.isascii()
        and text.isprintable()
        and " " not in text
    )


def _stripped(secret: Secret) -> Secret:
    # Keys and tokens that are read from files often end with a newline.
    return Secret(secret.get_secret_value().strip())


def check_token(token: Secret) -> Secret:
    """Return the JWT without white space around it.

    Raises:
        ConfigurationError: a header cannot contain it.
    """
    token = _stripped(token)
    if is_valid_bearer_token(token.get_secret_value()):
        return token
    raise ConfigurationError(
        "The token is malformed: a JWT is one run of printable ASCII characters. "
        "Pass what `auth.login` returned, without the `Bearer ` prefix."
    )


def select_scheme(operation: Operation, credentials: Credentials) -> Scheme | None:
    """Return the first scheme that `operation` accepts and `credentials` has; None if it is public.

    Raises:
        ConfigurationError: the operation needs a credential that the client does not have.
    """
    for scheme in operation.auth:
        if scheme == "key" and credentials.keys is not None:
            return scheme
        if scheme == "bearer" and credentials.tokens is not None:
            return scheme
    if not operation.auth:
        return None
    if operation.auth == ("bearer",):
        have = "only an API key was given" if credentials.keys else "none was given"
        raise ConfigurationError(
            f"{operation.name} ({operation}) needs a JWT and {have}: pass "
            "token=Login(email, password), or token=… with a JWT that `client.auth.login(…)` "
            "returned. API keys are not accepted there."
        )
    raise ConfigurationError(
        f"{operation.name} ({operation}) needs a credential and none was given: pass api_key=…, "
        "or set ACTUALLYCARE_API_KEY."
    )
