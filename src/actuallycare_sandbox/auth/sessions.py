"""Sessions: opened by a login, continued by a refresh token, ended by a logout.

Each refresh token works once: the response contains the next one, and the used one is invalid
(docs.actuallycare.com/api/authentication).
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from attrs import frozen

from ..clock import Clock, timestamp
from ..data.query import Selection, where
from ..data.store import Store
from ..json_value import Record
from .access_tokens import AccessTokenIssuer, Claims
from .credentials import hash_secret, new_secret


@frozen
class TokenPair:
    """An access token and a refresh token, both new."""

    token: str
    """The access token."""
    refresh_token: str
    """The refresh token that continues the session."""
    seconds: int
    """Lifetime of the access token."""

    def data(self) -> dict[str, Any]:
        """Return the documented fields."""
        return {
            "token": self.token,
            "refreshToken": self.refresh_token,
            "expiresIn": self.seconds,
        }


class Sessions:
    """Opens, continues and lists sessions.

    Args:
        store: the storage of accounts and sessions.
        clock: the time that decides about expiry.
        tokens: the issuer of access tokens.
        seconds: the lifetime of a refresh token.
    """

    def __init__(self, store: Store, clock: Clock, tokens: AccessTokenIssuer, seconds: int) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._seconds = seconds

    def open(
        self, user: Record, address: str | None = None, user_agent: str | None = None
    ) -> TokenPair:
        """Begin a session for an authenticated user."""
        refresh_token = new_secret()
        session: Record = {
            "id": str(uuid.uuid4()),
            "user_id": user["id"],
            "createdAt": timestamp(self._clock.now()),
            "ipAddress": address,
            "userAgent": user_agent,
            **self._renewed_fields(refresh_token),
        }
        self._store.add("sessions", session, user["id"])
        return self._token_pair(user["id"], session["id"], refresh_token)

    def issue_token(self, email: str) -> str:
        """Open a session without a login and return its access token, for tests.

        Raises:
            LookupError: no account has this email.
        """
        with self._store.transaction():
            user = self._store.first(Selection("users", (where("email", email.lower()),)))
            if user is None:
                raise LookupError(f"the sandbox has no account {email}")
            return self.open(user).token

    def refresh(self, refresh_token: str) -> tuple[Record, TokenPair] | None:
        """Replace a refresh token; return the user and new tokens, or None for an invalid one."""
        session = self.find(refresh_token)
        if session is None or self._expired(session):
            return None
        user = self._store.get("users", session["user_id"])
        if user is None:
            return None
        replacement = new_secret()
        self._store.put("sessions", session | self._renewed_fields(replacement))
        return user, self._token_pair(user["id"], session["id"], replacement)

    def find(self, refresh_token: str) -> Record | None:
        """Return the session that a refresh token belongs to."""
        by_hash = where("hash", hash_secret(refresh_token))
        return self._store.first(Selection("sessions", (by_hash,)))

    def active(self, user_id: str) -> list[Record]:
        """Return a user's sessions that have not expired, newest first."""
        found = self._store.select(Selection("sessions", owner=user_id))
        return [session for session in found if not self._expired(session)]

    def _expired(self, session: Record) -> bool:
        return datetime.fromisoformat(session["expiresAt"]) <= self._clock.now()

    def _renewed_fields(self, refresh_token: str) -> Record:
        now = self._clock.now()
        return {
            "hash": hash_secret(refresh_token),
            "lastUsedAt": timestamp(now),
            "expiresAt": timestamp(now + timedelta(seconds=self._seconds)),
        }

    def _token_pair(self, user_id: str, session_id: str, refresh_token: str) -> TokenPair:
        token = self._tokens.issue(Claims(user_id, session_id), self._clock.time())
        return TokenPair(token, refresh_token, self._tokens.seconds)
