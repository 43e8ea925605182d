# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Start checkout without an account."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.billing_create_public_checkout import BillingCreatePublicCheckout
from ...models.billing_interval import BillingInterval
from ...models.billing_public_plan_key import BillingPublicPlanKey

OPERATION: Final = Operation(
    "billing.create_public_checkout",
    "POST",
    "/billing/public-checkout",
    kind="record",
    unwrap=("data",),
)


def build(
    *,
    email: str,
    interval: BillingInterval | Unset = UNSET,
    plan_key: BillingPublicPlanKey | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/billing/public-checkout",
        body=JsonBody({"email": email, "interval": interval, "planKey": plan_key}),
    )


parse: Final = BillingCreatePublicCheckout.from_dict
"""The result, from its payload."""
