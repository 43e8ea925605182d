# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Refresh access token."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ...models.auth_refresh import AuthRefresh

OPERATION: Final = Operation(
    "auth.refresh", "POST", "/auth/refresh", kind="record", confidential=True, unwrap=("data",)
)


def build(*, refresh_token: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/refresh",
        body=JsonBody({"refreshToken": refresh_token}),
    )


parse: Final = AuthRefresh.from_dict
"""The result, from its payload."""
