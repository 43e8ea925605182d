# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get plans with checkout identifiers."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)
from ...models.billing_plans import BillingPlans

OPERATION: Final = Operation(
    "billing.get_plans",
    "GET",
    "/billing/plans",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/billing/plans",
    )


parse: Final = BillingPlans.from_dict
"""The result, from its payload."""
