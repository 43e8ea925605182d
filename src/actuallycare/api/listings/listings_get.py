# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get listing by ID."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.listing import Listing

OPERATION: Final = Operation(
    "listings.get",
    "GET",
    "/listings/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/listings/{path_segment(id, 'id', OPERATION)}",
    )


parse: Final = Listing.from_dict
"""The result, from its payload."""
