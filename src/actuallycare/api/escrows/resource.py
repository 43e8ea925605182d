# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.escrows`."""

from __future__ import annotations

import datetime

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.escrow import Escrow
from ...models.escrow_order import EscrowOrder
from ...models.escrow_representation_type import EscrowRepresentationType
from ...models.escrow_status import EscrowStatus
from . import (
    escrows_archive,
    escrows_create,
    escrows_delete,
    escrows_get,
    escrows_list,
    escrows_unarchive,
    escrows_update,
)


class EscrowsResource(Resource):
    """`client.escrows`."""

    __slots__ = ()

    @property
    def with_response(self) -> EscrowsWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return EscrowsWithResponse(self._sender)

    async def archive(self, id: str) -> Escrow:
        """Archive escrow.

        Source: `PUT /escrows/{id}/archive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(escrows_archive.build(id), escrows_archive.parse)

    async def create(
        self,
        *,
        property_address: str,
        purchase_price: float,
        representation_type: EscrowRepresentationType,
        acceptance_date: datetime.date | Unset | None = UNSET,
        buyer_commission: float | Unset | None = UNSET,
        buyer_commission_percentage: float | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        closing_date: datetime.date | Unset | None = UNSET,
        county: str | Unset | None = UNSET,
        display_address: str | Unset | None = UNSET,
        latitude: float | Unset | None = UNSET,
        longitude: float | Unset | None = UNSET,
        seller_commission: float | Unset | None = UNSET,
        seller_commission_percentage: float | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        status: EscrowStatus | Unset = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Escrow:
        """Create escrow.

        Source: `POST /escrows`.

        Args:
            purchase_price: Purchase price, in US dollars.
            buyer_commission: Commission of the buyer's side, in US dollars.
            buyer_commission_percentage: Commission of the buyer's side, in percent of the
                price.
            seller_commission: Commission of the seller's side, in US dollars.
            seller_commission_percentage: Commission of the seller's side, in percent of the
                price.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            escrows_create.build(
                property_address=property_address,
                purchase_price=purchase_price,
                representation_type=representation_type,
                acceptance_date=acceptance_date,
                buyer_commission=buyer_commission,
                buyer_commission_percentage=buyer_commission_percentage,
                city=city,
                closing_date=closing_date,
                county=county,
                display_address=display_address,
                latitude=latitude,
                longitude=longitude,
                seller_commission=seller_commission,
                seller_commission_percentage=seller_commission_percentage,
                state=state,
                status=status,
                zip_code=zip_code,
            ),
            escrows_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete escrow.

        Source: `DELETE /escrows/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(escrows_delete.build(id))

    async def get(self, id: str) -> Escrow:
        """Get escrow by ID.

        Source: `GET /escrows/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(escrows_get.build(id), escrows_get.parse)

    def list(
        self,
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
            order: Sort direction. Default: desc.
            search: Free-text search across property address and display ID.
            sort: Sort column. Default: created_at.
            status: Filter by escrow status (case-insensitive).
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
            escrows_list.build(
                archived=archived,
                closing_date_end=closing_date_end,
                closing_date_start=closing_date_start,
                max_price=max_price,
                min_price=min_price,
                order=order,
                search=search,
                sort=sort,
                status=status,
                limit=limit,
                page=page,
            ),
            escrows_list.parse,
        )

    async def unarchive(self, id: str) -> Escrow:
        """Restore an archived escrow.

        Source: `PUT /escrows/{id}/unarchive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(escrows_unarchive.build(id), escrows_unarchive.parse)

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
    ) -> Escrow:
        """Update escrow.

        Source: `PUT /escrows/{id}`.

        Args:
            id: Record id.
            buyer_commission: Commission of the buyer's side, in US dollars.
            buyer_commission_percentage: Commission of the buyer's side, in percent of the
                price.
            purchase_price: Purchase price, in US dollars.
            seller_commission: Commission of the seller's side, in US dollars.
            seller_commission_percentage: Commission of the seller's side, in percent of the
                price.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            escrows_update.build(
                id,
                acceptance_date=acceptance_date,
                buyer_commission=buyer_commission,
                buyer_commission_percentage=buyer_commission_percentage,
                city=city,
                closing_date=closing_date,
                county=county,
                display_address=display_address,
                latitude=latitude,
                longitude=longitude,
                property_address=property_address,
                purchase_price=purchase_price,
                representation_type=representation_type,
                seller_commission=seller_commission,
                seller_commission_percentage=seller_commission_percentage,
                state=state,
                status=status,
                zip_code=zip_code,
            ),
            escrows_update.parse,
        )


class EscrowsWithResponse(ResourceWithResponse):
    """`client.escrows.with_response`."""

    __slots__ = ()

    async def archive(self, id: str) -> Reply[Escrow]:
        """As `EscrowsResource.archive`, with its HTTP response."""
        return await self._record(escrows_archive.build(id), escrows_archive.parse)

    async def create(
        self,
        *,
        property_address: str,
        purchase_price: float,
        representation_type: EscrowRepresentationType,
        acceptance_date: datetime.date | Unset | None = UNSET,
        buyer_commission: float | Unset | None = UNSET,
        buyer_commission_percentage: float | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        closing_date: datetime.date | Unset | None = UNSET,
        county: str | Unset | None = UNSET,
        display_address: str | Unset | None = UNSET,
        latitude: float | Unset | None = UNSET,
        longitude: float | Unset | None = UNSET,
        seller_commission: float | Unset | None = UNSET,
        seller_commission_percentage: float | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        status: EscrowStatus | Unset = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Reply[Escrow]:
        """As `EscrowsResource.create`, with its HTTP response."""
        return await self._record(
            escrows_create.build(
                property_address=property_address,
                purchase_price=purchase_price,
                representation_type=representation_type,
                acceptance_date=acceptance_date,
                buyer_commission=buyer_commission,
                buyer_commission_percentage=buyer_commission_percentage,
                city=city,
                closing_date=closing_date,
                county=county,
                display_address=display_address,
                latitude=latitude,
                longitude=longitude,
                seller_commission=seller_commission,
                seller_commission_percentage=seller_commission_percentage,
                state=state,
                status=status,
                zip_code=zip_code,
            ),
            escrows_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `EscrowsResource.delete`, with its HTTP response."""
        return await self._none(escrows_delete.build(id))

    async def get(self, id: str) -> Reply[Escrow]:
        """As `EscrowsResource.get`, with its HTTP response."""
        return await self._record(escrows_get.build(id), escrows_get.parse)

    async def list(
        self,
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
    ) -> Reply[Page[Escrow]]:
        """As `EscrowsResource.list`, with its HTTP response."""
        return await self._list(
            escrows_list.build(
                archived=archived,
                closing_date_end=closing_date_end,
                closing_date_start=closing_date_start,
                max_price=max_price,
                min_price=min_price,
                order=order,
                search=search,
                sort=sort,
                status=status,
                limit=limit,
                page=page,
            ),
            escrows_list.parse,
        )

    async def unarchive(self, id: str) -> Reply[Escrow]:
        """As `EscrowsResource.unarchive`, with its HTTP response."""
        return await self._record(escrows_unarchive.build(id), escrows_unarchive.parse)

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
    ) -> Reply[Escrow]:
        """As `EscrowsResource.update`, with its HTTP response."""
        return await self._record(
            escrows_update.build(
                id,
                acceptance_date=acceptance_date,
                buyer_commission=buyer_commission,
                buyer_commission_percentage=buyer_commission_percentage,
                city=city,
                closing_date=closing_date,
                county=county,
                display_address=display_address,
                latitude=latitude,
                longitude=longitude,
                property_address=property_address,
                purchase_price=purchase_price,
                representation_type=representation_type,
                seller_commission=seller_commission,
                seller_commission_percentage=seller_commission_percentage,
                state=state,
                status=status,
                zip_code=zip_code,
            ),
            escrows_update.parse,
        )
