"""Plans, checkout and subscription (reference: billing). Amounts are in cents.

The sandbox has no payment page, so a checkout starts the trial of the subscription at once.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from ..clock import timestamp
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import not_found
from .context import RequestContext

VERSION = "sandbox-1"

PLANS: tuple[dict[str, Any], ...] = (
    {
        "key": "agent",
        "name": "Sandbox Agent",
        "priceMonthly": 10_000,
        "priceYearly": 120_000,
        "trialDays": 30,
        "seats": 1,
        "features": ["Sample feature"],
    },
    {
        "key": "team",
        "name": "Sandbox Team",
        "priceMonthly": 25_000,
        "priceYearly": 300_000,
        "trialDays": 30,
        "seats": 5,
        "features": ["Sample feature", "Sample team feature"],
    },
    {
        "key": "brokerage",
        "name": "Sandbox Brokerage",
        "priceMonthly": 80_000,
        "priceYearly": 960_000,
        "trialDays": 30,
        "seats": 25,
        "features": ["Sample feature", "Sample team feature", "Sample brokerage feature"],
    },
)


def plans(context: RequestContext) -> HandlerResult:
    """List the plans, with the checkout identifiers where the operation documents them."""
    priced = [
        plan
        | {"monthlyPriceId": f"price_{plan['key']}_monthly"}
        | {"yearlyPriceId": f"price_{plan['key']}_yearly"}
        for plan in PLANS
    ]
    return context.result({"plans": priced, "currency": "usd", "version": VERSION})


def subscription(context: RequestContext) -> HandlerResult:
    """Return the user's subscription."""
    return context.result(find(context))


def checkout(context: RequestContext) -> HandlerResult:
    """Start a trial of a plan and return the URL of a payment page."""
    key = context.fields["planKey"]
    plan = next((plan for plan in PLANS if plan["key"] == key), None)
    if plan is None:  # a newer document may have more plans
        raise not_found("Plan")
    trial_end = timestamp(context.now + timedelta(days=plan["trialDays"]))
    record: Record = {
        "id": context.caller.id,
        "status": "trialing",
        "plan": plan["key"],
        "seats": context.fields.get("seats", plan["seats"]),
        "trialEnd": trial_end,
        "currentPeriodEnd": trial_end,
        "cancelAtPeriodEnd": False,
    }
    store = context.backend.store
    store.remove("subscriptions", context.caller.id)
    store.add("subscriptions", record, context.caller.id)
    return _checkout_page(context)


def public_checkout(context: RequestContext) -> HandlerResult:
    """Return the URL of a payment page for a visitor without an account."""
    return _checkout_page(context)


def portal(context: RequestContext) -> HandlerResult:
    """Return the URL of a page for managing the subscription."""
    find(context)
    return context.result({"url": f"https://billing.example.com/portal/{uuid.uuid4()}"})


def find(context: RequestContext) -> Record:
    """Return the user's subscription.

    Raises:
        ApiError: 404 if there is none.
    """
    record = context.backend.store.get("subscriptions", context.caller.id)
    if record is None:
        raise not_found("Subscription")
    return record


def _checkout_page(context: RequestContext) -> HandlerResult:
    return context.result({"url": f"https://billing.example.com/checkout/{uuid.uuid4()}"})
