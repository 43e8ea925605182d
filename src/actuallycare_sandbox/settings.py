"""What a sandbox can be told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .protocol.rate_limit import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that makes one sandbox differ from another.

    Attributes:
        records: how many sample records to start with, over all resources.
        seed: the same seed gives the same records, byte for byte.
        data: a SQLite file that keeps the state across restarts; None: memory.
        openapi: a document to serve instead of the project's own.
        limits: the four rate limits.
        body_limit: largest request body, bytes.
        accept_new_users: False: who registers is waitlisted.
        access_token_seconds: life of an access token.
        refresh_token_seconds: life of a refresh token.
        lock_after: failed logins in a row that lock an account.
        lock_seconds: how long it stays locked.
        retry_seconds: waits between the attempts of a webhook delivery. How many attempts there
            are is documented; how long the vendor waits is not known here.
        deliver_anywhere: send webhook deliveries to other machines too; else only to this one.
        background: a thread sends webhook deliveries; without it, `Courier.deliver_due` does.
    """

    records: int = 2_000
    seed: int = 1
    data: Path | None = None
    openapi: Path | None = None
    limits: Limits = field(default_factory=Limits)
    body_limit: int = 1_000_000
    accept_new_users: bool = True
    access_token_seconds: int = 900
    refresh_token_seconds: int = 30 * 86_400
    lock_after: int = 5
    lock_seconds: int = 1_800
    retry_seconds: tuple[float, ...] = (60.0, 300.0, 1_800.0)
    deliver_anywhere: bool = False
    background: bool = True
