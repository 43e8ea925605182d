# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update lead."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.lead import Lead
from ...models.lead_interest_level import LeadInterestLevel
from ...models.lead_status import LeadStatus

OPERATION: Final = Operation(
    "leads.update",
    "PUT",
    "/leads/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    budget: float | Unset | None = UNSET,
    email: str | Unset | None = UNSET,
    interest_level: LeadInterestLevel | Unset = UNSET,
    lead_type: str | Unset | None = UNSET,
    name: str | Unset = UNSET,
    notes: str | Unset | None = UNSET,
    phone: str | Unset | None = UNSET,
    source: str | Unset | None = UNSET,
    status: LeadStatus | Unset = UNSET,
    timeline: str | Unset | None = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/leads/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody(
            {
                "budget": budget,
                "email": email,
                "interest_level": interest_level,
                "lead_type": lead_type,
                "name": name,
                "notes": notes,
                "phone": phone,
                "source": source,
                "status": status,
                "timeline": timeline,
            }
        ),
    )


parse: Final = Lead.from_dict
"""The result, from its payload."""
