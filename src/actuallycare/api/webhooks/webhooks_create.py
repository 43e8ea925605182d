# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Create a webhook subscription."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.webhook import Webhook

OPERATION: Final = Operation(
    "webhooks.create",
    "POST",
    "/webhooks",
    kind="record",
    auth=("bearer",),
    confidential=True,
    unwrap=("data",),
)


def build(*, events: Sequence[str], secret: str, url: str, active: bool | Unset = UNSET) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/webhooks",
        body=JsonBody({"events": events, "secret": secret, "url": url, "active": active}),
    )


parse: Final = Webhook.from_dict
"""The result, from its payload."""
