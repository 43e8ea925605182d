# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.escrows`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.unset import UNSET, Unset
from ...api.escrows import EscrowsResource as AsyncResource
from ...models.escrow import (
    Escrow,
    EscrowListStatus,
    EscrowOrder,
    EscrowRepresentationType,
    EscrowStatus,
)
from ...models.person_input import PersonInput
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class EscrowsResource(BlockingResource):
    """`client.escrows`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> EscrowsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return EscrowsWithRawResponse(EscrowsResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def archive(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Escrow:
        """Archive escrow.

        Source: `PATCH /escrows/{id}/archive`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.archive(id, **options), deadline)

    def create(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.create(
                property_address=property_address,
                acceptance_date=acceptance_date,
                buyer_commission=buyer_commission,
                buyer_commission_percentage=buyer_commission_percentage,
                buyers=buyers,
                city=city,
                closing_date=closing_date,
                county=county,
                display_address=display_address,
                escrow_status=escrow_status,
                latitude=latitude,
                longitude=longitude,
                purchase_price=purchase_price,
                representation_type=representation_type,
                seller_commission=seller_commission,
                seller_commission_percentage=seller_commission_percentage,
                sellers=sellers,
                state=state,
                status=status,
                zip_code=zip_code,
                **options,
            ),
            deadline,
        )

    def delete(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Delete escrow.

        Source: `DELETE /escrows/{id}`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return self._run(self._resource.delete(id, **options), deadline)

    def get(self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]) -> Escrow:
        """Get escrow by ID.

        Source: `GET /escrows/{id}`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.get(id, **options), deadline)

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
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[Escrow]:
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
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._list(
            self._resource.list(
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
                **options,
            ),
            deadline,
        )

    def restore(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Escrow:
        """Restore an archived escrow.

        Source: `PATCH /escrows/{id}/restore`.

        Args:
            id: Id of an escrow: text such as ESC-2026-0042, or a UUID.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.restore(id, **options), deadline)

    def update(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.update(
                id,
                acceptance_date=acceptance_date,
                buyer_commission=buyer_commission,
                buyer_commission_percentage=buyer_commission_percentage,
                city=city,
                closing_date=closing_date,
                county=county,
                display_address=display_address,
                escrow_status=escrow_status,
                latitude=latitude,
                longitude=longitude,
                purchase_price=purchase_price,
                representation_type=representation_type,
                seller_commission=seller_commission,
                seller_commission_percentage=seller_commission_percentage,
                state=state,
                status=status,
                version=version,
                zip_code=zip_code,
                **options,
            ),
            deadline,
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
