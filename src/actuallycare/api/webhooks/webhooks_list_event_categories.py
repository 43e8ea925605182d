# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List webhook events by category."""

from __future__ import annotations

from typing import Any, Final

from ..._core.envelope.fields import (
    as_is,
    to_map,
)
from ..._core.operation import (
    Call,
    Operation,
)

OPERATION: Final = Operation(
    "webhooks.list_event_categories",
    "GET",
    "/webhooks/events/categories",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/webhooks/events/categories",
    )


def parse(data: Any) -> dict[str, list[str]]:
    """The result, from its payload."""
    return to_map(data, as_is)
