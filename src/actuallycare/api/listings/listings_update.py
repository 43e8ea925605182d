# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update listing."""

from __future__ import annotations

import datetime
from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.listing import Listing
from ...models.listing_status import ListingStatus

OPERATION: Final = Operation(
    "listings.update",
    "PUT",
    "/listings/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    address: str | Unset = UNSET,
    bathrooms: float | Unset | None = UNSET,
    bedrooms: int | Unset | None = UNSET,
    city: str | Unset | None = UNSET,
    description: str | Unset | None = UNSET,
    expiration_date: datetime.date | Unset | None = UNSET,
    list_price: float | Unset = UNSET,
    listing_date: datetime.date | Unset | None = UNSET,
    lot_size: float | Unset | None = UNSET,
    mls_number: str | Unset | None = UNSET,
    property_type: str | Unset | None = UNSET,
    square_feet: int | Unset | None = UNSET,
    state: str | Unset | None = UNSET,
    status: ListingStatus | Unset = UNSET,
    year_built: int | Unset | None = UNSET,
    zip_code: str | Unset | None = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/listings/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody(
            {
                "address": address,
                "bathrooms": bathrooms,
                "bedrooms": bedrooms,
                "city": city,
                "description": description,
                "expiration_date": expiration_date,
                "list_price": list_price,
                "listing_date": listing_date,
                "lot_size": lot_size,
                "mls_number": mls_number,
                "property_type": property_type,
                "square_feet": square_feet,
                "state": state,
                "status": status,
                "year_built": year_built,
                "zip_code": zip_code,
            }
        ),
    )


parse: Final = Listing.from_dict
"""The result, from its payload."""
