# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.billing`."""

from __future__ import annotations

from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation
from .._core.resource import RawMethods, Resource, with_raw_response
from .._core.serialize import JsonBody
from .._core.unset import UNSET, Unset
from ..models.billing_create_checkout import BillingCreateCheckout
from ..models.billing_create_portal_session import BillingCreatePortalSession
from ..models.billing_create_public_checkout import BillingCreatePublicCheckout
from ..models.billing_interval import BillingInterval
from ..models.billing_plan import BillingPlanKey
from ..models.billing_plans import BillingPlans
from ..models.billing_public_plan import BillingPublicPlanKey
from ..models.billing_public_plans import BillingPublicPlans
from ..models.subscription import Subscription

CREATE_CHECKOUT: Final = Operation(
    "billing.create_checkout", "POST", "/billing/checkout", auth=("bearer",), unwrap=("data",)
)
CREATE_PORTAL_SESSION: Final = Operation(
    "billing.create_portal_session", "POST", "/billing/portal", auth=("bearer",), unwrap=("data",)
)
CREATE_PUBLIC_CHECKOUT: Final = Operation(
    "billing.create_public_checkout", "POST", "/billing/public-checkout", unwrap=("data",)
)
GET_PLANS: Final = Operation(
    "billing.get_plans", "GET", "/billing/plans", auth=("bearer",), unwrap=("data",)
)
GET_PUBLIC_PLANS: Final = Operation(
    "billing.get_public_plans", "GET", "/billing/public-plans", unwrap=("data",)
)
GET_SUBSCRIPTION: Final = Operation(
    "billing.get_subscription", "GET", "/billing/subscription", auth=("bearer",), unwrap=("data",)
)


class BillingResource(Resource):
    """`client.billing`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> BillingWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return BillingWithRawResponse(BillingResource(self._sender, raw=True))

    async def create_checkout(
        self,
        *,
        plan_key: BillingPlanKey | str,
        interval: BillingInterval | str | Unset = UNSET,
        seats: int | Unset = UNSET,
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
        return await self._record(
            Call(
                CREATE_CHECKOUT,
                "/billing/checkout",
                body=JsonBody({"planKey": plan_key, "interval": interval, "seats": seats}),
                options=options,
            ),
            BillingCreateCheckout.from_dict,
        )

    async def create_portal_session(
        self, **options: Unpack[CallOptions]
    ) -> BillingCreatePortalSession:
        """Open the billing portal.

        Source: `POST /billing/portal`.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(CREATE_PORTAL_SESSION, "/billing/portal", options=options),
            BillingCreatePortalSession.from_dict,
        )

    async def create_public_checkout(
        self,
        *,
        email: str,
        interval: BillingInterval | str | Unset = UNSET,
        plan_key: BillingPublicPlanKey | str | Unset = UNSET,
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
        return await self._record(
            Call(
                CREATE_PUBLIC_CHECKOUT,
                "/billing/public-checkout",
                body=JsonBody({"email": email, "interval": interval, "planKey": plan_key}),
                options=options,
            ),
            BillingCreatePublicCheckout.from_dict,
        )

    async def get_plans(self, **options: Unpack[CallOptions]) -> BillingPlans:
        """Get plans with checkout identifiers.

        Source: `GET /billing/plans`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return await self._record(
            Call(GET_PLANS, "/billing/plans", options=options), BillingPlans.from_dict
        )

    async def get_public_plans(self, **options: Unpack[CallOptions]) -> BillingPublicPlans:
        """Get public plan pricing.

        Returns the current subscription plans with pricing in cents. Cacheable for 5 minutes by
        browsers and for 1 hour at the CDN edge.

        Source: `GET /billing/public-plans`.

        Raises:
            ActuallyCareError: RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(GET_PUBLIC_PLANS, "/billing/public-plans", options=options),
            BillingPublicPlans.from_dict,
        )

    async def get_subscription(self, **options: Unpack[CallOptions]) -> Subscription:
        """Get current subscription status.

        Source: `GET /billing/subscription`.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET_SUBSCRIPTION, "/billing/subscription", options=options), Subscription.from_dict
        )


class BillingWithRawResponse(RawMethods):
    """`client.billing.with_raw_response`."""

    def __init__(self, resource: BillingResource) -> None:
        self.create_checkout: Final = with_raw_response(resource.create_checkout)
        self.create_portal_session: Final = with_raw_response(resource.create_portal_session)
        self.create_public_checkout: Final = with_raw_response(resource.create_public_checkout)
        self.get_plans: Final = with_raw_response(resource.get_plans)
        self.get_public_plans: Final = with_raw_response(resource.get_public_plans)
        self.get_subscription: Final = with_raw_response(resource.get_subscription)
