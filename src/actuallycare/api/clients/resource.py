# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.clients`."""

from __future__ import annotations

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.client import Client
from ...models.client_status import ClientStatus
from ...models.client_type import ClientType
from . import clients_create, clients_delete, clients_get, clients_list, clients_update


class ClientsResource(Resource):
    """`client.clients`."""

    __slots__ = ()

    @property
    def with_response(self) -> ClientsWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ClientsWithResponse(self._sender)

    async def create(
        self,
        *,
        client_type: ClientType,
        first_name: str,
        last_name: str,
        budget_max: float | Unset | None = UNSET,
        budget_min: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: ClientStatus | Unset = UNSET,
    ) -> Client:
        """Create new client.

        Source: `POST /clients`.

        Args:
            budget_max: Highest budget, in US dollars.
            budget_min: Lowest budget, in US dollars.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            clients_create.build(
                client_type=client_type,
                first_name=first_name,
                last_name=last_name,
                budget_max=budget_max,
                budget_min=budget_min,
                email=email,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
            ),
            clients_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete client.

        Source: `DELETE /clients/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(clients_delete.build(id))

    async def get(self, id: str) -> Client:
        """Get client by ID.

        Source: `GET /clients/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(clients_get.build(id), clients_get.parse)

    def list(
        self,
        *,
        client_type: ClientType | None = None,
        status: ClientStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Pager[Client]:
        """List all clients.

        Returns paginated list of client contacts. Default page size 25 (max 100).

        Source: `GET /clients`.

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
            clients_list.build(client_type=client_type, status=status, limit=limit, page=page),
            clients_list.parse,
        )

    async def update(
        self,
        id: str,
        *,
        budget_max: float | Unset | None = UNSET,
        budget_min: float | Unset | None = UNSET,
        client_type: ClientType | Unset = UNSET,
        email: str | Unset | None = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: ClientStatus | Unset = UNSET,
    ) -> Client:
        """Update client.

        Source: `PUT /clients/{id}`.

        Args:
            id: Record id.
            budget_max: Highest budget, in US dollars.
            budget_min: Lowest budget, in US dollars.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            clients_update.build(
                id,
                budget_max=budget_max,
                budget_min=budget_min,
                client_type=client_type,
                email=email,
                first_name=first_name,
                last_name=last_name,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
            ),
            clients_update.parse,
        )


class ClientsWithResponse(ResourceWithResponse):
    """`client.clients.with_response`."""

    __slots__ = ()

    async def create(
        self,
        *,
        client_type: ClientType,
        first_name: str,
        last_name: str,
        budget_max: float | Unset | None = UNSET,
        budget_min: float | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: ClientStatus | Unset = UNSET,
    ) -> Reply[Client]:
        """As `ClientsResource.create`, with its HTTP response."""
        return await self._record(
            clients_create.build(
                client_type=client_type,
                first_name=first_name,
                last_name=last_name,
                budget_max=budget_max,
                budget_min=budget_min,
                email=email,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
            ),
            clients_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `ClientsResource.delete`, with its HTTP response."""
        return await self._none(clients_delete.build(id))

    async def get(self, id: str) -> Reply[Client]:
        """As `ClientsResource.get`, with its HTTP response."""
        return await self._record(clients_get.build(id), clients_get.parse)

    async def list(
        self,
        *,
        client_type: ClientType | None = None,
        status: ClientStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Reply[Page[Client]]:
        """As `ClientsResource.list`, with its HTTP response."""
        return await self._list(
            clients_list.build(client_type=client_type, status=status, limit=limit, page=page),
            clients_list.parse,
        )

    async def update(
        self,
        id: str,
        *,
        budget_max: float | Unset | None = UNSET,
        budget_min: float | Unset | None = UNSET,
        client_type: ClientType | Unset = UNSET,
        email: str | Unset | None = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        source: str | Unset | None = UNSET,
        status: ClientStatus | Unset = UNSET,
    ) -> Reply[Client]:
        """As `ClientsResource.update`, with its HTTP response."""
        return await self._record(
            clients_update.build(
                id,
                budget_max=budget_max,
                budget_min=budget_min,
                client_type=client_type,
                email=email,
                first_name=first_name,
                last_name=last_name,
                notes=notes,
                phone=phone,
                source=source,
                status=status,
            ),
            clients_update.parse,
        )
