# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update webhook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.webhook import Webhook

OPERATION: Final = Operation(
    "webhooks.update",
    "PUT",
    "/webhooks/{id}",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    sensitive=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    active: bool | Unset = UNSET,
    events: Sequence[str] | Unset = UNSET,
    secret: str | Unset = UNSET,
    url: str | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/webhooks/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody({"active": active, "events": events, "secret": secret, "url": url}),
    )


parse: Final = Webhook.from_dict
"""The result, from its payload."""
