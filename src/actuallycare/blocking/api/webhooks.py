# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.webhooks`."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.secret import wrap_secret
from ..._core.unset import UNSET, Unset
from ...api.webhooks import WebhooksResource as AsyncResource
from ...models.webhook import Webhook
from ...models.webhook_delivery import WebhookDelivery
from ...models.webhook_event_type import WebhookEventType
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class WebhooksResource(BlockingResource):
    """`client.webhooks`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> WebhooksWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return WebhooksWithRawResponse(WebhooksResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def create(
        self,
        *,
        events: Sequence[str],
        secret: str,
        url: str,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
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
        return self._run(
            self._resource.create(events=events, secret=secret, url=url, **options), deadline
        )

    def delete(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Delete webhook.

        Source: `DELETE /webhooks/{id}`.

        Args:
            id: Webhook id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return self._run(self._resource.delete(id, **options), deadline)

    def get(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Webhook:
        """Get webhook by ID.

        Source: `GET /webhooks/{id}`.

        Args:
            id: Webhook id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return self._run(self._resource.get(id, **options), deadline)

    def list(
        self,
        *,
        limit: int | None = None,
        page: int | None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[Webhook]:
        """List webhook subscriptions.

        Returns the webhook subscriptions registered for your account. Requires the broker or system
        admin role.

        Source: `GET /webhooks`.

        Args:
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._list(self._resource.list(limit=limit, page=page, **options), deadline)

    def list_deliveries(
        self,
        id: str,
        *,
        limit: int | None = None,
        page: int | None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[WebhookDelivery]:
        """List deliveries of a webhook.

        Source: `GET /webhooks/{id}/deliveries`.

        Args:
            id: Webhook id.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return self._list(
            self._resource.list_deliveries(id, limit=limit, page=page, **options), deadline
        )

    def list_event_categories(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> dict[str, builtins.list[str]]:
        """List webhook events by category.

        Source: `GET /webhooks/events/categories`.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._run(self._resource.list_event_categories(**options), deadline)

    def list_events(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> BlockingPager[WebhookEventType]:
        """List available webhook events.

        Source: `GET /webhooks/events`.

        Returns:
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return self._list(self._resource.list_events(**options), deadline)

    def update(
        self,
        id: str,
        *,
        active: bool | Unset = UNSET,
        events: Sequence[str] | Unset = UNSET,
        secret: str | Unset = UNSET,
        url: str | Unset = UNSET,
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.update(
                id, active=active, events=events, secret=secret, url=url, **options
            ),
            deadline,
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
