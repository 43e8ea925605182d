# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update client."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.client import Client
from ...models.client_status import ClientStatus
from ...models.client_type import ClientType

OPERATION: Final = Operation(
    "clients.update",
    "PUT",
    "/clients/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    budget_max: float | Unset | None = UNSET,
    budget_min: float | Unset | None = UNSET,
    client_type: ClientType | Unset = UNSET,
    email: str | Unset | None = UNSET,
    first_name: str | Unset = UNSET,
    last_name: str | Unset = UNSET,
    notes: str | Unset | None = UNSET,
    phone: str | Unset | None = UNSET,
    source: str | Unset | None = UNSET,
    status: ClientStatus | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/clients/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody(
            {
                "budget_max": budget_max,
                "budget_min": budget_min,
                "client_type": client_type,
                "email": email,
                "first_name": first_name,
                "last_name": last_name,
                "notes": notes,
                "phone": phone,
                "source": source,
                "status": status,
            }
        ),
    )


parse: Final = Client.from_dict
"""The result, from its payload."""
