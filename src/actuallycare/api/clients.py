# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.clients`."""

from __future__ import annotations

from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.client import Client, ClientStatus, ClientType

CREATE: Final = Operation(
    "clients.create", "POST", "/clients", auth=("key", "bearer"), unwrap=("data",)
)
DELETE: Final = Operation(
    "clients.delete", "DELETE", "/clients/{id}", kind="none", auth=("key", "bearer")
)
GET: Final = Operation(
    "clients.get", "GET", "/clients/{id}", auth=("key", "bearer"), unwrap=("data",)
)
LIST: Final = Operation(
    "clients.list",
    "GET",
    "/clients",
    kind="page",
    auth=("key", "bearer"),
    unwrap=("data",),
    page_layout=PageLayout(("clients",), ("data", "meta"), page_size=25, max_page_size=100),
)
UPDATE: Final = Operation(
    "clients.update", "PUT", "/clients/{id}", auth=("key", "bearer"), unwrap=("data",)
)


class ClientsResource(Resource):
    """`client.clients`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ClientsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ClientsWithRawResponse(ClientsResource(self._sender, raw=True))

    async def create(
        self,
        *,
        client_type: ClientType | str,
        first_name: str,
        last_name: str,
        budget_max: float | Unset | None = UNSET,
        budget_min: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: ClientStatus | str | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> Client:
        """Create new client.

        Source: `POST /clients`.

        Args:
            client_type: One of `both`, `buyer`, `seller`.
            budget_max: Highest budget, in US dollars.
            budget_min: Lowest budget, in US dollars.
            status: One of `active`, `closed`, `inactive`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), ConflictError
                (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/clients",
                body=JsonBody(
                    {
                        "client_type": client_type,
                        "first_name": first_name,
                        "last_name": last_name,
                        "budget_max": budget_max,
                        "budget_min": budget_min,
                        "email": email,
                        "notes": notes,
                        "phone": phone,
                        "source": source,
                        "status": status,
                    }
                ),
                options=options,
            ),
            Client.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete client.

        Source: `DELETE /clients/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/clients/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Client:
        """Get client by ID.

        Source: `GET /clients/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/clients/{path_segment(id, 'id', GET)}", options=options), Client.from_dict
        )

    def list(
        self,
        *,
        client_type: ClientType | str | None = None,
        status: ClientStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Client]:
        """List all clients.

        Returns paginated list of client contacts. Default page size 25 (max 100).

        Source: `GET /clients`.

        Args:
            client_type: One of `both`, `buyer`, `seller`.
            status: One of `active`, `closed`, `inactive`.
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
                "/clients",
                params={"client_type": client_type, "status": status, "limit": limit, "page": page},
                options=options,
            ),
            Client.from_dict,
        )

    async def update(
        self,
        id: str,
        *,
        budget_max: float | Unset | None = UNSET,
        budget_min: float | Unset | None = UNSET,
        client_type: ClientType | str | Unset = UNSET,
        email: str | Unset | None = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: ClientStatus | str | Unset = UNSET,
        version: int | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> Client:
        """Update client.

        Source: `PUT /clients/{id}`.

        Args:
            id: Record id.
            budget_max: Highest budget, in US dollars.
            budget_min: Lowest budget, in US dollars.
            client_type: One of `both`, `buyer`, `seller`.
            status: One of `active`, `closed`, `inactive`.
            version: The version that the change is based on; left out: not compared.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), ConflictError (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE,
                f"/clients/{path_segment(id, 'id', UPDATE)}",
                body=JsonBody(
                    {
                        "budget_max": budget_max,
                        "budget_min": budget_min,
                        "client_type": client_type,
                        "email": email,
                        "first_name": first_name,
                        "last_name": last_name,
                        "notes": notes,
                        "phone": phone,
                        "source": source,
                        "status": status,
                        "version": version,
                    }
                ),
                options=options,
            ),
            Client.from_dict,
        )


class ClientsWithRawResponse(RawMethods):
    """`client.clients.with_raw_response`."""

    def __init__(self, resource: ClientsResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.update: Final = with_raw_response(resource.update)
