# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Delete listing."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment

OPERATION: Final = Operation(
    "listings.delete",
    "DELETE",
    "/listings/{id}",
    kind="none",
    auth=("key", "bearer"),
    idempotent=True,
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/listings/{path_segment(id, 'id', OPERATION)}",
    )
