# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_boolean,
    to_integer,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
)
from .._core.record import Record as _Record

SubscriptionStatus: TypeAlias = Literal["active", "canceled", "none", "past_due", "trialing"]


def is_subscription_status(value: object) -> TypeGuard[SubscriptionStatus]:
    """Whether a value is one of `SubscriptionStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(SubscriptionStatus)


@define(kw_only=True, repr=False)
class Subscription(_Record):
    """`Subscription` as the API sends it."""

    cancel_at_period_end: bool | None = _field(default=None, metadata={"wire": "cancelAtPeriodEnd"})
    current_period_end: datetime.datetime | None = _field(
        default=None, metadata={"wire": "currentPeriodEnd"}
    )
    plan: str | None = None
    seats: int | None = None
    status: SubscriptionStatus | str | None = None
    trial_end: datetime.datetime | None = _field(default=None, metadata={"wire": "trialEnd"})

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.cancel_at_period_end = (
            v
            if type(v := get("cancelAtPeriodEnd", get("cancel_at_period_end"))) is bool
            else read(to_boolean, v, "cancelAtPeriodEnd", rest)
        )
        self.current_period_end = read_datetime(
            get("currentPeriodEnd", get("current_period_end")), "currentPeriodEnd", rest
        )
        self.plan = v if type(v := get("plan")) is str else read(to_text, v, "plan", rest)
        self.seats = v if type(v := get("seats")) is int else read(to_integer, v, "seats", rest)
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.trial_end = read_datetime(get("trialEnd", get("trial_end")), "trialEnd", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
