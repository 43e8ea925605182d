# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Logout from all devices."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)

OPERATION: Final = Operation(
    "auth.logout_all", "POST", "/auth/logout-all", kind="none", auth=("bearer",), confidential=True
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/logout-all",
    )
