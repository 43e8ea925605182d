# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_lenient,
)

BillingPlanKey: TypeAlias = Literal["agent", "brokerage", "team"]


@define(kw_only=True)
class BillingPlan:
    """`BillingPlan` as the API sends it."""

    features: list[str] | None = None
    key: str | None = None
    monthly_price_id: str | None = None
    name: str | None = None
    price_monthly: int | None = None
    """Price a month, in cents."""
    price_yearly: int | None = None
    """Price a year, in cents."""
    seats: int | None = None
    trial_days: int | None = None
    yearly_price_id: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.features = src["features"]
            self.key = src["key"]
            self.monthly_price_id = src["monthlyPriceId"]
            self.name = src["name"]
            self.price_monthly = src["priceMonthly"]
            self.price_yearly = src["priceYearly"]
            self.seats = src["seats"]
            self.trial_days = src["trialDays"]
            self.yearly_price_id = src["yearlyPriceId"]
        except (KeyError, TypeError) as error:
            return read_lenient(cls, src, error)
        self.raw = src
        return self
