"""For each operation and documented status, a request that gets this status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from actuallycare_sandbox import Backend, Limit, Limits
from actuallycare_sandbox.data.query import Selection, where
from actuallycare_sandbox.samples.initial_state import PASSWORD
from actuallycare_sandbox.spec.document import OperationSpec

BROKER = "broker@example.com"
NOBODY = "00000000-0000-4000-8000-000000000000"
WEBHOOK = {"url": "http://127.0.0.1:1/x", "events": ["all"], "secret": "sample-secret"}
REGISTER = {
    "email": "new@example.com",
    "username": "new",
    "password": "Sandbox-1",
    "firstName": "Alfa",
    "lastName": "Sample",
}
BODIES: Mapping[str, Any] = {
    "POST /api-keys": {"name": "Nightly sync"},
    "PATCH /api-keys/{id}/scopes": {"scopes": {"all": ["read"]}},
    "POST /appointments": {
        "title": "Showing",
        "start_time": "2026-07-10T17:00:00Z",
        "end_time": "2026-07-10T18:00:00Z",
    },
    "PUT /appointments/{id}": {"status": "completed"},
    "POST /auth/login": {"email": BROKER, "password": PASSWORD},
    "POST /auth/register": REGISTER,
    "PUT /auth/profile": {"firstName": "Changed"},
    "POST /billing/checkout": {"planKey": "team"},
    "POST /billing/public-checkout": {"email": "new@example.com"},
    "POST /clients": {"first_name": "Alfa", "last_name": "Sample", "client_type": "buyer"},
    "PUT /clients/{id}": {"status": "closed"},
    "POST /contacts": {"first_name": "Alfa", "last_name": "Sample", "contact_type": "buyer"},
    "PUT /contacts/{id}": {"notes": "called"},
    "POST /escrows": {"property_address": "1 Sandbox Street"},
    "PUT /escrows/{id}": {"status": "closed"},
    "POST /leads": {"name": "Alfa Sample"},
    "PUT /leads/{id}": {"status": "contacted"},
    "POST /listings": {"address": "1 Sandbox Street", "list_price": 1},
    "PUT /listings/{id}": {"status": "sold"},
    "POST /webhooks": WEBHOOK,
    "PUT /webhooks/{id}": {"active": False},
}
QUERIES: Mapping[str, Mapping[str, str]] = {"GET /contacts/search": {"name": "sample"}}
SUBSCRIBERS_ONLY = frozenset({"GET /billing/subscription", "POST /billing/portal"})


@frozen
class Attempt:
    """A request, and the settings of its sandbox."""

    method: str
    path: str
    query: Mapping[str, str] = field(factory=dict[str, str])
    body: Any = None
    account: str | None = BROKER
    settings: Mapping[str, Any] = field(factory=dict[str, Any])
    prepare: Callable[[Backend], None] = lambda backend: None
    before: tuple[Attempt, ...] = ()


def succeeding(operation: OperationSpec) -> Attempt:
    """Return the request that gets the operation's 2xx."""
    attempt = Attempt(
        operation.method,
        operation.path,
        QUERIES.get(operation.name, {}),
        BODIES.get(operation.name),
        BROKER if operation.security else None,
    )
    if operation.name in SUBSCRIBERS_ONLY:
        checkout = Attempt("POST", "/billing/checkout", body={"planKey": "team"})
        return evolve(attempt, before=(checkout,))
    if operation.path.startswith("/webhooks/{id}"):
        return evolve(attempt, before=(Attempt("POST", "/webhooks", body=WEBHOOK),))
    if operation.name == "POST /auth/refresh":
        return evolve(attempt, body={"refreshToken": "{refreshToken}"})
    return attempt


def scenario(operation: OperationSpec, status: int) -> Attempt | None:
    """Return a request that gets a documented status; None if none is known."""
    good = succeeding(operation)
    known = _SPECIAL.get((operation.name, status))
    if known is not None:
        return known(good)
    match status:
        case 400 if operation.method == "DELETE":
            return evolve(good, settings={"dialect": "older"})
        case 409 if operation.method == "PUT":
            return evolve(good, body={"version": 99})
        case 200 | 201:
            return good if status == operation.success_status else None
        case 400 if operation.body is not None:
            return evolve(good, body=["not an object"])
        case 400:
            return evolve(good, query={"page": "0", "limit": "0"})
        case 401 if operation.security:
            return evolve(good, account=None, before=())
        case 403 if operation.security:
            return evolve(good, account="waitlisted@example.com", before=())
        case 404 if "{id}" in operation.path:
            return evolve(good, path=operation.path.replace("{id}", NOBODY), before=())
        case 404 if operation.name in SUBSCRIBERS_ONLY:
            return evolve(good, before=())
        case 429:
            once = Limit(1, 60)
            first = Attempt("GET", "/billing/public-plans", account=None)
            limits = Limits(once, once, once, once)
            return evolve(good, settings={"limits": limits}, before=(first,))
        case 500:
            return evolve(good, prepare=_break)
        case _:
            return None


def first_id(backend: Backend, path: str) -> str:
    """Return the id of a record for the path; an unknown id if there is none."""
    kind = path.split("/")[1].replace("-", "_")
    record = backend.store.first(Selection(kind))
    return str(record["id"]) if record else NOBODY


def _break(backend: Backend) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a defect of the sandbox")

    backend.validator.parameters = fail  # type: ignore[method-assign,assignment]


def _twice(attempt: Attempt) -> Attempt:
    older = {"dialect": "older"}
    return evolve(attempt, before=(attempt,), settings=older)


def _lock(backend: Backend) -> None:
    user = backend.store.first(Selection("users", (where("email", BROKER),)))
    assert user is not None
    backend.store.put("users", user | {"locked_until": "2999-01-01T00:00:00.000Z"})


_SPECIAL: Mapping[tuple[str, int], Callable[[Attempt], Attempt]] = {
    ("POST /auth/login", 401): lambda a: evolve(a, body={"email": BROKER, "password": "x"}),
    ("POST /auth/login", 403): lambda a: evolve(
        a, body={"email": "suspended@example.com", "password": PASSWORD}
    ),
    ("POST /auth/login", 423): lambda a: evolve(a, prepare=_lock),
    ("POST /auth/refresh", 401): lambda a: evolve(a, body={"refreshToken": "used"}),
    ("POST /auth/register", 409): lambda a: evolve(
        a, before=(Attempt("POST", "/auth/register", body=REGISTER, account=None),)
    ),
    ("POST /leads/{id}/convert", 409): lambda a: evolve(a, before=(a,)),
    ("POST /appointments", 404): lambda a: evolve(a, body={**a.body, "client_id": NOBODY}),
    ("POST /clients", 409): lambda a: _twice(evolve(a, body=a.body | {"email": "a@example.com"})),
}


def refresh_token(backend: Backend) -> str:
    """Return an unused refresh token."""
    user = backend.store.first(Selection("users", (where("email", BROKER),)))
    assert user is not None
    return backend.sessions.open(user).refresh_token


def token(backend: Backend, account: str) -> str:
    """Return an access token of an account."""
    return backend.sessions.issue_token(account)
