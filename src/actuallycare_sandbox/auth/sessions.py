"""Sessions: what a login opens, a refresh token continues, and a logout ends.

A refresh token opens its session once: the answer carries the next one, and the used one is worth
nothing (docs.actuallycare.com/api/authentication).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..backend import Backend
from ..clock import timestamp
from ..data.query import Selection, having
from ..json_value import Record
from .access_tokens import Claims
from .credentials import hash_secret, new_secret


@dataclass(frozen=True, slots=True)
class Grant:
    """Fresh tokens, as the API hands them out."""

    token: str
    refresh_token: str
    seconds: int

    def data(self) -> dict[str, Any]:
        """The documented fields."""
        return {
            "token": self.token,
            "refreshToken": self.refresh_token,
            "expiresIn": self.seconds,
        }


def open_session(
    backend: Backend, user: Record, address: str | None = None, agent: str | None = None
) -> Grant:
    """Begin a session for a user who has proved to be one."""
    refresh_token = new_secret()
    session: Record = {
        "id": str(uuid.uuid4()),
        "user_id": user["id"],
        "createdAt": timestamp(backend.clock.now()),
        "ipAddress": address,
        "userAgent": agent,
        **_renewed(backend, refresh_token),
    }
    backend.store.add("sessions", session, user["id"])
    return _grant(backend, user["id"], session["id"], refresh_token)


def issue_token(backend: Backend, email: str) -> str:
    """An access token of the account with that email, for a test that needs no login.

    Raises:
        LookupError: there is no such account.
    """
    with backend.store.transaction():
        user = backend.store.first(Selection("users", (having("email", email.lower()),)))
        if user is None:
            raise LookupError(f"the sandbox has no account {email}")
        return open_session(backend, user).token


def continue_session(backend: Backend, refresh_token: str) -> tuple[Record, Grant] | None:
    """Swap a refresh token for the next one; the user, and None for a token worth nothing."""
    store = backend.store
    session = find_session(backend, refresh_token)
    if session is None or datetime.fromisoformat(session["expiresAt"]) <= backend.clock.now():
        return None
    user = store.get("users", session["user_id"])
    if user is None:
        return None
    following = new_secret()
    store.put("sessions", session | _renewed(backend, following))
    return user, _grant(backend, user["id"], session["id"], following)


def find_session(backend: Backend, refresh_token: str) -> Record | None:
    """The session that a refresh token belongs to."""
    wanted = having("hash", hash_secret(refresh_token))
    return backend.store.first(Selection("sessions", (wanted,)))


def sessions_of(backend: Backend, user: str) -> list[Record]:
    """A user's sessions that have not expired, the newest first."""
    found = backend.store.select(Selection("sessions", owner=user))
    return [s for s in found if datetime.fromisoformat(s["expiresAt"]) > backend.clock.now()]


def _renewed(backend: Backend, refresh_token: str) -> Record:
    expires = backend.clock.now() + timedelta(seconds=backend.settings.refresh_token_seconds)
    return {
        "hash": hash_secret(refresh_token),
        "lastUsedAt": timestamp(backend.clock.now()),
        "expiresAt": timestamp(expires),
    }


def _grant(backend: Backend, user: str, session: str, refresh_token: str) -> Grant:
    tokens = backend.tokens
    return Grant(
        tokens.issue(Claims(user, session), backend.clock.time()),
        refresh_token,
        tokens.seconds,
    )
