"""Schemathesis hooks: provide valid tokens and ids of existing records.

Schemathesis loads this module in its own environment, so it imports nothing of this project and
only dependencies of Schemathesis.

A generated id matches no record, so operations on one record would only ever return 404. Every
other well-formed request is therefore sent to an existing record. Logins and refresh tokens are
replaced in the same way. The stateful phase has its own links and is not changed.
"""

from __future__ import annotations

import itertools
import os
from typing import Any
from urllib.parse import quote

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

BASE = os.environ["SANDBOX_URL"]
LOGIN = {"email": os.environ["SANDBOX_EMAIL"], "password": os.environ["SANDBOX_SECRET"]}
NEW = {
    "api-keys": {"name": "Conformance"},
    "appointments": {
        "title": "Showing",
        "start_time": "2026-07-10T17:00:00Z",
        "end_time": "2026-07-10T18:00:00Z",
    },
    "clients": {"first_name": "Alfa", "last_name": "Sample", "client_type": "buyer"},
    "contacts": {"first_name": "Alfa", "last_name": "Sample", "contact_type": "buyer"},
    "escrows": {"property_address": "1 Sandbox Street"},
    "leads": {"name": "Alfa Sample"},
    "listings": {"address": "1 Sandbox Street", "list_price": 1},
    "webhooks": {"url": "http://127.0.0.1:1/x", "events": ["all"], "secret": "sample-secret"},
}

ARCHIVE = {"escrows": ("PATCH", "archive")}
"""How to archive what the dialect deletes only when it is archived."""
if os.environ["SANDBOX_DIALECT"] == "older":
    ARCHIVE |= {"leads": ("PUT", "archive"), "appointments": ("PUT", "archive")}
else:
    ARCHIVE.clear()

session = requests.Session()
session.trust_env = False
requests_seen = itertools.count()
ids: dict[str, str] = {}


def login() -> dict[str, str]:
    """Return the tokens of a new session."""
    response = session.post(f"{BASE}/auth/login", json=LOGIN, timeout=10)
    response.raise_for_status()
    return response.json()["data"]


class Token:
    """The access token of this process, replaced after a generated request ended its session."""

    value = ""

    @classmethod
    def valid(cls) -> str:
        cls.value = cls.value or login()["token"]
        return cls.value


if os.environ["SANDBOX_CREDENTIAL"] == "token":

    @schemathesis.auth(refresh_interval=None)
    class Bearer:
        """Adds the token to each request."""

        def get(self, case: Any, context: Any) -> str:
            return Token.valid()

        def set(self, case: Any, data: str, context: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Make the server accept a well-formed request."""
    meta = case.meta
    if meta is not None and not meta.is_negative_at(ParameterLocation.BODY):
        keep_rules(case)
    choose_record(case)
    archive_before_delete(case)


def choose_record(case: Any) -> None:
    """Send every other well-formed request of the phases without links to an existing record."""
    meta = case.meta
    if meta is None or meta.phase.name == "stateful" or next(requests_seen) % 2:
        return
    if "id" in (case.path_parameters or {}) and not meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters = {**case.path_parameters, "id": existing(case.method, case.path)}
    if meta.phase.name == "fuzzing" and not meta.is_negative_at(ParameterLocation.BODY):
        match case.path:
            case "/auth/login":
                case.body = dict(LOGIN)
            case "/auth/refresh":
                case.body = {"refreshToken": login()["refreshToken"]}


def archive_before_delete(case: Any) -> None:
    """Archive the record that a request deletes, where the dialect deletes nothing else."""
    kind = case.path.split("/")[1]
    id = (case.path_parameters or {}).get("id")
    if case.method == "DELETE" and kind in ARCHIVE and isinstance(id, str):
        verb, action = ARCHIVE[kind]
        headers = {"Authorization": f"Bearer {Token.valid()}"}
        url = f"{BASE}/{kind}/{quote(id, safe='')}/{action}"
        session.request(verb, url, headers=headers, timeout=10)


def keep_rules(case: Any) -> None:
    """Change a body that breaks a rule which a schema of OpenAPI 3.0 cannot express."""
    body = case.body
    if not isinstance(body, dict):
        return
    if case.path == "/auth/login" and not {"email", "username"} & body.keys():
        case.body = {**body, "email": LOGIN["email"]}
    if case.path == "/auth/profile":  # a new password needs the current one
        case.body = {name: body[name] for name in body if name != "newPassword"}


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Discard the token after a request that ended its session."""
    if case.path in ("/auth/logout", "/auth/logout-all"):
        Token.value = ""


def existing(method: str, path: str) -> str:
    """Return the id of a record; one that the request removes is not used again."""
    kind = path.split("/")[1]
    id = ids.get(kind) or create(kind)
    if method == "DELETE" or path.endswith("/convert"):
        ids.pop(kind, None)
    else:
        ids[kind] = id
    return id


def create(kind: str) -> str:
    """Create a record and return its id."""
    headers = {"Authorization": f"Bearer {Token.valid()}"}
    response = session.post(f"{BASE}/{kind}", json=NEW[kind], headers=headers, timeout=10)
    response.raise_for_status()
    return str(response.json()["data"]["id"])
