"""Schemathesis hooks: a token that is good when it is used, and ids of records that exist.

Loaded by Schemathesis itself, in its own environment: it uses nothing of this project, and only
what Schemathesis brings.

A generated id names nothing, so that every operation on one record would only ever answer 404.
Every other well-formed request is therefore sent to a record that exists; the same goes for logins
and refresh tokens. The stateful phase has its own links and is left alone.
"""

from __future__ import annotations

import itertools
import os
from typing import Any

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

BASE = os.environ["SANDBOX_URL"]
LOGIN = {"email": os.environ["SANDBOX_EMAIL"], "password": os.environ["SANDBOX_SECRET"]}
NEW = {
    "api-keys": {"name": "Conformance"},
    "appointments": {
        "title": "Showing",
        "appointment_type": "showing",
        "start_time": "2026-07-10T17:00:00Z",
    },
    "clients": {"first_name": "Alfa", "last_name": "Sample", "client_type": "buyer"},
    "contacts": {"first_name": "Alfa", "last_name": "Sample"},
    "escrows": {
        "property_address": "1 Sandbox Street",
        "purchase_price": 1,
        "representation_type": "buyer",
    },
    "leads": {"name": "Alfa Sample"},
    "listings": {"address": "1 Sandbox Street", "list_price": 1},
    "webhooks": {"url": "http://127.0.0.1:1/x", "events": ["all"], "secret": "sample-secret"},
}

session = requests.Session()
session.trust_env = False
turns = itertools.count()
ids: dict[str, str] = {}


def login() -> dict[str, str]:
    """The tokens of a new session."""
    answer = session.post(f"{BASE}/auth/login", json=LOGIN, timeout=10)
    answer.raise_for_status()
    return answer.json()["data"]


class Token:
    """One access token for this process, taken anew when a generated request ended its session."""

    value = ""

    @classmethod
    def good(cls) -> str:
        cls.value = cls.value or login()["token"]
        return cls.value


if os.environ["SANDBOX_CREDENTIAL"] == "token":

    @schemathesis.auth(refresh_interval=None)
    class Bearer:
        """Adds the token to each request."""

        def get(self, case: Any, context: Any) -> str:
            return Token.good()

        def set(self, case: Any, data: str, context: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Send every other well-formed request to something that exists."""
    meta = case.meta
    if meta is None or meta.phase.name == "stateful" or next(turns) % 2:
        return
    if "id" in (case.path_parameters or {}) and not meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters = {**case.path_parameters, "id": existing(case.method, case.path)}
    if meta.phase.name == "fuzzing" and not meta.is_negative_at(ParameterLocation.BODY):
        match case.path:
            case "/auth/login":
                case.body = dict(LOGIN)
            case "/auth/refresh":
                case.body = {"refreshToken": login()["refreshToken"]}


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """A session that the request ended is opened anew before the next one."""
    if case.path in ("/auth/logout", "/auth/logout-all"):
        Token.value = ""


def existing(method: str, path: str) -> str:
    """The id of a record for this request; a request that uses it up gets it for itself."""
    kind = path.split("/")[1]
    id = ids.get(kind) or create(kind)
    if method == "DELETE" or path.endswith("/convert"):
        ids.pop(kind, None)
    else:
        ids[kind] = id
    return id


def create(kind: str) -> str:
    """The id of a new record."""
    headers = {"Authorization": f"Bearer {Token.good()}"}
    answer = session.post(f"{BASE}/{kind}", json=NEW[kind], headers=headers, timeout=10)
    answer.raise_for_status()
    return str(answer.json()["data"]["id"])
