# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Verify token validity."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)
from ...models.auth_verify import AuthVerify

OPERATION: Final = Operation(
    "auth.verify",
    "GET",
    "/auth/verify",
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
        "/auth/verify",
    )


parse: Final = AuthVerify.from_dict
"""The result, from its payload."""
