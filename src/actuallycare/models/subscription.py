# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_datetime,
    read_lenient,
)

SubscriptionStatus: TypeAlias = Literal["active", "canceled", "none", "past_due", "trialing"]


@define(kw_only=True)
class Subscription:
    """`Subscription` as the API sends it."""

    cancel_at_period_end: bool | None = None
    current_period_end: datetime.datetime | None = None
    plan: str | None = None
    seats: int | None = None
    status: SubscriptionStatus | str | None = None
    trial_end: datetime.datetime | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.cancel_at_period_end = src["cancelAtPeriodEnd"]
            self.current_period_end = (
                None if (v := src["currentPeriodEnd"]) is None else read_datetime(v)
            )
            self.plan = src["plan"]
            self.seats = src["seats"]
            self.status = src["status"]
            self.trial_end = None if (v := src["trialEnd"]) is None else read_datetime(v)
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, datetimes=["currentPeriodEnd", "trialEnd"])
        self.raw = src
        return self
