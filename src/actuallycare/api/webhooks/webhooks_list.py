# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List webhook subscriptions."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.webhook import Webhook

OPERATION: Final = Operation(
    "webhooks.list",
    "GET",
    "/webhooks",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    confidential=True,
    unwrap=("data",),
    shape=ListShape(items=(), meta=None, paged=True, page_size=25),
)


def build(*, limit: int | None = None, page: int | None = None) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/webhooks",
        params={
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Webhook.from_dict
"""One item of the list, from its payload."""
