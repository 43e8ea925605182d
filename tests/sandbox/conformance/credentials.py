"""Schemathesis hooks: log in again when a generated request ended the session.

Loaded by Schemathesis itself, in its own environment; it uses nothing of this project.
"""

from __future__ import annotations

import os
from typing import Any

import httpx
import schemathesis

client = httpx.Client(base_url=os.environ["SANDBOX_URL"], trust_env=False)


@schemathesis.auth(refresh_interval=None)
class Login:
    """Adds a bearer token that is good at the moment of the request."""

    token = ""

    def get(self, case: Any, context: Any) -> str:
        headers = {"Authorization": f"Bearer {Login.token}"}
        if not Login.token or client.get("/auth/verify", headers=headers).status_code != 200:
            login = {"email": os.environ["SANDBOX_EMAIL"], "password": os.environ["SANDBOX_SECRET"]}
            Login.token = client.post("/auth/login", json=login).json()["data"]["token"]
        return Login.token

    def set(self, case: Any, data: str, context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}
