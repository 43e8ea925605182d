# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get client by ID."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.client import Client

OPERATION: Final = Operation(
    "clients.get",
    "GET",
    "/clients/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/clients/{path_segment(id, 'id', OPERATION)}",
    )


parse: Final = Client.from_dict
"""The result, from its payload."""
