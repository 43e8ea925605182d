# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Archive escrow."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.escrow import Escrow

OPERATION: Final = Operation(
    "escrows.archive",
    "PUT",
    "/escrows/{id}/archive",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/escrows/{path_segment(id, 'id', OPERATION)}/archive",
    )


parse: Final = Escrow.from_dict
"""The result, from its payload."""
