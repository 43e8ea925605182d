"""Secrets: how they are made, and what is stored of them.

Passwords are hashed with Argon2 (`argon2-cffi`). API keys and refresh tokens are long random
strings, for which one round of SHA-256 is enough, and which must be found by their hash.
"""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# The least cost that the library offers in earnest: sandbox accounts guard sample data, and tests
# log in by the hundred.
_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


def hash_password(password: str, salt: bytes | None = None) -> str:
    """The Argon2 hash; a salt is given only where the result must not vary."""
    return _HASHER.hash(password, salt=salt)


def password_matches(stored: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return _HASHER.verify(stored, password)
    except VerifyMismatchError:
        return False


def new_secret() -> str:
    """64 hexadecimal characters: the form of an API key."""
    return secrets.token_hex(32)


def hash_secret(secret: str) -> str:
    """What is stored of an API key or refresh token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def preview(secret: str) -> str:
    """The first 8 and last 4 characters, as the API shows a key after its creation."""
    return f"{secret[:8]}...{secret[-4:]}"
