# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.billing`."""

from __future__ import annotations

from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.billing_create_checkout import BillingCreateCheckout
from ...models.billing_create_portal_session import BillingCreatePortalSession
from ...models.billing_create_public_checkout import BillingCreatePublicCheckout
from ...models.billing_interval import BillingInterval
from ...models.billing_plan_key import BillingPlanKey
from ...models.billing_plans import BillingPlans
from ...models.billing_public_plan_key import BillingPublicPlanKey
from ...models.billing_public_plans import BillingPublicPlans
from ...models.subscription import Subscription
from . import (
    billing_create_checkout,
    billing_create_portal_session,
    billing_create_public_checkout,
    billing_get_plans,
    billing_get_public_plans,
    billing_get_subscription,
)


class BillingResource(Resource):
    """`client.billing`."""

    __slots__ = ()

    @property
    def with_response(self) -> BillingWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return BillingWithResponse(self._sender)

    async def create_checkout(
        self,
        *,
        plan_key: BillingPlanKey,
        interval: BillingInterval | Unset = UNSET,
        seats: int | Unset = UNSET,
    ) -> BillingCreateCheckout:
        """Start checkout for a subscription.

        Source: `POST /billing/checkout`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            billing_create_checkout.build(plan_key=plan_key, interval=interval, seats=seats),
            billing_create_checkout.parse,
        )

    async def create_portal_session(self) -> BillingCreatePortalSession:
        """Open the billing portal.

        Source: `POST /billing/portal`.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            billing_create_portal_session.build(), billing_create_portal_session.parse
        )

    async def create_public_checkout(
        self,
        *,
        email: str,
        interval: BillingInterval | Unset = UNSET,
        plan_key: BillingPublicPlanKey | Unset = UNSET,
    ) -> BillingCreatePublicCheckout:
        """Start checkout without an account.

        Creates a checkout session for a new customer. Only the agent plan is available here.

        Source: `POST /billing/public-checkout`.

        Args:
            email: Email address for the new customer.
            plan_key: Only the agent plan is available without an account.

        Raises:
            ActuallyCareError: BadRequestError (400), RateLimitError (429), and what every call
                raises.
        """
        return await self._record(
            billing_create_public_checkout.build(email=email, interval=interval, plan_key=plan_key),
            billing_create_public_checkout.parse,
        )

    async def get_plans(self) -> BillingPlans:
        """Get plans with checkout identifiers.

        Source: `GET /billing/plans`.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                RateLimitError (429), and what every call raises.
        """
        return await self._record(billing_get_plans.build(), billing_get_plans.parse)

    async def get_public_plans(self) -> BillingPublicPlans:
        """Get public plan pricing.

        Returns the current subscription plans with pricing in cents. Cacheable for 5 minutes.

        Source: `GET /billing/public-plans`.

        Raises:
            ActuallyCareError: RateLimitError (429), and what every call raises.
        """
        return await self._record(billing_get_public_plans.build(), billing_get_public_plans.parse)

    async def get_subscription(self) -> Subscription:
        """Get current subscription status.

        Source: `GET /billing/subscription`.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(billing_get_subscription.build(), billing_get_subscription.parse)


class BillingWithResponse(ResourceWithResponse):
    """`client.billing.with_response`."""

    __slots__ = ()

    async def create_checkout(
        self,
        *,
        plan_key: BillingPlanKey,
        interval: BillingInterval | Unset = UNSET,
        seats: int | Unset = UNSET,
    ) -> Reply[BillingCreateCheckout]:
        """As `BillingResource.create_checkout`, with its HTTP response."""
        return await self._record(
            billing_create_checkout.build(plan_key=plan_key, interval=interval, seats=seats),
            billing_create_checkout.parse,
        )

    async def create_portal_session(self) -> Reply[BillingCreatePortalSession]:
        """As `BillingResource.create_portal_session`, with its HTTP response."""
        return await self._record(
            billing_create_portal_session.build(), billing_create_portal_session.parse
        )

    async def create_public_checkout(
        self,
        *,
        email: str,
        interval: BillingInterval | Unset = UNSET,
        plan_key: BillingPublicPlanKey | Unset = UNSET,
    ) -> Reply[BillingCreatePublicCheckout]:
        """As `BillingResource.create_public_checkout`, with its HTTP response."""
        return await self._record(
            billing_create_public_checkout.build(email=email, interval=interval, plan_key=plan_key),
            billing_create_public_checkout.parse,
        )

    async def get_plans(self) -> Reply[BillingPlans]:
        """As `BillingResource.get_plans`, with its HTTP response."""
        return await self._record(billing_get_plans.build(), billing_get_plans.parse)

    async def get_public_plans(self) -> Reply[BillingPublicPlans]:
        """As `BillingResource.get_public_plans`, with its HTTP response."""
        return await self._record(billing_get_public_plans.build(), billing_get_public_plans.parse)

    async def get_subscription(self) -> Reply[Subscription]:
        """As `BillingResource.get_subscription`, with its HTTP response."""
        return await self._record(billing_get_subscription.build(), billing_get_subscription.parse)
