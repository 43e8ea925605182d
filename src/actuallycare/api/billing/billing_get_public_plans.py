# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get public plan pricing."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)
from ...models.billing_public_plans import BillingPublicPlans

OPERATION: Final = Operation(
    "billing.get_public_plans",
    "GET",
    "/billing/public-plans",
    kind="record",
    idempotent=True,
    unwrap=("data",),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/billing/public-plans",
    )


parse: Final = BillingPublicPlans.from_dict
"""The result, from its payload."""
