# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.leads`."""

from __future__ import annotations

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.client import Client
from ...models.lead import Lead
from ...models.lead_client_type import LeadClientType
from ...models.lead_interest_level import LeadInterestLevel
from ...models.lead_status import LeadStatus
from . import leads_convert, leads_create, leads_delete, leads_get, leads_list, leads_update


class LeadsResource(Resource):
    """`client.leads`."""

    __slots__ = ()

    @property
    def with_response(self) -> LeadsWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return LeadsWithResponse(self._sender)

    async def convert(self, id: str, *, client_type: LeadClientType | Unset = UNSET) -> Client:
        """Convert lead to client.

        Creates a client from the lead and links the two. It cannot be undone; source and timeline
        of the lead stay as they are from then on.

        Source: `POST /leads/{id}/convert`.

        Args:
            id: Record id.
            client_type: Left out: taken from the lead.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), ConflictError (409),
                RateLimitError (429), and what every call raises.
        """
        return await self._record(
            leads_convert.build(id, client_type=client_type), leads_convert.parse
        )

    async def create(
        self,
        *,
        name: str,
        budget: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        interest_level: LeadInterestLevel | Unset = UNSET,
        lead_type: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: LeadStatus | Unset = UNSET,
        timeline: str | Unset | None = UNSET,
    ) -> Lead:
        """Create new lead.

        Source: `POST /leads`.

        Args:
            budget: Budget, in US dollars.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            leads_create.build(
                name=name,
                budget=budget,
                email=email,
                interest_level=interest_level,
                lead_type=lead_type,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
                timeline=timeline,
            ),
            leads_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete lead.

        Source: `DELETE /leads/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(leads_delete.build(id))

    async def get(self, id: str) -> Lead:
        """Get lead by ID.

        Source: `GET /leads/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(leads_get.build(id), leads_get.parse)

    def list(
        self,
        *,
        interest_level: LeadInterestLevel | None = None,
        status: LeadStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Pager[Lead]:
        """List all leads.

        Returns paginated list of prospective client leads. Default page size 25 (max 100).

        Source: `GET /leads`.

        Args:
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
            leads_list.build(interest_level=interest_level, status=status, limit=limit, page=page),
            leads_list.parse,
        )

    async def update(
        self,
        id: str,
        *,
        budget: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        interest_level: LeadInterestLevel | Unset = UNSET,
        lead_type: str | Unset | None = UNSET,
        name: str | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: LeadStatus | Unset = UNSET,
        timeline: str | Unset | None = UNSET,
    ) -> Lead:
        """Update lead.

        Source: `PUT /leads/{id}`.

        Args:
            id: Record id.
            budget: Budget, in US dollars.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            leads_update.build(
                id,
                budget=budget,
                email=email,
                interest_level=interest_level,
                lead_type=lead_type,
                name=name,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
                timeline=timeline,
            ),
            leads_update.parse,
        )


class LeadsWithResponse(ResourceWithResponse):
    """`client.leads.with_response`."""

    __slots__ = ()

    async def convert(
        self, id: str, *, client_type: LeadClientType | Unset = UNSET
    ) -> Reply[Client]:
        """As `LeadsResource.convert`, with its HTTP response."""
        return await self._record(
            leads_convert.build(id, client_type=client_type), leads_convert.parse
        )

    async def create(
        self,
        *,
        name: str,
        budget: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        interest_level: LeadInterestLevel | Unset = UNSET,
        lead_type: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: LeadStatus | Unset = UNSET,
        timeline: str | Unset | None = UNSET,
    ) -> Reply[Lead]:
        """As `LeadsResource.create`, with its HTTP response."""
        return await self._record(
            leads_create.build(
                name=name,
                budget=budget,
                email=email,
                interest_level=interest_level,
                lead_type=lead_type,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
                timeline=timeline,
            ),
            leads_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `LeadsResource.delete`, with its HTTP response."""
        return await self._none(leads_delete.build(id))

    async def get(self, id: str) -> Reply[Lead]:
        """As `LeadsResource.get`, with its HTTP response."""
        return await self._record(leads_get.build(id), leads_get.parse)

    async def list(
        self,
        *,
        interest_level: LeadInterestLevel | None = None,
        status: LeadStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Reply[Page[Lead]]:
        """As `LeadsResource.list`, with its HTTP response."""
        return await self._list(
            leads_list.build(interest_level=interest_level, status=status, limit=limit, page=page),
            leads_list.parse,
        )

    async def update(
        self,
        id: str,
        *,
        budget: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        interest_level: LeadInterestLevel | Unset = UNSET,
        lead_type: str | Unset | None = UNSET,
        name: str | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: LeadStatus | Unset = UNSET,
        timeline: str | Unset | None = UNSET,
    ) -> Reply[Lead]:
        """As `LeadsResource.update`, with its HTTP response."""
        return await self._record(
            leads_update.build(
                id,
                budget=budget,
                email=email,
                interest_level=interest_level,
                lead_type=lead_type,
                name=name,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
                timeline=timeline,
            ),
            leads_update.parse,
        )
