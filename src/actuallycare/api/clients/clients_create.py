# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Create new client."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.client import Client
from ...models.client_status import ClientStatus
from ...models.client_type import ClientType

OPERATION: Final = Operation(
    "clients.create", "POST", "/clients", kind="record", auth=("key", "bearer"), unwrap=("data",)
)


def build(
    *,
    client_type: ClientType,
    first_name: str,
    last_name: str,
    budget_max: float | Unset | None = UNSET,
    budget_min: float | Unset | None = UNSET,
    email: str | Unset | None = UNSET,
    notes: str | Unset | None = UNSET,
    phone: str | Unset | None = UNSET,
    source: str | Unset | None = UNSET,
    status: ClientStatus | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/clients",
        body=JsonBody(
            {
                "client_type": client_type,
                "first_name": first_name,
                "last_name": last_name,
                "budget_max": budget_max,
                "budget_min": budget_min,
                "email": email,
                "notes": notes,
                "phone": phone,
                "source": source,
                "status": status,
            }
        ),
    )


parse: Final = Client.from_dict
"""The result, from its payload."""
