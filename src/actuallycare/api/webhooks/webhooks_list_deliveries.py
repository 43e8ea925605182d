# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List deliveries of a webhook."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation, PageLayout
from ..._core.serialize import path_segment
from ...models.webhook_delivery import WebhookDelivery

OPERATION: Final = Operation(
    "webhooks.list_deliveries",
    "GET",
    "/webhooks/{id}/deliveries",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
    page_layout=PageLayout(
        items=("deliveries",), meta=("data", "meta"), is_paginated=True, page_size=25
    ),
)


def build(id: str, *, limit: int | None = None, page: int | None = None) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/webhooks/{path_segment(id, 'id', OPERATION)}/deliveries",
        params={
            "limit": limit,
            "page": page,
        },
    )


parse: Final = WebhookDelivery.from_dict
"""One item of the list, from its payload."""
