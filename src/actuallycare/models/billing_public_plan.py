# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read_integer,
    read_list,
    read_text,
)
from .._core.record import Record as _Record

BillingPublicPlanKey: TypeAlias = Literal["agent"]


def is_billing_public_plan_key(value: object) -> TypeGuard[BillingPublicPlanKey]:
    """Whether a value is one of `BillingPublicPlanKey`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(BillingPublicPlanKey)


@define(kw_only=True, repr=False)
class BillingPublicPlan(_Record):
    """`BillingPublicPlan` as the API sends it."""

    features: list[str] | None = None
    key: str | None = None
    name: str | None = None
    price_monthly: int | None = _field(default=None, metadata={"wire": "priceMonthly"})
    """Price a month, in cents."""
    price_yearly: int | None = _field(default=None, metadata={"wire": "priceYearly"})
    """Price a year, in cents."""
    seats: int | None = None
    trial_days: int | None = _field(default=None, metadata={"wire": "trialDays"})

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.features = read_list(to_text, get("features"), "features", rest)
        self.key = read_text(get("key"), "key", rest)
        self.name = read_text(get("name"), "name", rest)
        self.price_monthly = read_integer(
            get("priceMonthly", get("price_monthly")), "priceMonthly", rest
        )
        self.price_yearly = read_integer(
            get("priceYearly", get("price_yearly")), "priceYearly", rest
        )
        self.seats = read_integer(get("seats"), "seats", rest)
        self.trial_days = read_integer(get("trialDays", get("trial_days")), "trialDays", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
