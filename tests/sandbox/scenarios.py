"""For each operation, the request that succeeds; and for each documented status, how it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

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
        "appointment_type": "showing",
        "start_time": "2026-07-10T17:00:00Z",
    },
    "PUT /appointments/{id}": {"status": "completed"},
    "POST /auth/login": {"email": BROKER, "password": PASSWORD},
    "POST /auth/register": REGISTER,
    "PUT /auth/profile": {"firstName": "Changed"},
    "POST /billing/checkout": {"planKey": "team"},
    "POST /billing/public-checkout": {"email": "new@example.com"},
    "POST /clients": {"first_name": "Alfa", "last_name": "Sample", "client_type": "buyer"},
    "PUT /clients/{id}": {"status": "closed"},
    "POST /contacts": {"first_name": "Alfa", "last_name": "Sample"},
    "PUT /contacts/{id}": {"notes": "called"},
    "POST /escrows": {
        "property_address": "1 Sandbox Street",
        "purchase_price": 1,
        "representation_type": "buyer",
    },
    "PUT /escrows/{id}": {"status": "closed"},
    "POST /leads": {"name": "Alfa Sample"},
    "PUT /leads/{id}": {"status": "contacted"},
    "POST /listings": {"address": "1 Sandbox Street", "list_price": 1},
    "PUT /listings/{id}": {"status": "sold"},
    "POST /webhooks": WEBHOOK,
    "PUT /webhooks/{id}": {"active": False},
}
QUERIES: Mapping[str, Mapping[str, str]] = {"GET /contacts/search": {"q": "sample"}}
SUBSCRIBERS_ONLY = frozenset({"GET /billing/subscription", "POST /billing/portal"})


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request, and the settings of the sandbox that it goes to."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    account: str | None = BROKER
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    prepare: Callable[[Backend], None] = lambda backend: None
    before: tuple[Attempt, ...] = ()


def succeeding(operation: OperationSpec) -> Attempt:
    """The request that is answered with the operation's 2xx."""
    attempt = Attempt(
        operation.method,
        operation.path,
        QUERIES.get(operation.name, {}),
        BODIES.get(operation.name),
        BROKER if operation.security else None,
    )
    if operation.name in SUBSCRIBERS_ONLY:
        checkout = Attempt("POST", "/billing/checkout", body={"planKey": "team"})
        return replace(attempt, before=(checkout,))
    if operation.path.startswith("/webhooks/{id}"):
        return replace(attempt, before=(Attempt("POST", "/webhooks", body=WEBHOOK),))
    if operation.name == "POST /auth/refresh":
        return replace(attempt, body={"refreshToken": "{refreshToken}"})
    return attempt


def scenario(operation: OperationSpec, status: int) -> Attempt | None:
    """The request that is answered with a documented status; None: nobody knows how."""
    good = succeeding(operation)
    known = _SPECIAL.get((operation.name, status))
    if known is not None:
        return known(good)
    match status:
        case 200 | 201:
            return good if status == operation.success_status else None
        case 400 if operation.body is not None:
            return replace(good, body=["no object"])
        case 400:
            return replace(good, query={"page": "0", "limit": "0"})
        case 401 if operation.security:
            return replace(good, account=None, before=())
        case 403 if operation.security:
            return replace(good, account="waitlisted@example.com", before=())
        case 404 if "{id}" in operation.path:
            return replace(good, path=operation.path.replace("{id}", NOBODY), before=())
        case 404 if operation.name in SUBSCRIBERS_ONLY:
            return replace(good, before=())
        case 429:
            once = Limit(1, 60)
            first = Attempt("GET", "/billing/public-plans", account=None)
            limits = Limits(once, once, once, once)
            return replace(good, settings={"limits": limits}, before=(first,))
        case 500:
            return replace(good, prepare=_break)
        case _:
            return None


def first_id(backend: Backend, path: str) -> str:
    """The id of a record that the path can name; of none, when there is none."""
    kind = path.split("/")[1].replace("-", "_")
    record = backend.store.first(Selection(kind))
    return str(record["id"]) if record else NOBODY


def _break(backend: Backend) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a defect of the sandbox")

    backend.validator.parameters = fail  # type: ignore[method-assign,assignment]


def _lock(backend: Backend) -> None:
    user = backend.store.first(Selection("users", (where("email", BROKER),)))
    assert user is not None
    backend.store.put("users", user | {"locked_until": "2999-01-01T00:00:00.000Z"})


_SPECIAL: Mapping[tuple[str, int], Callable[[Attempt], Attempt]] = {
    ("POST /auth/login", 401): lambda a: replace(a, body={"email": BROKER, "password": "x"}),
    ("POST /auth/login", 403): lambda a: replace(
        a, body={"email": "suspended@example.com", "password": PASSWORD}
    ),
    ("POST /auth/login", 423): lambda a: replace(a, prepare=_lock),
    ("POST /auth/refresh", 401): lambda a: replace(a, body={"refreshToken": "used"}),
    ("POST /auth/register", 409): lambda a: replace(
        a, before=(Attempt("POST", "/auth/register", body=REGISTER, account=None),)
    ),
    ("POST /leads/{id}/convert", 409): lambda a: replace(a, before=(a,)),
    ("POST /appointments", 404): lambda a: replace(a, body={**a.body, "client_id": NOBODY}),
    ("GET /contacts/search", 400): lambda a: replace(a, query={}),
}


def refresh_token(backend: Backend) -> str:
    """A refresh token that was not used."""
    user = backend.store.first(Selection("users", (where("email", BROKER),)))
    assert user is not None
    return backend.sessions.open(user).refresh_token


def token(backend: Backend, account: str) -> str:
    """An access token of an account."""
    return backend.sessions.issue_token(account)
