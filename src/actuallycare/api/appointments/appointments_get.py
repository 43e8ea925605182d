# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get appointment by ID."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.appointment import Appointment

OPERATION: Final = Operation(
    "appointments.get",
    "GET",
    "/appointments/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/appointments/{path_segment(id, 'id', OPERATION)}",
    )


parse: Final = Appointment.from_dict
"""The result, from its payload."""
