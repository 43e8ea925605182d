# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update escrow."""

from __future__ import annotations

import datetime
from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.escrow import Escrow
from ...models.escrow_representation_type import EscrowRepresentationType
from ...models.escrow_status import EscrowStatus

OPERATION: Final = Operation(
    "escrows.update",
    "PUT",
    "/escrows/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    acceptance_date: datetime.date | Unset | None = UNSET,
    buyer_commission: float | Unset | None = UNSET,
    buyer_commission_percentage: float | Unset | None = UNSET,
    city: str | Unset | None = UNSET,
    closing_date: datetime.date | Unset | None = UNSET,
    county: str | Unset | None = UNSET,
    display_address: str | Unset | None = UNSET,
    latitude: float | Unset | None = UNSET,
    longitude: float | Unset | None = UNSET,
    property_address: str | Unset = UNSET,
    purchase_price: float | Unset = UNSET,
    representation_type: EscrowRepresentationType | Unset = UNSET,
    seller_commission: float | Unset | None = UNSET,
    seller_commission_percentage: float | Unset | None = UNSET,
    state: str | Unset | None = UNSET,
    status: EscrowStatus | Unset = UNSET,
    zip_code: str | Unset | None = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/escrows/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody(
            {
                "acceptance_date": acceptance_date,
                "buyer_commission": buyer_commission,
                "buyer_commission_percentage": buyer_commission_percentage,
                "city": city,
                "closing_date": closing_date,
                "county": county,
                "display_address": display_address,
                "latitude": latitude,
                "longitude": longitude,
                "property_address": property_address,
                "purchase_price": purchase_price,
                "representation_type": representation_type,
                "seller_commission": seller_commission,
                "seller_commission_percentage": seller_commission_percentage,
                "state": state,
                "status": status,
                "zip_code": zip_code,
            }
        ),
    )


parse: Final = Escrow.from_dict
"""The result, from its payload."""
