"""Sessions: what a login opens, a refresh token continues, and a logout ends.

A refresh token opens its session once: the answer carries the next one, and the used one is worth
nothing (docs.actuallycare.com/api/authentication).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .call import Call
from .clock import timestamp
from .credentials import hash_secret, new_secret
from .query import Selection, having
from .store import Record
from .tokens import Claims


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


def open_session(call: Call, user: Record) -> Grant:
    """Begin a session for a user who has proved to be one."""
    refresh_token = new_secret()
    session: Record = {
        "id": str(uuid.uuid4()),
        "user_id": user["id"],
        "createdAt": timestamp(call.now),
        "ipAddress": call.address,
        "userAgent": call.agent,
        **_renewed(call, refresh_token),
    }
    call.backend.store.add("sessions", session, user["id"])
    return _grant(call, user["id"], session["id"], refresh_token)


def continue_session(call: Call, refresh_token: str) -> tuple[Record, Grant] | None:
    """Swap a refresh token for the next one; the user, and None for a token worth nothing."""
    store = call.backend.store
    session = find_session(call, refresh_token)
    if session is None or datetime.fromisoformat(session["expiresAt"]) <= call.now:
        return None
    user = store.get("users", session["user_id"])
    if user is None:
        return None
    following = new_secret()
    store.put("sessions", session | _renewed(call, following))
    return user, _grant(call, user["id"], session["id"], following)


def find_session(call: Call, refresh_token: str) -> Record | None:
    """The session that a refresh token belongs to."""
    wanted = having("hash", hash_secret(refresh_token))
    return call.backend.store.first(Selection("sessions", (wanted,)))


def sessions_of(call: Call, user: str) -> list[Record]:
    """A user's sessions that have not expired, the newest first."""
    found = call.backend.store.select(Selection("sessions", owner=user))
    return [s for s in found if datetime.fromisoformat(s["expiresAt"]) > call.now]


def _renewed(call: Call, refresh_token: str) -> Record:
    expires = call.now + timedelta(seconds=call.backend.settings.refresh_token_seconds)
    return {
        "hash": hash_secret(refresh_token),
        "lastUsedAt": timestamp(call.now),
        "expiresAt": timestamp(expires),
    }


def _grant(call: Call, user: str, session: str, refresh_token: str) -> Grant:
    tokens = call.backend.tokens
    return Grant(
        tokens.issue(Claims(user, session), call.backend.clock.time()),
        refresh_token,
        tokens.seconds,
    )
