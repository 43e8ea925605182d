# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.billing`."""

from __future__ import annotations

from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.unset import UNSET, Unset
from ...api.billing import BillingResource as AsyncResource
from ...models.billing_create_checkout import BillingCreateCheckout
from ...models.billing_create_portal_session import BillingCreatePortalSession
from ...models.billing_create_public_checkout import BillingCreatePublicCheckout
from ...models.billing_interval import BillingInterval
from ...models.billing_plan import BillingPlanKey
from ...models.billing_plans import BillingPlans
from ...models.billing_public_plan import BillingPublicPlanKey
from ...models.billing_public_plans import BillingPublicPlans
from ...models.subscription import Subscription
from ..resource import BlockingResource, with_raw_response
from ..runner import Deadline


class BillingResource(BlockingResource):
    """`client.billing`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> BillingWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return BillingWithRawResponse(BillingResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def create_checkout(
        self,
        *,
        plan_key: BillingPlanKey | str,
        interval: BillingInterval | str | Unset = UNSET,
        seats: int | Unset = UNSET,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BillingCreateCheckout:
        """Start checkout for a subscription.

        Source: `POST /billing/checkout`.

        Args:
            plan_key: One of `agent`, `brokerage`, `team`.
            interval: One of `monthly`, `yearly`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._run(
            self._resource.create_checkout(
                plan_key=plan_key, interval=interval, seats=seats, **options
            ),
            deadline,
        )

    def create_portal_session(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> BillingCreatePortalSession:
        """Open the billing portal.

        Source: `POST /billing/portal`.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.create_portal_session(**options), deadline)

    def create_public_checkout(
        self,
        *,
        email: str,
        interval: BillingInterval | str | Unset = UNSET,
        plan_key: BillingPublicPlanKey | str | Unset = UNSET,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BillingCreatePublicCheckout:
        """Start checkout without an account.

        Creates a checkout session for a new customer. Only the agent plan is available here.

        Source: `POST /billing/public-checkout`.

        Args:
            email: Email address for the new customer.
            interval: One of `monthly`, `yearly`.
            plan_key: Only the agent plan is available without an account. One of `agent`.

        Raises:
            ActuallyCareError: BadRequestError (400), RateLimitError (429), and what every call
                raises.
        """
        return self._run(
            self._resource.create_public_checkout(
                email=email, interval=interval, plan_key=plan_key, **options
            ),
            deadline,
        )

    def get_plans(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> BillingPlans:
        """Get plans with checkout identifiers.

        Source: `GET /billing/plans`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._run(self._resource.get_plans(**options), deadline)

    def get_public_plans(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> BillingPublicPlans:
        """Get public plan pricing.

        Returns the current subscription plans with pricing in cents. Cacheable for 5 minutes by
        browsers and for 1 hour at the CDN edge.

        Source: `GET /billing/public-plans`.

        Raises:
            ActuallyCareError: RateLimitError (429), and what every call raises.
        """
        return self._run(self._resource.get_public_plans(**options), deadline)

    def get_subscription(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Subscription:
        """Get current subscription status.

        Source: `GET /billing/subscription`.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.get_subscription(**options), deadline)


class BillingWithRawResponse(RawMethods):
    """`client.billing.with_raw_response`."""

    def __init__(self, resource: BillingResource) -> None:
        self.create_checkout: Final = with_raw_response(resource.create_checkout)
        self.create_portal_session: Final = with_raw_response(resource.create_portal_session)
        self.create_public_checkout: Final = with_raw_response(resource.create_public_checkout)
        self.get_plans: Final = with_raw_response(resource.get_plans)
        self.get_public_plans: Final = with_raw_response(resource.get_public_plans)
        self.get_subscription: Final = with_raw_response(resource.get_subscription)
