# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.api_keys`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.unset import UNSET, Unset
from ...api.api_keys import ApiKeysResource as AsyncResource
from ...models.api_key import ApiKey, ApiKeyAction
from ...models.created_api_key import CreatedApiKey
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class ApiKeysResource(BlockingResource):
    """`client.api_keys`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ApiKeysWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ApiKeysWithRawResponse(ApiKeysResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def create(
        self,
        *,
        name: str,
        expires_in_days: int | Unset = UNSET,
        scopes: Mapping[str, Sequence[ApiKeyAction | str]] | Unset = UNSET,
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.create(
                name=name, expires_in_days=expires_in_days, scopes=scopes, **options
            ),
            deadline,
        )

    def delete(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Delete API key.

        Source: `DELETE /api-keys/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.delete(id, **options), deadline)

    def list(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> BlockingPager[ApiKey]:
        """List API keys.

        Returns list of API keys for authenticated user (keys are masked).

        Source: `GET /api-keys`.

        Returns:
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(self._resource.list(**options), deadline)

    def revoke(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Revoke API key.

        Source: `PUT /api-keys/{id}/revoke`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.revoke(id, **options), deadline)

    def update_scopes(
        self,
        id: str,
        *,
        scopes: Mapping[str, Sequence[ApiKeyAction | str]],
        deadline: Deadline = UNSET,
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
        return self._run(self._resource.update_scopes(id, scopes=scopes, **options), deadline)


class ApiKeysWithRawResponse(RawMethods):
    """`client.api_keys.with_raw_response`."""

    def __init__(self, resource: ApiKeysResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.list: Final = page_with_raw_response(resource.list)
        self.revoke: Final = with_raw_response(resource.revoke)
        self.update_scopes: Final = with_raw_response(resource.update_scopes)
