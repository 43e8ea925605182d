# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.escrows`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.scalars import as_date
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.escrow import (
    Escrow,
    EscrowListStatus,
    EscrowOrder,
    EscrowRepresentationType,
    EscrowStatus,
)
from ..models.person_input import PersonInput

ARCHIVE: Final = Operation(
    "escrows.archive", "PATCH", "/escrows/{id}/archive", auth=("key", "bearer"), unwrap=("data",)
)
CREATE: Final = Operation(
    "escrows.create", "POST", "/escrows", auth=("key", "bearer"), unwrap=("data",)
)
DELETE: Final = Operation(
    "escrows.delete", "DELETE", "/escrows/{id}", kind="none", auth=("key", "bearer")
)
GET: Final = Operation(
    "escrows.get", "GET", "/escrows/{id}", auth=("key", "bearer"), unwrap=("data",)
)
LIST: Final = Operation(
    "escrows.list",
    "GET",
    "/escrows",
    kind="page",
    auth=("key", "bearer"),
    unwrap=("data",),
    page_layout=PageLayout(("escrows",), ("data", "meta"), page_size=25, max_page_size=100),
)
RESTORE: Final = Operation(
    "escrows.restore", "PATCH", "/escrows/{id}/restore", auth=("key", "bearer"), unwrap=("data",)
)
UPDATE: Final = Operation(
    "escrows.update", "PUT", "/escrows/{id}", auth=("key", "bearer"), unwrap=("data",)
)


class EscrowsResource(Resource):
    """`client.escrows`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> EscrowsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return EscrowsWithRawResponse(EscrowsResource(self._sender, raw=True))

    async def archive(self, id: str, **options: Unpack[CallOptions]) -> Escrow:
        """Archive escrow.

        Source: `PATCH /escrows/{id}/archive`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(ARCHIVE, f"/escrows/{path_segment(id, 'id', ARCHIVE)}/archive", options=options),
            Escrow.from_dict,
        )

    async def create(
        self,
        *,
        property_address: str,
        acceptance_date: datetime.date | Unset | None = UNSET,
        buyer_commission: float | Unset | None = UNSET,
        buyer_commission_percentage: float | Unset | None = UNSET,
        buyers: Sequence[PersonInput] | Unset = UNSET,
        city: str | Unset | None = UNSET,
        closing_date: datetime.date | Unset | None = UNSET,
        county: str | Unset | None = UNSET,
        display_address: str | Unset | None = UNSET,
        escrow_status: EscrowStatus | str | Unset = UNSET,
        latitude: float | Unset | None = UNSET,
        longitude: float | Unset | None = UNSET,
        purchase_price: float | Unset = UNSET,
        representation_type: EscrowRepresentationType | str | Unset = UNSET,
        seller_commission: float | Unset | None = UNSET,
        seller_commission_percentage: float | Unset | None = UNSET,
        sellers: Sequence[PersonInput] | Unset = UNSET,
        state: str | Unset | None = UNSET,
        status: EscrowStatus | str | Unset = UNSET,
        zip_code: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Escrow:
        """Create escrow.

        Source: `POST /escrows`.

        Args:
            buyer_commission: Commission of the buyer's side, in US dollars.
            buyer_commission_percentage: Commission of the buyer's side, in percent of the
                price.
            escrow_status: `status` under the name of an older version. One of `active`,
                `cancelled`, `closed`, `fell_through`, `pending`.
            purchase_price: Purchase price, in US dollars.
            representation_type: One of `buyer`, `dual`, `seller`.
            seller_commission: Commission of the seller's side, in US dollars.
            seller_commission_percentage: Commission of the seller's side, in percent of the
                price.
            status: One of `active`, `cancelled`, `closed`, `fell_through`, `pending`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/escrows",
                body=JsonBody(
                    {
                        "property_address": property_address,
                        "acceptance_date": as_date(acceptance_date),
                        "buyer_commission": buyer_commission,
                        "buyer_commission_percentage": buyer_commission_percentage,
                        "buyers": buyers,
                        "city": city,
                        "closing_date": as_date(closing_date),
                        "county": county,
                        "display_address": display_address,
                        "escrow_status": escrow_status,
                        "latitude": latitude,
                        "longitude": longitude,
                        "purchase_price": purchase_price,
                        "representation_type": representation_type,
                        "seller_commission": seller_commission,
                        "seller_commission_percentage": seller_commission_percentage,
                        "sellers": sellers,
                        "state": state,
                        "status": status,
                        "zip_code": zip_code,
                    }
                ),
                options=options,
            ),
            Escrow.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete escrow.

        Source: `DELETE /escrows/{id}`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/escrows/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Escrow:
        """Get escrow by ID.

        Source: `GET /escrows/{id}`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/escrows/{path_segment(id, 'id', GET)}", options=options), Escrow.from_dict
        )

    def list(
        self,
        *,
        archived: bool | None = None,
        closing_date_end: datetime.date | None = None,
        closing_date_start: datetime.date | None = None,
        max_price: float | None = None,
        min_price: float | None = None,
        order: EscrowOrder | str | None = None,
        search: str | None = None,
        sort: str | None = None,
        status: EscrowListStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Escrow]:
        """List escrows.

        Returns a paginated list of escrows visible to the authenticated user, with aggregate stats.
        Note that the effective default page size of this endpoint is 20.

        Source: `GET /escrows`.

        Args:
            archived: Include archived escrows instead of active ones. Default: false.
            closing_date_end: Latest closing date (ISO 8601).
            closing_date_start: Earliest closing date (ISO 8601).
            max_price: Maximum purchase price, in US dollars.
            min_price: Minimum purchase price, in US dollars.
            order: Sort direction. Default: desc. One of `asc`, `desc`.
            search: Free-text search across property address and display ID.
            sort: Sort column. Default: created_at.
            status: Filter by escrow status (case-insensitive). One of `active`, `cancelled`,
                `closed`, `pending`.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._list(
            Call(
                LIST,
                "/escrows",
                params={
                    "archived": archived,
                    "closingDateEnd": as_date(closing_date_end),
                    "closingDateStart": as_date(closing_date_start),
                    "maxPrice": max_price,
                    "minPrice": min_price,
                    "order": order,
                    "search": search,
                    "sort": sort,
                    "status": status,
                    "limit": limit,
                    "page": page,
                },
                options=options,
            ),
            Escrow.from_dict,
        )

    async def restore(self, id: str, **options: Unpack[CallOptions]) -> Escrow:
        """Restore an archived escrow.

        Source: `PATCH /escrows/{id}/restore`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(RESTORE, f"/escrows/{path_segment(id, 'id', RESTORE)}/restore", options=options),
            Escrow.from_dict,
        )

    async def update(
        self,
        id: str,
        *,
        acceptance_date: datetime.date | Unset | None = UNSET,
        buyer_commission: float | Unset | None = UNSET,
        buyer_commission_percentage: float | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        closing_date: datetime.date | Unset | None = UNSET,
        county: str | Unset | None = UNSET,
        display_address: str | Unset | None = UNSET,
        escrow_status: EscrowStatus | str | Unset = UNSET,
        latitude: float | Unset | None = UNSET,
        longitude: float | Unset | None = UNSET,
        purchase_price: float | Unset = UNSET,
        representation_type: EscrowRepresentationType | str | Unset = UNSET,
        seller_commission: float | Unset | None = UNSET,
        seller_commission_percentage: float | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        status: EscrowStatus | str | Unset = UNSET,
        version: int | Unset = UNSET,
        zip_code: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Escrow:
        """Update escrow.

        Source: `PUT /escrows/{id}`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.
            buyer_commission: Commission of the buyer's side, in US dollars.
            buyer_commission_percentage: Commission of the buyer's side, in percent of the
                price.
            escrow_status: `status` under the name of an older version. One of `active`,
                `cancelled`, `closed`, `fell_through`, `pending`.
            purchase_price: Purchase price, in US dollars.
            representation_type: One of `buyer`, `dual`, `seller`.
            seller_commission: Commission of the seller's side, in US dollars.
            seller_commission_percentage: Commission of the seller's side, in percent of the
                price.
            status: One of `active`, `cancelled`, `closed`, `fell_through`, `pending`.
            version: The version that the change is based on; left out: not compared.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), ConflictError (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE,
                f"/escrows/{path_segment(id, 'id', UPDATE)}",
                body=JsonBody(
                    {
                        "acceptance_date": as_date(acceptance_date),
                        "buyer_commission": buyer_commission,
                        "buyer_commission_percentage": buyer_commission_percentage,
                        "city": city,
                        "closing_date": as_date(closing_date),
                        "county": county,
                        "display_address": display_address,
                        "escrow_status": escrow_status,
                        "latitude": latitude,
                        "longitude": longitude,
                        "purchase_price": purchase_price,
                        "representation_type": representation_type,
                        "seller_commission": seller_commission,
                        "seller_commission_percentage": seller_commission_percentage,
                        "state": state,
                        "status": status,
                        "version": version,
                        "zip_code": zip_code,
                    }
                ),
                options=options,
            ),
            Escrow.from_dict,
        )


class EscrowsWithRawResponse(RawMethods):
    """`client.escrows.with_raw_response`."""

    def __init__(self, resource: EscrowsResource) -> None:
        self.archive: Final = with_raw_response(resource.archive)
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.restore: Final = with_raw_response(resource.restore)
        self.update: Final = with_raw_response(resource.update)
