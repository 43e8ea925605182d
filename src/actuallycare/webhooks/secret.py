"""The secrets that deliveries are signed with: checked, kept out of sight, compared with."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Final, NoReturn, TypeAlias

Secrets: TypeAlias = str | bytes | Sequence[str | bytes]
"""What a webhook was registered with; several while it is being rotated."""

MINIMUM: Final = 10
"""Characters that the vendor asks of a secret at least (guides/webhook-setup)."""


class SigningSecrets:
    """Secrets that show in no repr, log line, traceback or pickle."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def fit(self, body: bytes, digest: str) -> bool:
        """Whether one of them signed the body, in a time that does not tell which, or how nearly.

        `digest` is ASCII.
        """
        fits = [hmac.compare_digest(hex_digest(body, key), digest) for key in self._keys]
        return any(fits)

    def __repr__(self) -> str:
        return f"<{len(self._keys)} signing secrets>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("signing secrets are not pickled; read them anew in the other process")


def read_secrets(given: Secrets) -> SigningSecrets | str:
    """The secrets, or what is wrong with them.

    A value rather than an exception: a traceback with locals would show them.
    """
    several: tuple[Any, ...] = (given,) if isinstance(given, (str, bytes)) else tuple(given)
    if not several:
        return "No webhook secret was given; pass the one that the webhook was registered with."
    for one in several:
        if not isinstance(one, (str, bytes)):
            return f"A webhook secret is {type(one).__name__}; str or bytes was expected."
        if len(one) < MINIMUM:
            return (
                f"A webhook secret has {len(one)} characters; the vendor asks for at least "
                f"{MINIMUM}. Pass the one that the webhook was registered with."
            )
    return SigningSecrets([key_of(one) for one in several])


def key_of(secret: str | bytes) -> bytes:
    """The HMAC key that a secret is: its UTF-8 bytes."""
    return secret.encode() if isinstance(secret, str) else secret


def hex_digest(body: bytes, key: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) in lower-case hexadecimal."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()
