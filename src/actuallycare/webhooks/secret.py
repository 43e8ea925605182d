"""Webhook secrets: validate them, keep them out of reprs, verify signatures."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Final, NoReturn, TypeAlias

Secrets: TypeAlias = str | bytes | Sequence[str | bytes]
"""The secret of a webhook; several while it is rotated."""

MIN_LENGTH: Final = 10
"""Minimum number of characters (vendor page guides/webhook-setup)."""


class SigningSecrets:
    """Secrets that never appear in a repr, log line, traceback or pickle."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def verify(self, body: bytes, digest: str) -> bool:
        """Whether one of the secrets signed the body: a constant-time check against every secret.

        `digest` must be ASCII.
        """
        matches = [hmac.compare_digest(hex_digest(body, key), digest) for key in self._keys]
        return any(matches)

    def __repr__(self) -> str:
        return f"<{len(self._keys)} signing secrets>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("signing secrets cannot be pickled; read them again in the other process")


def read_secrets(secrets: Secrets) -> SigningSecrets | str:
    """Return the secrets, or a message about what is wrong with them.

    A message rather than an exception, because a traceback with locals would show them.
    """
    given: Any = (secrets,) if isinstance(secrets, (str, bytes)) else secrets
    try:
        several: tuple[Any, ...] = tuple(given)
    except TypeError:
        return f"The webhook secret is {type(given).__name__}; str or bytes was expected."
    if not several:
        return "No webhook secret was given; pass the secret of the webhook."
    for one in several:
        if not isinstance(one, (str, bytes)):
            return f"A webhook secret is {type(one).__name__}; str or bytes was expected."
        if problem := encoding_problem(one):
            return problem
        if len(one) < MIN_LENGTH:
            return (
                f"A webhook secret has {len(one)} characters; the vendor asks for at least "
                f"{MIN_LENGTH}. Pass the secret of the webhook."
            )
    return SigningSecrets([key_of(one) for one in several])


def encoding_problem(secret: str | bytes) -> str | None:
    """Return why a secret cannot be a key, without showing it."""
    try:
        key_of(secret)
    except UnicodeEncodeError:
        return "A webhook secret has lone surrogates, which UTF-8 cannot encode. Pass it as bytes."
    return None


def key_of(secret: str | bytes) -> bytes:
    """Return the HMAC key of a secret: its UTF-8 bytes."""
    return secret.encode() if isinstance(secret, str) else secret


def hex_digest(body: bytes, key: bytes) -> str:
    """Return the HMAC-SHA256 (RFC 2104) in lower-case hexadecimal."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()
