# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Archive a contact."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import path_segment
from ...models.contact import Contact

OPERATION: Final = Operation(
    "contacts.archive",
    "PUT",
    "/contacts/{id}/archive",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
)


def build(id: str) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/contacts/{path_segment(id, 'id', OPERATION)}/archive",
    )


parse: Final = Contact.from_dict
"""The result, from its payload."""
