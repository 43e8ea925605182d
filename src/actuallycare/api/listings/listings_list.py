# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List all property listings."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.listing import Listing
from ...models.listing_status import ListingStatus

OPERATION: Final = Operation(
    "listings.list",
    "GET",
    "/listings",
    kind="page",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("listings",), meta=("data", "meta"), paged=True, page_size=25),
)


def build(
    *,
    max_price: float | None = None,
    min_price: float | None = None,
    status: ListingStatus | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/listings",
        params={
            "maxPrice": max_price,
            "minPrice": min_price,
            "status": status,
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Listing.from_dict
"""One item of the list, from its payload."""
