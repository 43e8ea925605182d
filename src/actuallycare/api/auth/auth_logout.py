# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Logout user."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset

OPERATION: Final = Operation(
    "auth.logout", "POST", "/auth/logout", kind="none", auth=("bearer",), confidential=True
)


def build(*, refresh_token: str | Unset = UNSET) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/logout",
        body=JsonBody({"refreshToken": refresh_token}),
    )
