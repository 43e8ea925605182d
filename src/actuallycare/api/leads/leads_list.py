# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List all leads."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.lead import Lead
from ...models.lead_interest_level import LeadInterestLevel
from ...models.lead_status import LeadStatus

OPERATION: Final = Operation(
    "leads.list",
    "GET",
    "/leads",
    kind="page",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("leads",), meta=("data", "meta"), paged=True, page_size=25),
)


def build(
    *,
    interest_level: LeadInterestLevel | None = None,
    status: LeadStatus | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/leads",
        params={
            "interest_level": interest_level,
            "status": status,
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Lead.from_dict
"""One item of the list, from its payload."""
