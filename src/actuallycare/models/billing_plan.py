# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_integer,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_list,
)
from .._core.record import Record as _Record

BillingPlanKey: TypeAlias = Literal["agent", "brokerage", "team"]


def is_billing_plan_key(value: object) -> TypeGuard[BillingPlanKey]:
    """Whether a value is one of `BillingPlanKey`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(BillingPlanKey)


@define(kw_only=True, repr=False)
class BillingPlan(_Record):
    """`BillingPlan` as the API sends it."""

    features: list[str] | None = None
    key: str | None = None
    monthly_price_id: str | None = _field(default=None, metadata={"wire": "monthlyPriceId"})
    name: str | None = None
    price_monthly: int | None = _field(default=None, metadata={"wire": "priceMonthly"})
    """Price a month, in cents."""
    price_yearly: int | None = _field(default=None, metadata={"wire": "priceYearly"})
    """Price a year, in cents."""
    seats: int | None = None
    trial_days: int | None = _field(default=None, metadata={"wire": "trialDays"})
    yearly_price_id: str | None = _field(default=None, metadata={"wire": "yearlyPriceId"})

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.features = read_list(to_text, get("features"), "features", rest)
        self.key = v if type(v := get("key")) is str else read(to_text, v, "key", rest)
        self.monthly_price_id = (
            v
            if type(v := get("monthlyPriceId", get("monthly_price_id"))) is str
            else read(to_text, v, "monthlyPriceId", rest)
        )
        self.name = v if type(v := get("name")) is str else read(to_text, v, "name", rest)
        self.price_monthly = (
            v
            if type(v := get("priceMonthly", get("price_monthly"))) is int
            else read(to_integer, v, "priceMonthly", rest)
        )
        self.price_yearly = (
            v
            if type(v := get("priceYearly", get("price_yearly"))) is int
            else read(to_integer, v, "priceYearly", rest)
        )
        self.seats = v if type(v := get("seats")) is int else read(to_integer, v, "seats", rest)
        self.trial_days = (
            v
            if type(v := get("trialDays", get("trial_days"))) is int
            else read(to_integer, v, "trialDays", rest)
        )
        self.yearly_price_id = (
            v
            if type(v := get("yearlyPriceId", get("yearly_price_id"))) is str
            else read(to_text, v, "yearlyPriceId", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
