"""Settings of a sandbox."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from attrs import Factory, field, frozen
from attrs.validators import in_

from .dialects.dialect import DIALECTS, PUBLISHED, DialectName
from .protocol.rate_limit import Limits

DIALECT_VARIABLE = "ACTUALLYCARE_SANDBOX_DIALECT"
"""Environment variable with the default of `Settings.dialect`, to run a whole test suite in it."""


def default_dialect() -> DialectName:
    """Return the dialect that the environment names, or else `published`.

    Raises:
        ValueError: there is no such dialect.
    """
    name = os.environ.get(DIALECT_VARIABLE) or "published"
    if name not in DIALECTS:
        expected = " or ".join(sorted(DIALECTS))
        raise ValueError(f"{DIALECT_VARIABLE} is {name!r}; {expected} was expected")
    return cast("DialectName", name)


def _retry_seconds_of_dialect(settings: Any) -> tuple[float, ...]:
    # An unknown name is rejected afterwards, by the validator of `dialect`.
    return DIALECTS.get(settings.dialect, PUBLISHED).retry_seconds


@frozen
class Settings:
    """Configuration of one sandbox; every setting has a default."""

    records: int = 2_000
    """Sample records to start with, over all resources."""
    seed: int = 1
    """Seed of the sample records. The same seed gives the same records, byte for byte."""
    data: Path | None = None
    """SQLite file that keeps the state across restarts; None keeps it in memory."""
    openapi: Path | None = None
    """OpenAPI document to serve instead of the project's."""
    dialect: DialectName = field(factory=default_dialect, validator=in_(tuple(DIALECTS)))
    """Version of the API to speak: as the vendor publishes it, or as an older back end did. The
    default is the environment variable ACTUALLYCARE_SANDBOX_DIALECT, or else `published`."""
    strict_statuses: bool = False
    """Whether updates may change a status only as an older back end allowed, such as a listing from
    active to pending and only then to sold."""
    limits: Limits = field(factory=Limits)
    """The four rate limits."""
    body_limit: int = 1_000_000
    """Largest accepted request body, in bytes."""
    accept_new_users: bool = True
    """Whether new accounts are active at once; otherwise they are waitlisted."""
    access_token_seconds: int = 900
    """Lifetime of an access token."""
    refresh_token_seconds: int = 30 * 86_400
    """Lifetime of a refresh token."""
    lock_after: int = 5
    """Consecutive failed logins that lock an account."""
    lock_seconds: int = 1_800
    """Duration of the lock."""
    retry_seconds: tuple[float, ...] = field(
        default=Factory(_retry_seconds_of_dialect, takes_self=True)
    )
    """Waits between the attempts of a webhook delivery. The vendor documents the number of
    attempts, but not the waits. The default is that of the dialect: 1, 5 and 15 minutes in `older`;
    in `published` the last one is 30 minutes."""
    deliver_anywhere: bool = False
    """Whether webhook deliveries may go to other machines; otherwise to this machine only."""
    allowed_hosts: tuple[str, ...] = ()
    """Names to accept in the `Host` header besides the address of the connection."""
    background: bool = True
    """Whether a thread sends webhook deliveries; otherwise call `dispatcher.deliver_due()`."""
