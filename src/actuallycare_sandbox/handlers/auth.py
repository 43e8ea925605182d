"""Registration, login, token refresh, logout, sessions and profile (reference: authentication)."""

from __future__ import annotations

import uuid

from ..auth.credentials import hash_password, password_matches
from ..auth.lockout import after_failure, lock_problem, locked
from ..auth.user import account_problem
from ..clock import timestamp
from ..data.query import Condition, Selection, where
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import ApiError, conflict, invalid, unauthenticated
from .context import RequestContext


def register(context: RequestContext) -> HandlerResult:
    """Create an account and open its first session.

    The account is waitlisted if the sandbox does not accept new users.
    """
    fields = context.fields
    store = context.backend.store
    email = fields["email"].lower()
    username = fields["username"].lower()
    for field, value in (("email", email), ("username", username)):
        if store.first(Selection("users", (where(field, value),))):
            raise conflict(f"A user with this {field} exists already")
    status = "active" if context.backend.settings.accept_new_users else "waitlisted"
    user = {
        "id": str(uuid.uuid4()),
        "email": email,
        "username": username,
        "firstName": fields["firstName"],
        "lastName": fields["lastName"],
        "role": fields.get("role", "agent"),
        "status": status,
        "emailKind": fields.get("emailKind"),
        "phone": fields.get("phone"),
        "smsConsent": bool(fields.get("smsConsent") and fields.get("phone")),
        "createdAt": timestamp(context.now),
        "password_hash": hash_password(fields["password"]),
        "failed_logins": 0,
        "locked_until": None,
    }
    store.add("users", user)
    redirect = "/onboarding" if status == "active" else "/waitlist"
    data = context.backend.sessions.open(user, context.address, context.user_agent).data()
    return context.result(data | {"user": user, "status": status, "redirect": redirect})


def login(context: RequestContext) -> HandlerResult:
    """Open a session; count failed attempts and lock the account after too many."""
    store = context.backend.store
    settings = context.backend.settings
    user = store.first(Selection("users", (_account_name(context.fields),)))
    if user is None:
        raise _wrong_credentials()
    if problem := lock_problem(user, context.now):
        raise problem
    if not password_matches(user["password_hash"], context.fields["password"]):
        changed = after_failure(
            user, context.now, lock_after=settings.lock_after, lock_seconds=settings.lock_seconds
        )
        store.put("users", user | changed)
        until = changed.get("locked_until")
        raise locked(until) if until else _wrong_credentials()
    if problem := account_problem(user, context.operation.path):
        raise problem
    user |= {"failed_logins": 0, "locked_until": None}
    store.put("users", user)
    return context.result(
        context.backend.sessions.open(user, context.address, context.user_agent).data()
        | {"user": user}
    )


def refresh(context: RequestContext) -> HandlerResult:
    """Replace a refresh token that was not used before by new tokens."""
    refreshed = context.backend.sessions.refresh(context.fields["refreshToken"])
    if refreshed is None:
        raise unauthenticated("Invalid or expired refresh token")
    user, tokens = refreshed
    if account_problem(user, context.operation.path):
        # The operation documents no 403, so every account problem is a 401.
        raise unauthenticated("The session has ended")
    return context.result(tokens.data())


def logout(context: RequestContext) -> HandlerResult:
    """End the session of the refresh token in the body, otherwise that of the access token."""
    session = context.caller.session
    if token := context.fields.get("refreshToken"):
        found = context.backend.sessions.find(token)
        session = found["id"] if found and found["user_id"] == context.caller.id else None
    if session:
        context.backend.store.remove("sessions", session)
    return HandlerResult(message="Logged out successfully")


def logout_all(context: RequestContext) -> HandlerResult:
    """End every session of the user, including the current one."""
    for session in context.backend.store.select(Selection("sessions", owner=context.caller.id)):
        context.backend.store.remove("sessions", session["id"])
    return HandlerResult(message="Logged out from all devices")


def verify(context: RequestContext) -> HandlerResult:
    """Confirm that the token is valid; an invalid one was rejected before."""
    return context.result(context.caller.account)


def profile(context: RequestContext) -> HandlerResult:
    """Return the account of the user."""
    return context.result(context.caller.account)


def update_profile(context: RequestContext) -> HandlerResult:
    """Update the account with the fields in the body."""
    fields = dict(context.fields)
    current = fields.pop("currentPassword", None)
    new = fields.pop("newPassword", None)
    user: Record = {**context.caller.account, **fields}
    if new is not None:
        if not password_matches(user["password_hash"], current or ""):
            raise invalid([{"field": "currentPassword", "message": "currentPassword is wrong"}])
        user["password_hash"] = hash_password(new)
    user["smsConsent"] = bool(user["smsConsent"] and user["phone"])
    context.backend.store.put("users", user)
    return context.result(user)


def sessions(context: RequestContext) -> HandlerResult:
    """List the user's active sessions."""
    found = context.backend.sessions.active(context.caller.id)
    listed = [s | {"isCurrent": s["id"] == context.caller.session} for s in found]
    return context.result({"sessions": listed})


def _account_name(fields: Record) -> Condition:
    """Return the condition for the account that a login names: by email or by user name."""
    for field in ("email", "username"):
        if fields.get(field):
            return where(field, str(fields[field]).lower())
    raise invalid([{"field": "email", "message": "email or username is required"}])


def _wrong_credentials() -> ApiError:
    # The same error for an unknown user and a wrong password does not reveal which accounts exist.
    return ApiError(401, "INVALID_CREDENTIALS", "Invalid email or password", keep_writes=True)
