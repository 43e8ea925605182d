# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.listings`."""

from __future__ import annotations

import datetime
from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.scalars import as_date
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.listing import Listing, ListingStatus

CREATE: Final = Operation(
    "listings.create", "POST", "/listings", auth=("key", "bearer"), unwrap=("data",)
)
DELETE: Final = Operation(
    "listings.delete", "DELETE", "/listings/{id}", kind="none", auth=("key", "bearer")
)
GET: Final = Operation(
    "listings.get", "GET", "/listings/{id}", auth=("key", "bearer"), unwrap=("data",)
)
LIST: Final = Operation(
    "listings.list",
    "GET",
    "/listings",
    kind="page",
    auth=("key", "bearer"),
    unwrap=("data",),
    page_layout=PageLayout(("listings",), ("data", "meta"), page_size=25, max_page_size=100),
)
UPDATE: Final = Operation(
    "listings.update", "PUT", "/listings/{id}", auth=("key", "bearer"), unwrap=("data",)
)


class ListingsResource(Resource):
    """`client.listings`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ListingsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ListingsWithRawResponse(ListingsResource(self._sender, raw=True))

    async def create(
        self,
        *,
        address: str,
        list_price: float,
        bathrooms: float | Unset | None = UNSET,
        bedrooms: int | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        expiration_date: datetime.date | Unset | None = UNSET,
        listing_date: datetime.date | Unset | None = UNSET,
        lot_size: float | Unset | None = UNSET,
        mls_number: str | Unset | None = UNSET,
        property_type: str | Unset | None = UNSET,
        square_feet: int | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        status: ListingStatus | str | Unset = UNSET,
        year_built: int | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Listing:
        """Create new listing.

        Source: `POST /listings`.

        Args:
            list_price: Asking price, in US dollars.
            lot_size: Lot size in acres.
            status: One of `active`, `expired`, `pending`, `sold`, `withdrawn`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/listings",
                body=JsonBody(
                    {
                        "address": address,
                        "list_price": list_price,
                        "bathrooms": bathrooms,
                        "bedrooms": bedrooms,
                        "city": city,
                        "description": description,
                        "expiration_date": as_date(expiration_date),
                        "listing_date": as_date(listing_date),
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
                options=options,
            ),
            Listing.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete listing.

        Source: `DELETE /listings/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/listings/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Listing:
        """Get listing by ID.

        Source: `GET /listings/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/listings/{path_segment(id, 'id', GET)}", options=options),
            Listing.from_dict,
        )

    def list(
        self,
        *,
        max_price: float | None = None,
        min_price: float | None = None,
        status: ListingStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Listing]:
        """List all property listings.

        Returns paginated list of property listings with optional filtering. Default page size 25
        (max 100).

        Source: `GET /listings`.

        Args:
            max_price: Highest asking price, in US dollars.
            min_price: Lowest asking price, in US dollars.
            status: One of `active`, `expired`, `pending`, `sold`, `withdrawn`.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(
            Call(
                LIST,
                "/listings",
                params={
                    "maxPrice": max_price,
                    "minPrice": min_price,
                    "status": status,
                    "limit": limit,
                    "page": page,
                },
                options=options,
            ),
            Listing.from_dict,
        )

    async def update(
        self,
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
        status: ListingStatus | str | Unset = UNSET,
        version: int | Unset = UNSET,
        year_built: int | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Listing:
        """Update listing.

        Source: `PUT /listings/{id}`.

        Args:
            id: Record id.
            list_price: Asking price, in US dollars.
            lot_size: Lot size in acres.
            status: One of `active`, `expired`, `pending`, `sold`, `withdrawn`.
            version: The version that the change is based on; left out: not compared.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), ConflictError (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE,
                f"/listings/{path_segment(id, 'id', UPDATE)}",
                body=JsonBody(
                    {
                        "address": address,
                        "bathrooms": bathrooms,
                        "bedrooms": bedrooms,
                        "city": city,
                        "description": description,
                        "expiration_date": as_date(expiration_date),
                        "list_price": list_price,
                        "listing_date": as_date(listing_date),
                        "lot_size": lot_size,
                        "mls_number": mls_number,
                        "property_type": property_type,
                        "square_feet": square_feet,
                        "state": state,
                        "status": status,
                        "version": version,
                        "year_built": year_built,
                        "zip_code": zip_code,
                    }
                ),
                options=options,
            ),
            Listing.from_dict,
        )


class ListingsWithRawResponse(RawMethods):
    """`client.listings.with_raw_response`."""

    def __init__(self, resource: ListingsResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.update: Final = with_raw_response(resource.update)
