# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List active sessions."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation, PageLayout
from ...models.auth_session import AuthSession

OPERATION: Final = Operation(
    "auth.list_sessions",
    "GET",
    "/auth/sessions",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    sensitive=True,
    unwrap=("data",),
    page_layout=PageLayout(items=("sessions",), meta=None, is_paginated=False, page_size=None),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/sessions",
    )


parse: Final = AuthSession.from_dict
"""One item of the list, from its payload."""
