# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.webhooks`."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.envelope.convert import (
    identity,
)
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.secret import wrap_secret
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.webhook import Webhook
from ..models.webhook_delivery import WebhookDelivery
from ..models.webhook_event_type import WebhookEventType

CREATE: Final = Operation(
    "webhooks.create", "POST", "/webhooks", auth=("bearer",), sensitive=True, unwrap=("data",)
)
DELETE: Final = Operation(
    "webhooks.delete", "DELETE", "/webhooks/{id}", kind="none", auth=("bearer",)
)
GET: Final = Operation(
    "webhooks.get", "GET", "/webhooks/{id}", auth=("bearer",), sensitive=True, unwrap=("data",)
)
LIST: Final = Operation(
    "webhooks.list",
    "GET",
    "/webhooks",
    kind="page",
    auth=("bearer",),
    sensitive=True,
    unwrap=("data",),
    page_layout=PageLayout((), None, page_size=25, max_page_size=100),
)
LIST_DELIVERIES: Final = Operation(
    "webhooks.list_deliveries",
    "GET",
    "/webhooks/{id}/deliveries",
    kind="page",
    auth=("bearer",),
    unwrap=("data",),
    page_layout=PageLayout(("deliveries",), ("data", "meta"), page_size=25, max_page_size=100),
)
LIST_EVENT_CATEGORIES: Final = Operation(
    "webhooks.list_event_categories",
    "GET",
    "/webhooks/events/categories",
    auth=("bearer",),
    unwrap=("data",),
)
LIST_EVENTS: Final = Operation(
    "webhooks.list_events",
    "GET",
    "/webhooks/events",
    kind="page",
    auth=("bearer",),
    unwrap=("data",),
    page_layout=PageLayout((), None, is_paginated=False),
)
UPDATE: Final = Operation(
    "webhooks.update", "PUT", "/webhooks/{id}", auth=("bearer",), sensitive=True, unwrap=("data",)
)


class WebhooksResource(Resource):
    """`client.webhooks`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> WebhooksWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return WebhooksWithRawResponse(WebhooksResource(self._sender, raw=True))

    async def create(
        self, *, events: Sequence[str], secret: str, url: str, **options: Unpack[CallOptions]
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
        secret = wrap_secret(secret)
        return await self._record(
            Call(
                CREATE,
                "/webhooks",
                body=JsonBody({"events": events, "secret": secret, "url": url}),
                options=options,
            ),
            Webhook.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete webhook.

        Source: `DELETE /webhooks/{id}`.

        Args:
            id: Webhook id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/webhooks/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Webhook:
        """Get webhook by ID.

        Source: `GET /webhooks/{id}`.

        Args:
            id: Webhook id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/webhooks/{path_segment(id, 'id', GET)}", options=options),
            Webhook.from_dict,
        )

    def list(
        self, *, limit: int | None = None, page: int | None = None, **options: Unpack[CallOptions]
    ) -> Pager[Webhook]:
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
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._list(
            Call(LIST, "/webhooks", params={"limit": limit, "page": page}, options=options),
            Webhook.from_dict,
        )

    def list_deliveries(
        self,
        id: str,
        *,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
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
            Call(
                LIST_DELIVERIES,
                f"/webhooks/{path_segment(id, 'id', LIST_DELIVERIES)}/deliveries",
                params={"limit": limit, "page": page},
                options=options,
            ),
            WebhookDelivery.from_dict,
        )

    async def list_event_categories(
        self, **options: Unpack[CallOptions]
    ) -> dict[str, builtins.list[str]]:
        """List webhook events by category.

        Source: `GET /webhooks/events/categories`.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(LIST_EVENT_CATEGORIES, "/webhooks/events/categories", options=options), identity
        )

    def list_events(self, **options: Unpack[CallOptions]) -> Pager[WebhookEventType]:
        """List available webhook events.

        Source: `GET /webhooks/events`.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._list(
            Call(LIST_EVENTS, "/webhooks/events", options=options), WebhookEventType.from_dict
        )

    async def update(
        self,
        id: str,
        *,
        active: bool | Unset = UNSET,
        events: Sequence[str] | Unset = UNSET,
        secret: str | Unset = UNSET,
        url: str | Unset = UNSET,
        **options: Unpack[CallOptions],
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
        secret = wrap_secret(secret)
        return await self._record(
            Call(
                UPDATE,
                f"/webhooks/{path_segment(id, 'id', UPDATE)}",
                body=JsonBody({"active": active, "events": events, "secret": secret, "url": url}),
                options=options,
            ),
            Webhook.from_dict,
        )


class WebhooksWithRawResponse(RawMethods):
    """`client.webhooks.with_raw_response`."""

    def __init__(self, resource: WebhooksResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.list_deliveries: Final = page_with_raw_response(resource.list_deliveries)
        self.list_event_categories: Final = with_raw_response(resource.list_event_categories)
        self.list_events: Final = page_with_raw_response(resource.list_events)
        self.update: Final = with_raw_response(resource.update)
