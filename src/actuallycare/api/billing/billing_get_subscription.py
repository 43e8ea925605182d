# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get current subscription status."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    Operation,
)
from ...models.subscription import Subscription

OPERATION: Final = Operation(
    "billing.get_subscription",
    "GET",
    "/billing/subscription",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/billing/subscription",
    )


parse: Final = Subscription.from_dict
"""The result, from its payload."""
