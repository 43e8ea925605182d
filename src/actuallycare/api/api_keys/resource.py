# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.api_keys`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.api_key import ApiKey
from ...models.api_key_action import ApiKeyAction
from ...models.created_api_key import CreatedApiKey
from . import (
    api_keys_create,
    api_keys_delete,
    api_keys_list,
    api_keys_revoke,
    api_keys_update_scopes,
)


class ApiKeysResource(Resource):
    """`client.api_keys`."""

    __slots__ = ()

    @property
    def with_response(self) -> ApiKeysWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ApiKeysWithResponse(self._sender)

    async def create(
        self,
        *,
        name: str,
        expires_in_days: int | Unset = UNSET,
        scopes: Mapping[str, Sequence[ApiKeyAction]] | Unset = UNSET,
    ) -> CreatedApiKey:
        """Create new API key.

        Generates a new API key for authenticated user. Key is only shown once.

        Source: `POST /api-keys`.

        Args:
            name: Descriptive name for the API key.
            expires_in_days: Number of days until expiration (1-365). Left out: the key does not
                expire.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            api_keys_create.build(name=name, expires_in_days=expires_in_days, scopes=scopes),
            api_keys_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete API key.

        Source: `DELETE /api-keys/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(api_keys_delete.build(id))

    def list(self) -> Pager[ApiKey]:
        """List API keys.

        Returns list of API keys for authenticated user (keys are masked).

        Source: `GET /api-keys`.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._list(api_keys_list.build(), api_keys_list.parse)

    async def revoke(self, id: str) -> None:
        """Revoke API key.

        Source: `PUT /api-keys/{id}/revoke`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(api_keys_revoke.build(id))

    async def update_scopes(
        self, id: str, *, scopes: Mapping[str, Sequence[ApiKeyAction]]
    ) -> ApiKey:
        """Update API key scopes.

        Source: `PATCH /api-keys/{id}/scopes`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            api_keys_update_scopes.build(id, scopes=scopes), api_keys_update_scopes.parse
        )


class ApiKeysWithResponse(ResourceWithResponse):
    """`client.api_keys.with_response`."""

    __slots__ = ()

    async def create(
        self,
        *,
        name: str,
        expires_in_days: int | Unset = UNSET,
        scopes: Mapping[str, Sequence[ApiKeyAction]] | Unset = UNSET,
    ) -> Reply[CreatedApiKey]:
        """As `ApiKeysResource.create`, with its HTTP response."""
        return await self._record(
            api_keys_create.build(name=name, expires_in_days=expires_in_days, scopes=scopes),
            api_keys_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `ApiKeysResource.delete`, with its HTTP response."""
        return await self._none(api_keys_delete.build(id))

    async def list(self) -> Reply[Page[ApiKey]]:
        """As `ApiKeysResource.list`, with its HTTP response."""
        return await self._list(api_keys_list.build(), api_keys_list.parse)

    async def revoke(self, id: str) -> Reply[None]:
        """As `ApiKeysResource.revoke`, with its HTTP response."""
        return await self._none(api_keys_revoke.build(id))

    async def update_scopes(
        self, id: str, *, scopes: Mapping[str, Sequence[ApiKeyAction]]
    ) -> Reply[ApiKey]:
        """As `ApiKeysResource.update_scopes`, with its HTTP response."""
        return await self._record(
            api_keys_update_scopes.build(id, scopes=scopes), api_keys_update_scopes.parse
        )
