# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List available webhook events."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.webhook_event_type import WebhookEventType

OPERATION: Final = Operation(
    "webhooks.list_events",
    "GET",
    "/webhooks/events",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=(), meta=None, paged=False, page_size=None),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/webhooks/events",
    )


parse: Final = WebhookEventType.from_dict
"""One item of the list, from its payload."""
