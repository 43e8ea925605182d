"""Account lockout after failed logins. Source: docs.actuallycare.com/api/errors (423)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..clock import timestamp
from ..protocol.errors import ApiError


def lock_problem(user: Mapping[str, Any], now: datetime) -> ApiError | None:
    """Return the 423 for a locked account, None for any other."""
    until = user["locked_until"]
    if until is None or datetime.fromisoformat(until) <= now:
        return None
    return locked(until)


def after_failure(
    user: Mapping[str, Any], now: datetime, *, lock_after: int, lock_seconds: int
) -> dict[str, Any]:
    """Return the account fields that a failed login changes."""
    failed = user["failed_logins"] + 1
    if failed < lock_after:
        return {"failed_logins": failed}
    until = timestamp(now + timedelta(seconds=lock_seconds))
    return {"failed_logins": 0, "locked_until": until}


def locked(until: str) -> ApiError:
    """Return the 423 with the end of the lock; the failed login must be stored with it."""
    return ApiError(
        423,
        "ACCOUNT_LOCKED",
        "Account is locked after too many failed logins",
        details={"locked_until": until},
        keep_writes=True,
    )
