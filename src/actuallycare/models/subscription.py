# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._core.codec import (
    to_datetime,
)
from .subscription_status import SubscriptionStatus


@define(kw_only=True)
class Subscription:
    """`Subscription` as the API sends it."""

    cancel_at_period_end: bool | None = None
    current_period_end: datetime.datetime | None = None
    plan: str | None = None
    seats: int | None = None
    status: SubscriptionStatus | str | None = None
    trial_end: datetime.datetime | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        get = src.get
        return cls(
            cancel_at_period_end=get("cancelAtPeriodEnd"),
            current_period_end=None if (v := get("currentPeriodEnd")) is None else to_datetime(v),
            plan=get("plan"),
            seats=get("seats"),
            status=get("status"),
            trial_end=None if (v := get("trialEnd")) is None else to_datetime(v),
            raw=src,
        )
