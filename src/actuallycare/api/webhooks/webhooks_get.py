# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get webhook by ID."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.webhook import Webhook

OPERATION: Final = Operation(
    "webhooks.get",
    "GET",
    "/webhooks/{id}",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    sensitive=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/webhooks/{path_segment(id, 'id', OPERATION)}",
    )


parse: Final = Webhook.from_dict
"""The result, from its payload."""
