"""Plans, checkout and subscription (reference: billing). Amounts are in cents.

Nobody can pay a sandbox, so a checkout takes effect at once: the subscription begins its trial.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from ..clock import timestamp
from ..json_value import Record
from ..protocol.envelope import Outcome
from ..protocol.errors import not_found
from .context import Call

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


def plans(call: Call) -> Outcome:
    """Every plan; with the checkout identifiers, where the operation documents them."""
    priced = [
        plan
        | {"monthlyPriceId": f"price_{plan['key']}_monthly"}
        | {"yearlyPriceId": f"price_{plan['key']}_yearly"}
        for plan in PLANS
    ]
    return call.answer({"plans": priced, "currency": "usd", "version": VERSION})


def subscription(call: Call) -> Outcome:
    """The caller's subscription."""
    return call.answer(find(call))


def checkout(call: Call) -> Outcome:
    """Where a visitor would pay; the trial begins."""
    wanted = call.fields["planKey"]
    plan = next((plan for plan in PLANS if plan["key"] == wanted), None)
    if plan is None:  # one of a newer document
        raise not_found("Plan")
    ends = timestamp(call.now + timedelta(days=plan["trialDays"]))
    record: Record = {
        "id": call.caller.id,
        "status": "trialing",
        "plan": plan["key"],
        "seats": call.fields.get("seats", plan["seats"]),
        "trialEnd": ends,
        "currentPeriodEnd": ends,
        "cancelAtPeriodEnd": False,
    }
    store = call.backend.store
    store.remove("subscriptions", call.caller.id)
    store.add("subscriptions", record, call.caller.id)
    return _checkout_page(call)


def public_checkout(call: Call) -> Outcome:
    """Where somebody without an account would pay."""
    return _checkout_page(call)


def portal(call: Call) -> Outcome:
    """Where a subscriber would manage the subscription."""
    find(call)
    return call.answer({"url": f"https://billing.example.com/portal/{uuid.uuid4()}"})


def find(call: Call) -> Record:
    """The caller's subscription.

    Raises:
        ApiError: 404 when there is none.
    """
    record = call.backend.store.get("subscriptions", call.caller.id)
    if record is None:
        raise not_found("Subscription")
    return record


def _checkout_page(call: Call) -> Outcome:
    return call.answer({"url": f"https://billing.example.com/checkout/{uuid.uuid4()}"})
