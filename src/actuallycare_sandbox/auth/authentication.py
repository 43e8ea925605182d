"""Authenticate a request by its API key or access token.

Source: docs.actuallycare.com/api/authentication. Each operation's `security` lists the accepted
credentials. An API key sent to an operation that accepts only tokens counts as no credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..clock import Clock, timestamp
from ..data.query import Selection, where
from ..data.store import Store
from ..json_value import Record
from ..protocol.errors import ApiError, unauthenticated
from ..spec.document import OperationSpec
from .access_tokens import AccessTokenIssuer, TokenError
from .credentials import hash_secret
from .user import AuthenticatedUser, account_problem

_LAST_USED_PRECISION = 60.0
"""Seconds between updates of `last_used_at`, so that not every read request writes."""


def authenticate(
    store: Store,
    tokens: AccessTokenIssuer,
    clock: Clock,
    operation: OperationSpec,
    headers: Mapping[str, str],
) -> AuthenticatedUser | None:
    """Return the authenticated user, or None for an operation that needs no credential.

    Raises:
        ApiError: 401 or 403, as documented.
    """
    if not operation.security:
        return None
    accepted = frozenset[str]().union(*operation.security)
    scheme, _, token = headers.get("authorization", "").partition(" ")
    key = headers.get("x-api-key") or headers.get("api-key")
    if "key" in accepted and key:
        user = _user_by_key(store, clock, key)
    elif "bearer" in accepted and scheme.lower() == "bearer" and token.strip():
        user = _user_by_token(store, tokens, clock, token.strip())
    else:
        raise ApiError(401, "NO_AUTH_TOKEN", "No authentication token provided")
    if problem := account_problem(user.account, operation.path):
        raise problem
    return user


def _user_by_key(store: Store, clock: Clock, key: str) -> AuthenticatedUser:
    record = store.first(Selection("api_keys", (where("hash", hash_secret(key)),)))
    if record is None or not record["is_active"]:
        raise unauthenticated("Invalid API key")
    now = clock.now()
    if record["expires_at"] and datetime.fromisoformat(record["expires_at"]) <= now:
        raise unauthenticated("API key has expired")
    last_used = record["last_used_at"]
    if last_used is None or _seconds_since(last_used, now) >= _LAST_USED_PRECISION:
        store.put("api_keys", record | {"last_used_at": timestamp(now)})
    return AuthenticatedUser(_account(store, record["user_id"]), scopes=record["scopes"])


def _user_by_token(
    store: Store, tokens: AccessTokenIssuer, clock: Clock, token: str
) -> AuthenticatedUser:
    try:
        claims = tokens.read(token, clock.time())
    except TokenError as error:
        raise unauthenticated(str(error)) from error
    if store.get("sessions", claims.session) is None:
        raise unauthenticated("The session has ended")
    return AuthenticatedUser(_account(store, claims.user), session=claims.session)


def _account(store: Store, id: str) -> Record:
    account = store.get("users", id)
    if account is None:
        raise unauthenticated("The account does not exist any more")
    return account


def _seconds_since(text: str, now: datetime) -> float:
    return (now - datetime.fromisoformat(text)).total_seconds()
