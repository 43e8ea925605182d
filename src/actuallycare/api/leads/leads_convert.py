# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Convert lead to client."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.client import Client
from ...models.lead_client_type import LeadClientType

OPERATION: Final = Operation(
    "leads.convert",
    "POST",
    "/leads/{id}/convert",
    kind="record",
    auth=("key", "bearer"),
    unwrap=("data", "client"),
)


def build(id: str, *, client_type: LeadClientType | Unset = UNSET) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/leads/{path_segment(id, 'id', OPERATION)}/convert",
        body=JsonBody({"client_type": client_type}),
    )


parse: Final = Client.from_dict
"""The result, from its payload."""
