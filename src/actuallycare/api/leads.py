# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.leads`."""

from __future__ import annotations

from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.client import Client
from ..models.lead import Lead, LeadClientType, LeadInterestLevel, LeadStatus

CONVERT: Final = Operation(
    "leads.convert",
    "POST",
    "/leads/{id}/convert",
    auth=("key", "bearer"),
    unwrap=("data", "client"),
)
CREATE: Final = Operation(
    "leads.create", "POST", "/leads", auth=("key", "bearer"), unwrap=("data",)
)
DELETE: Final = Operation(
    "leads.delete", "DELETE", "/leads/{id}", kind="none", auth=("key", "bearer")
)
GET: Final = Operation("leads.get", "GET", "/leads/{id}", auth=("key", "bearer"), unwrap=("data",))
LIST: Final = Operation(
    "leads.list",
    "GET",
    "/leads",
    kind="page",
    auth=("key", "bearer"),
    unwrap=("data",),
    page_layout=PageLayout(("leads",), ("data", "meta"), page_size=25, max_page_size=100),
)
UPDATE: Final = Operation(
    "leads.update", "PUT", "/leads/{id}", auth=("key", "bearer"), unwrap=("data",)
)


class LeadsResource(Resource):
    """`client.leads`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> LeadsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return LeadsWithRawResponse(LeadsResource(self._sender, raw=True))

    async def convert(
        self,
        id: str,
        *,
        client_type: LeadClientType | str | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> Client:
        """Convert lead to client.

        Creates a client from the lead and links the two. It cannot be undone; source and timeline
        of the lead stay as they are from then on.

        Source: `POST /leads/{id}/convert`.

        Args:
            id: Record id.
            client_type: Left out: taken from the lead. One of `both`, `buyer`, `seller`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), ConflictError (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                CONVERT,
                f"/leads/{path_segment(id, 'id', CONVERT)}/convert",
                body=JsonBody({"client_type": client_type}),
                options=options,
            ),
            Client.from_dict,
        )

    async def create(
        self,
        *,
        name: str,
        budget: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        interest_level: LeadInterestLevel | str | Unset = UNSET,
        lead_type: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: LeadStatus | str | Unset = UNSET,
        timeline: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Lead:
        """Create new lead.

        Source: `POST /leads`.

        Args:
            budget: Budget, in US dollars.
            interest_level: One of `cold`, `hot`, `warm`.
            status: One of `contacted`, `converted`, `lost`, `new`, `qualified`, `unqualified`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/leads",
                body=JsonBody(
                    {
                        "name": name,
                        "budget": budget,
                        "email": email,
                        "interest_level": interest_level,
                        "lead_type": lead_type,
                        "notes": notes,
                        "phone": phone,
                        "source": source,
                        "status": status,
                        "timeline": timeline,
                    }
                ),
                options=options,
            ),
            Lead.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete lead.

        Source: `DELETE /leads/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/leads/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Lead:
        """Get lead by ID.

        Source: `GET /leads/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/leads/{path_segment(id, 'id', GET)}", options=options), Lead.from_dict
        )

    def list(
        self,
        *,
        interest_level: LeadInterestLevel | str | None = None,
        status: LeadStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Lead]:
        """List all leads.

        Returns paginated list of prospective client leads. Default page size 25 (max 100).

        Source: `GET /leads`.

        Args:
            interest_level: One of `cold`, `hot`, `warm`.
            status: One of `contacted`, `converted`, `lost`, `new`, `qualified`, `unqualified`.
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
                "/leads",
                params={
                    "interest_level": interest_level,
                    "status": status,
                    "limit": limit,
                    "page": page,
                },
                options=options,
            ),
            Lead.from_dict,
        )

    async def update(
        self,
        id: str,
        *,
        budget: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        interest_level: LeadInterestLevel | str | Unset = UNSET,
        lead_type: str | Unset | None = UNSET,
        name: str | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: LeadStatus | str | Unset = UNSET,
        timeline: str | Unset | None = UNSET,
        version: int | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> Lead:
        """Update lead.

        Source: `PUT /leads/{id}`.

        Args:
            id: Record id.
            budget: Budget, in US dollars.
            interest_level: One of `cold`, `hot`, `warm`.
            status: One of `contacted`, `converted`, `lost`, `new`, `qualified`, `unqualified`.
            version: The version that the change is based on; left out: not compared.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), ConflictError (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE,
                f"/leads/{path_segment(id, 'id', UPDATE)}",
                body=JsonBody(
                    {
                        "budget": budget,
                        "email": email,
                        "interest_level": interest_level,
                        "lead_type": lead_type,
                        "name": name,
                        "notes": notes,
                        "phone": phone,
                        "source": source,
                        "status": status,
                        "timeline": timeline,
                        "version": version,
                    }
                ),
                options=options,
            ),
            Lead.from_dict,
        )


class LeadsWithRawResponse(RawMethods):
    """`client.leads.with_raw_response`."""

    def __init__(self, resource: LeadsResource) -> None:
        self.convert: Final = with_raw_response(resource.convert)
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.update: Final = with_raw_response(resource.update)
