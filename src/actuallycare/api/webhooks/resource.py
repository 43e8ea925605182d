# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.webhooks`."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.secret import seal
from ..._core.unset import UNSET, Unset
from ...models.webhook import Webhook
from ...models.webhook_delivery import WebhookDelivery
from ...models.webhook_event_type import WebhookEventType
from . import (
    webhooks_create,
    webhooks_delete,
    webhooks_get,
    webhooks_list,
    webhooks_list_deliveries,
    webhooks_list_event_categories,
    webhooks_list_events,
    webhooks_update,
)


class WebhooksResource(Resource):
    """`client.webhooks`."""

    __slots__ = ()

    @property
    def with_response(self) -> WebhooksWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return WebhooksWithResponse(self._sender)

    async def create(
        self, *, events: Sequence[str], secret: str, url: str, active: bool | Unset = UNSET
    ) -> Webhook:
        """Create a webhook subscription.

        Registers an endpoint to receive event notifications. Each event gets 4 delivery attempts in
        all.

        Source: `POST /webhooks`.

        Args:
            events: Event names, or ["all"].
            secret: Signs each delivery; at least 10 characters.
            url: Where deliveries go.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        secret = seal(secret)
        return await self._record(
            webhooks_create.build(events=events, secret=secret, url=url, active=active),
            webhooks_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete webhook.

        Source: `DELETE /webhooks/{id}`.

        Args:
            id: Webhook id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(webhooks_delete.build(id))

    async def get(self, id: str) -> Webhook:
        """Get webhook by ID.

        Source: `GET /webhooks/{id}`.

        Args:
            id: Webhook id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(webhooks_get.build(id), webhooks_get.parse)

    def list(self, *, limit: int | None = None, page: int | None = None) -> Pager[Webhook]:
        """List webhook subscriptions.

        Returns the webhook subscriptions registered for your account. Requires the broker or system
        admin role.

        Source: `GET /webhooks`.

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
        return self._list(webhooks_list.build(limit=limit, page=page), webhooks_list.parse)

    def list_deliveries(
        self, id: str, *, limit: int | None = None, page: int | None = None
    ) -> Pager[WebhookDelivery]:
        """List deliveries of a webhook.

        Source: `GET /webhooks/{id}/deliveries`.

        Args:
            id: Webhook id.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return self._list(
            webhooks_list_deliveries.build(id, limit=limit, page=page),
            webhooks_list_deliveries.parse,
        )

    async def list_event_categories(self) -> dict[str, builtins.list[str]]:
        """List webhook events by category.

        Source: `GET /webhooks/events/categories`.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return await self._record(
            webhooks_list_event_categories.build(), webhooks_list_event_categories.parse
        )

    def list_events(self) -> Pager[WebhookEventType]:
        """List available webhook events.

        Source: `GET /webhooks/events`.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._list(webhooks_list_events.build(), webhooks_list_events.parse)

    async def update(
        self,
        id: str,
        *,
        active: bool | Unset = UNSET,
        events: Sequence[str] | Unset = UNSET,
        secret: str | Unset = UNSET,
        url: str | Unset = UNSET,
    ) -> Webhook:
        """Update webhook.

        Source: `PUT /webhooks/{id}`.

        Args:
            id: Webhook id.
            events: Event names, or ["all"].
            secret: Signs each delivery; at least 10 characters.
            url: Where deliveries go.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        secret = seal(secret)
        return await self._record(
            webhooks_update.build(id, active=active, events=events, secret=secret, url=url),
            webhooks_update.parse,
        )


class WebhooksWithResponse(ResourceWithResponse):
    """`client.webhooks.with_response`."""

    __slots__ = ()

    async def create(
        self, *, events: Sequence[str], secret: str, url: str, active: bool | Unset = UNSET
    ) -> Reply[Webhook]:
        """As `WebhooksResource.create`, with its HTTP response."""
        secret = seal(secret)
        return await self._record(
            webhooks_create.build(events=events, secret=secret, url=url, active=active),
            webhooks_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `WebhooksResource.delete`, with its HTTP response."""
        return await self._none(webhooks_delete.build(id))

    async def get(self, id: str) -> Reply[Webhook]:
        """As `WebhooksResource.get`, with its HTTP response."""
        return await self._record(webhooks_get.build(id), webhooks_get.parse)

    async def list(
        self, *, limit: int | None = None, page: int | None = None
    ) -> Reply[Page[Webhook]]:
        """As `WebhooksResource.list`, with its HTTP response."""
        return await self._list(webhooks_list.build(limit=limit, page=page), webhooks_list.parse)

    async def list_deliveries(
        self, id: str, *, limit: int | None = None, page: int | None = None
    ) -> Reply[Page[WebhookDelivery]]:
        """As `WebhooksResource.list_deliveries`, with its HTTP response."""
        return await self._list(
            webhooks_list_deliveries.build(id, limit=limit, page=page),
            webhooks_list_deliveries.parse,
        )

    async def list_event_categories(self) -> Reply[dict[str, builtins.list[str]]]:
        """As `WebhooksResource.list_event_categories`, with its HTTP response."""
        return await self._record(
            webhooks_list_event_categories.build(), webhooks_list_event_categories.parse
        )

    async def list_events(self) -> Reply[Page[WebhookEventType]]:
        """As `WebhooksResource.list_events`, with its HTTP response."""
        return await self._list(webhooks_list_events.build(), webhooks_list_events.parse)

    async def update(
        self,
        id: str,
        *,
        active: bool | Unset = UNSET,
        events: Sequence[str] | Unset = UNSET,
        secret: str | Unset = UNSET,
        url: str | Unset = UNSET,
    ) -> Reply[Webhook]:
        """As `WebhooksResource.update`, with its HTTP response."""
        secret = seal(secret)
        return await self._record(
            webhooks_update.build(id, active=active, events=events, secret=secret, url=url),
            webhooks_update.parse,
        )
