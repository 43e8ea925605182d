# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.listings`."""

from __future__ import annotations

import datetime

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.listing import Listing
from ...models.listing_status import ListingStatus
from . import listings_create, listings_delete, listings_get, listings_list, listings_update


class ListingsResource(Resource):
    """`client.listings`."""

    __slots__ = ()

    @property
    def with_response(self) -> ListingsWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ListingsWithResponse(self._sender)

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
        status: ListingStatus | Unset = UNSET,
        year_built: int | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Listing:
        """Create new listing.

        Source: `POST /listings`.

        Args:
            list_price: Asking price, in US dollars.
            lot_size: Lot size in square feet.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            listings_create.build(
                address=address,
                list_price=list_price,
                bathrooms=bathrooms,
                bedrooms=bedrooms,
                city=city,
                description=description,
                expiration_date=expiration_date,
                listing_date=listing_date,
                lot_size=lot_size,
                mls_number=mls_number,
                property_type=property_type,
                square_feet=square_feet,
                state=state,
                status=status,
                year_built=year_built,
                zip_code=zip_code,
            ),
            listings_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete listing.

        Source: `DELETE /listings/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(listings_delete.build(id))

    async def get(self, id: str) -> Listing:
        """Get listing by ID.

        Source: `GET /listings/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(listings_get.build(id), listings_get.parse)

    def list(
        self,
        *,
        max_price: float | None = None,
        min_price: float | None = None,
        status: ListingStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Pager[Listing]:
        """List all property listings.

        Returns paginated list of property listings with optional filtering. Default page size 25
        (max 100).

        Source: `GET /listings`.

        Args:
            max_price: Highest asking price, in US dollars.
            min_price: Lowest asking price, in US dollars.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return self._list(
            listings_list.build(
                max_price=max_price, min_price=min_price, status=status, limit=limit, page=page
            ),
            listings_list.parse,
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
        status: ListingStatus | Unset = UNSET,
        year_built: int | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Listing:
        """Update listing.

        Source: `PUT /listings/{id}`.

        Args:
            id: Record id.
            list_price: Asking price, in US dollars.
            lot_size: Lot size in square feet.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            listings_update.build(
                id,
                address=address,
                bathrooms=bathrooms,
                bedrooms=bedrooms,
                city=city,
                description=description,
                expiration_date=expiration_date,
                list_price=list_price,
                listing_date=listing_date,
                lot_size=lot_size,
                mls_number=mls_number,
                property_type=property_type,
                square_feet=square_feet,
                state=state,
                status=status,
                year_built=year_built,
                zip_code=zip_code,
            ),
            listings_update.parse,
        )


class ListingsWithResponse(ResourceWithResponse):
    """`client.listings.with_response`."""

    __slots__ = ()

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
        status: ListingStatus | Unset = UNSET,
        year_built: int | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Reply[Listing]:
        """As `ListingsResource.create`, with its HTTP response."""
        return await self._record(
            listings_create.build(
                address=address,
                list_price=list_price,
                bathrooms=bathrooms,
                bedrooms=bedrooms,
                city=city,
                description=description,
                expiration_date=expiration_date,
                listing_date=listing_date,
                lot_size=lot_size,
                mls_number=mls_number,
                property_type=property_type,
                square_feet=square_feet,
                state=state,
                status=status,
                year_built=year_built,
                zip_code=zip_code,
            ),
            listings_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `ListingsResource.delete`, with its HTTP response."""
        return await self._none(listings_delete.build(id))

    async def get(self, id: str) -> Reply[Listing]:
        """As `ListingsResource.get`, with its HTTP response."""
        return await self._record(listings_get.build(id), listings_get.parse)

    async def list(
        self,
        *,
        max_price: float | None = None,
        min_price: float | None = None,
        status: ListingStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Reply[Page[Listing]]:
        """As `ListingsResource.list`, with its HTTP response."""
        return await self._list(
            listings_list.build(
                max_price=max_price, min_price=min_price, status=status, limit=limit, page=page
            ),
            listings_list.parse,
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
        status: ListingStatus | Unset = UNSET,
        year_built: int | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Reply[Listing]:
        """As `ListingsResource.update`, with its HTTP response."""
        return await self._record(
            listings_update.build(
                id,
                address=address,
                bathrooms=bathrooms,
                bedrooms=bedrooms,
                city=city,
                description=description,
                expiration_date=expiration_date,
                list_price=list_price,
                listing_date=listing_date,
                lot_size=lot_size,
                mls_number=mls_number,
                property_type=property_type,
                square_feet=square_feet,
                state=state,
                status=status,
                year_built=year_built,
                zip_code=zip_code,
            ),
            listings_update.parse,
        )
