# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Delete webhook."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment

OPERATION: Final = Operation(
    "webhooks.delete", "DELETE", "/webhooks/{id}", kind="none", auth=("bearer",), idempotent=True
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/webhooks/{path_segment(id, 'id', OPERATION)}",
    )
