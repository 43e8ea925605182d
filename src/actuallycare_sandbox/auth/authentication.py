"""From the credential of a request to its principal.

Source: docs.actuallycare.com/api/authentication. Each operation's own `security` says which
credentials it takes; a key sent to a JWT-only operation counts as no credential at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..clock import Clock, timestamp
from ..data.query import Selection, having
from ..data.store import Store
from ..json_value import Record
from ..protocol.errors import ApiError, unauthenticated
from ..spec.document import Operation
from .access_tokens import TokenError, Tokens
from .credentials import hash_secret
from .user import Principal, account_problem

_USED_EVERY_SECONDS = 60.0
"""`last_used_at` is this exact, so that reading does not write each time."""


def sign_in(
    store: Store, tokens: Tokens, clock: Clock, operation: Operation, headers: Mapping[str, str]
) -> Principal | None:
    """The principal, or None where the operation needs none.

    Raises:
        ApiError: 401 or 403, as documented.
    """
    if not operation.security:
        return None
    kinds = frozenset[str]().union(*operation.security)
    scheme, _, token = headers.get("authorization", "").partition(" ")
    key = headers.get("x-api-key") or headers.get("api-key")
    if "key" in kinds and key:
        principal = _by_key(store, clock, key)
    elif "bearer" in kinds and scheme.lower() == "bearer" and token.strip():
        principal = _by_token(store, tokens, clock, token.strip())
    else:
        raise ApiError(401, "NO_AUTH_TOKEN", "No authentication token provided")
    if problem := account_problem(principal.user, operation.path):
        raise problem
    return principal


def _by_key(store: Store, clock: Clock, key: str) -> Principal:
    record = store.first(Selection("api_keys", (having("hash", hash_secret(key)),)))
    if record is None or not record["is_active"]:
        raise unauthenticated("Invalid API key")
    now = clock.now()
    if record["expires_at"] and _instant(record["expires_at"]) <= now:
        raise unauthenticated("API key has expired")
    used = record["last_used_at"]
    if used is None or (now - _instant(used)).total_seconds() >= _USED_EVERY_SECONDS:
        store.put("api_keys", record | {"last_used_at": timestamp(now)})
    return Principal(_user(store, record["user_id"]), scopes=record["scopes"])


def _by_token(store: Store, tokens: Tokens, clock: Clock, token: str) -> Principal:
    try:
        claims = tokens.read(token, clock.time())
    except TokenError as error:
        raise unauthenticated(str(error)) from error
    if store.get("sessions", claims.session) is None:
        raise unauthenticated("The session has ended")
    return Principal(_user(store, claims.user), session=claims.session)


def _user(store: Store, id: str) -> Record:
    user = store.get("users", id)
    if user is None:
        raise unauthenticated("The account does not exist any more")
    return user


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
