# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Start checkout for a subscription."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.billing_create_checkout import BillingCreateCheckout
from ...models.billing_interval import BillingInterval
from ...models.billing_plan_key import BillingPlanKey

OPERATION: Final = Operation(
    "billing.create_checkout",
    "POST",
    "/billing/checkout",
    kind="record",
    auth=("bearer",),
    unwrap=("data",),
)


def build(
    *,
    plan_key: BillingPlanKey,
    interval: BillingInterval | Unset = UNSET,
    seats: int | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/billing/checkout",
        body=JsonBody({"planKey": plan_key, "interval": interval, "seats": seats}),
    )


parse: Final = BillingCreateCheckout.from_dict
"""The result, from its payload."""
