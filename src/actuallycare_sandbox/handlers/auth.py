"""Register, log in, refresh, log out, sessions and profile (reference: authentication)."""

from __future__ import annotations

import uuid

from ..auth.credentials import hash_password, password_matches
from ..auth.lockout import after_failure, lock_problem, locked
from ..auth.sessions import continue_session, find_session, open_session, sessions_of
from ..auth.user import account_problem
from ..clock import timestamp
from ..data.query import Selection, having
from ..json_value import Record
from ..protocol.envelope import Outcome
from ..protocol.errors import ApiError, conflict, unauthenticated
from .context import Call


def register(call: Call) -> Outcome:
    """A new account, waitlisted while the platform takes no new users, and its first session."""
    fields, store = call.fields, call.backend.store
    email, username = fields["email"].lower(), fields["username"].lower()
    for field, value in (("email", email), ("username", username)):
        if store.first(Selection("users", (having(field, value),))):
            raise conflict(f"A user with this {field} exists already")
    status = "active" if call.backend.settings.accept_new_users else "waitlisted"
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
        "createdAt": timestamp(call.now),
        "password_hash": hash_password(fields["password"]),
        "failed_logins": 0,
        "locked_until": None,
    }
    store.add("users", user)
    redirect = "/onboarding" if status == "active" else "/waitlist"
    data = open_session(call.backend, user, call.address, call.agent).data()
    return call.answer(data | {"user": user, "status": status, "redirect": redirect})


def login(call: Call) -> Outcome:
    """A session for the right password; wrong ones count, and lock the account for a while."""
    store, settings = call.backend.store, call.backend.settings
    wanted = having("email", call.fields["email"].lower())
    user = store.first(Selection("users", (wanted,)))
    if user is None:
        raise _wrong_credentials()
    if problem := lock_problem(user, call.now):
        raise problem
    if not password_matches(user["password_hash"], call.fields["password"]):
        changed = after_failure(
            user, call.now, lock_after=settings.lock_after, lock_seconds=settings.lock_seconds
        )
        store.put("users", user | changed)
        until = changed.get("locked_until")
        raise locked(until) if until else _wrong_credentials()
    if problem := account_problem(user, call.operation.path):
        raise problem
    user |= {"failed_logins": 0, "locked_until": None}
    store.put("users", user)
    return call.answer(
        open_session(call.backend, user, call.address, call.agent).data() | {"user": user}
    )


def refresh(call: Call) -> Outcome:
    """The next tokens for a refresh token that was not used yet."""
    continued = continue_session(call.backend, call.fields["refreshToken"])
    if continued is None:
        raise unauthenticated("Invalid or expired refresh token")
    user, grant = continued
    if account_problem(user, call.operation.path):
        # The operation documents no 403: whatever the account's state, the session is over.
        raise unauthenticated("The session has ended")
    return call.answer(grant.data())


def logout(call: Call) -> Outcome:
    """The session of the refresh token ends, or that of the access token."""
    session = call.caller.session
    if token := call.fields.get("refreshToken"):
        found = find_session(call.backend, token)
        session = found["id"] if found and found["user_id"] == call.caller.id else None
    if session:
        call.backend.store.remove("sessions", session)
    return Outcome(message="Logged out successfully")


def logout_all(call: Call) -> Outcome:
    """Every session of the user ends, this one too."""
    for session in call.backend.store.select(Selection("sessions", owner=call.caller.id)):
        call.backend.store.remove("sessions", session["id"])
    return Outcome(message="Logged out from all devices")


def verify(call: Call) -> Outcome:
    """The token is good, since the call came this far."""
    return call.answer({"valid": True, "user": call.caller.user})


def profile(call: Call) -> Outcome:
    """The account of the token."""
    return call.answer(call.caller.user)


def update_profile(call: Call) -> Outcome:
    """The account with the fields that the body names changed."""
    user: Record = {**call.caller.user, **call.fields}
    user["smsConsent"] = bool(user["smsConsent"] and user["phone"])
    call.backend.store.put("users", user)
    return call.answer(user)


def sessions(call: Call) -> Outcome:
    """The user's open sessions."""
    found = sessions_of(call.backend, call.caller.id)
    marked = [s | {"current": s["id"] == call.caller.session} for s in found]
    return call.answer({"sessions": marked})


def _wrong_credentials() -> ApiError:
    # One answer for an unknown user and a wrong password: who asks learns nothing of accounts.
    return ApiError(401, "INVALID_CREDENTIALS", "Invalid email or password", keep_writes=True)
