"""The two calls of a login. Handwritten: a login works whatever the document says."""

from __future__ import annotations

from typing import Any, Final

from ..operation import Call, Operation
from ..serialize import JsonBody

LOGIN: Final = Operation(
    "auth.login", "POST", "/auth/login", kind="record", sensitive=True, unwrap=("data",)
)
REFRESH: Final = Operation(
    "auth.refresh", "POST", "/auth/refresh", kind="record", sensitive=True, unwrap=("data",)
)


def login_call(*, account: str, password: Any) -> Call:
    """Return the call that exchanges a password for tokens; `account` is an email or user name."""
    name = "email" if "@" in account else "username"
    return Call(LOGIN, LOGIN.path, body=JsonBody({name: account, "password": password}))


def refresh_call(*, refresh_token: Any) -> Call:
    """Return the call that exchanges a refresh token for new tokens."""
    return Call(REFRESH, REFRESH.path, body=JsonBody({"refreshToken": refresh_token}))
