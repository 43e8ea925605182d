# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Open the billing portal."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)
from ...models.billing_create_portal_session import BillingCreatePortalSession

OPERATION: Final = Operation(
    "billing.create_portal_session",
    "POST",
    "/billing/portal",
    kind="record",
    auth=("bearer",),
    unwrap=("data",),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/billing/portal",
    )


parse: Final = BillingCreatePortalSession.from_dict
"""The result, from its payload."""
