# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List escrows."""

from __future__ import annotations

import datetime
from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.escrow import Escrow
from ...models.escrow_order import EscrowOrder
from ...models.escrow_status import EscrowStatus

OPERATION: Final = Operation(
    "escrows.list",
    "GET",
    "/escrows",
    kind="page",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("escrows",), meta=("data", "meta"), paged=True, page_size=25),
)


def build(
    *,
    archived: bool | None = None,
    closing_date_end: datetime.date | None = None,
    closing_date_start: datetime.date | None = None,
    max_price: float | None = None,
    min_price: float | None = None,
    order: EscrowOrder | None = None,
    search: str | None = None,
    sort: str | None = None,
    status: EscrowStatus | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/escrows",
        params={
            "archived": archived,
            "closingDateEnd": closing_date_end,
            "closingDateStart": closing_date_start,
            "maxPrice": max_price,
            "minPrice": min_price,
            "order": order,
            "search": search,
            "sort": sort,
            "status": status,
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Escrow.from_dict
"""One item of the list, from its payload."""
