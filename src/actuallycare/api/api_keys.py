# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.api_keys`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.api_key import ApiKey, ApiKeyAction
from ..models.created_api_key import CreatedApiKey

CREATE: Final = Operation(
    "api_keys.create", "POST", "/api-keys", auth=("bearer",), sensitive=True, unwrap=("data",)
)
DELETE: Final = Operation(
    "api_keys.delete", "DELETE", "/api-keys/{id}", kind="none", auth=("bearer",)
)
LIST: Final = Operation(
    "api_keys.list",
    "GET",
    "/api-keys",
    kind="page",
    auth=("bearer",),
    unwrap=("data",),
    page_layout=PageLayout((), None, is_paginated=False),
)
REVOKE: Final = Operation(
    "api_keys.revoke", "PUT", "/api-keys/{id}/revoke", kind="none", auth=("bearer",)
)
UPDATE_SCOPES: Final = Operation(
    "api_keys.update_scopes", "PATCH", "/api-keys/{id}/scopes", auth=("bearer",), unwrap=("data",)
)


class ApiKeysResource(Resource):
    """`client.api_keys`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ApiKeysWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ApiKeysWithRawResponse(ApiKeysResource(self._sender, raw=True))

    async def create(
        self,
        *,
        name: str,
        expires_in_days: int | Unset = UNSET,
        scopes: Mapping[str, Sequence[ApiKeyAction | str]] | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CreatedApiKey:
        """Create new API key.

        Generates a new API key for authenticated user. Key is only shown once.

        Source: `POST /api-keys`.

        Args:
            name: Descriptive name for the API key.
            expires_in_days: Number of days until expiration (1-365). Left out: the key does not
                expire.
            scopes: One of `read`, `write`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/api-keys",
                body=JsonBody({"name": name, "expiresInDays": expires_in_days, "scopes": scopes}),
                options=options,
            ),
            CreatedApiKey.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete API key.

        Source: `DELETE /api-keys/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/api-keys/{path_segment(id, 'id', DELETE)}", options=options)
        )

    def list(self, **options: Unpack[CallOptions]) -> Pager[ApiKey]:
        """List API keys.

        Returns list of API keys for authenticated user (keys are masked).

        Source: `GET /api-keys`.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(Call(LIST, "/api-keys", options=options), ApiKey.from_dict)

    async def revoke(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Revoke API key.

        Source: `PUT /api-keys/{id}/revoke`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._none(
            Call(REVOKE, f"/api-keys/{path_segment(id, 'id', REVOKE)}/revoke", options=options)
        )

    async def update_scopes(
        self,
        id: str,
        *,
        scopes: Mapping[str, Sequence[ApiKeyAction | str]],
        **options: Unpack[CallOptions],
    ) -> ApiKey:
        """Update API key scopes.

        Source: `PATCH /api-keys/{id}/scopes`.

        Args:
            id: Record id.
            scopes: One of `read`, `write`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE_SCOPES,
                f"/api-keys/{path_segment(id, 'id', UPDATE_SCOPES)}/scopes",
                body=JsonBody({"scopes": scopes}),
                options=options,
            ),
            ApiKey.from_dict,
        )


class ApiKeysWithRawResponse(RawMethods):
    """`client.api_keys.with_raw_response`."""

    def __init__(self, resource: ApiKeysResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.list: Final = page_with_raw_response(resource.list)
        self.revoke: Final = with_raw_response(resource.revoke)
        self.update_scopes: Final = with_raw_response(resource.update_scopes)
