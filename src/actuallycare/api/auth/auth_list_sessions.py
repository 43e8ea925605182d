# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List active sessions."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.auth_session import AuthSession

OPERATION: Final = Operation(
    "auth.list_sessions",
    "GET",
    "/auth/sessions",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    confidential=True,
    unwrap=("data",),
    shape=ListShape(items=("sessions",), meta=None, paged=False, page_size=None),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/sessions",
    )


parse: Final = AuthSession.from_dict
"""One item of the list, from its payload."""
