# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get user profile."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)
from ...models.user import User

OPERATION: Final = Operation(
    "auth.get_profile",
    "GET",
    "/auth/profile",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    confidential=True,
    unwrap=("data",),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/profile",
    )


parse: Final = User.from_dict
"""The result, from its payload."""
