"""Passwords, API keys and refresh tokens: how they are created and hashed.

Passwords are hashed with Argon2 (`argon2-cffi`). API keys and refresh tokens are long random
strings: one round of SHA-256 is enough, and a deterministic hash is needed to look them up.
"""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# Cheap parameters: sandbox accounts protect sample data only, and tests log in hundreds of times.
_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


def hash_password(password: str, salt: bytes | None = None) -> str:
    """Return the Argon2 hash. Pass a salt only where the result must be reproducible."""
    return _HASHER.hash(password, salt=salt)


def password_matches(stored: str, password: str) -> bool:
    """Whether the stored hash belongs to the password."""
    try:
        return _HASHER.verify(stored, password)
    except VerifyMismatchError:
        return False


def new_secret() -> str:
    """Return 64 random hexadecimal characters, the format of an API key."""
    return secrets.token_hex(32)


def hash_secret(secret: str) -> str:
    """Return the stored form of an API key or refresh token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def preview(secret: str) -> str:
    """Return the first 8 and last 4 characters, as the API shows an existing key."""
    return f"{secret[:8]}...{secret[-4:]}"
