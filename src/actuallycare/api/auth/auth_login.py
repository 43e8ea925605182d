# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Login user."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ...models.auth_login import AuthLogin

OPERATION: Final = Operation(
    "auth.login", "POST", "/auth/login", kind="record", confidential=True, unwrap=("data",)
)


def build(*, email: str, password: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/login",
        body=JsonBody({"email": email, "password": password}),
    )


parse: Final = AuthLogin.from_dict
"""The result, from its payload."""
