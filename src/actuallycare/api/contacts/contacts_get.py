# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Get contact by ID."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.contact import Contact

OPERATION: Final = Operation(
    "contacts.get",
    "GET",
    "/contacts/{id}",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/contacts/{path_segment(id, 'id', OPERATION)}",
    )


parse: Final = Contact.from_dict
"""The result, from its payload."""
