# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.clients`."""

from __future__ import annotations

from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.unset import UNSET, Unset
from ...api.clients import ClientsResource as AsyncResource
from ...models.client import Client, ClientStatus, ClientType
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class ClientsResource(BlockingResource):
    """`client.clients`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ClientsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ClientsWithRawResponse(ClientsResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def create(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.create(
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
                **options,
            ),
            deadline,
        )

    def delete(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Delete client.

        Source: `DELETE /clients/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.delete(id, **options), deadline)

    def get(self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]) -> Client:
        """Get client by ID.

        Source: `GET /clients/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.get(id, **options), deadline)

    def list(
        self,
        *,
        client_type: ClientType | str | None = None,
        status: ClientStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[Client]:
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
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(
            self._resource.list(
                client_type=client_type, status=status, limit=limit, page=page, **options
            ),
            deadline,
        )

    def update(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.update(
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
                version=version,
                **options,
            ),
            deadline,
        )


class ClientsWithRawResponse(RawMethods):
    """`client.clients.with_raw_response`."""

    def __init__(self, resource: ClientsResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.update: Final = with_raw_response(resource.update)
