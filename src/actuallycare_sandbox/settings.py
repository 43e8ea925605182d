"""Settings of a sandbox."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

from .dialects.dialect import DialectName
from .protocol.rate_limit import Limits


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
    dialect: DialectName = "published"
    """Version of the API to speak: as the vendor publishes it, or as an older back end did."""
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
    retry_seconds: tuple[float, ...] = (60.0, 300.0, 1_800.0)
    """Waits between the attempts of a webhook delivery. The vendor documents the number of
    attempts, but not the waits; these are the sandbox's own."""
    deliver_anywhere: bool = False
    """Whether webhook deliveries may go to other machines; otherwise to this machine only."""
    allowed_hosts: tuple[str, ...] = ()
    """Names to accept in the `Host` header besides the address of the connection."""
    background: bool = True
    """Whether a thread sends webhook deliveries; otherwise call `dispatcher.deliver_due()`."""
