# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_list,
)
from .._core.record import Record as _Record
from .billing_plan import BillingPlan


@define(kw_only=True, repr=False)
class BillingPlans(_Record):
    """`BillingPlans` as the API sends it."""

    currency: str | None = None
    plans: list[BillingPlan] | None = None
    version: str | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.currency = (
            v if type(v := get("currency")) is str else read(to_text, v, "currency", rest)
        )
        self.plans = read_list(BillingPlan.from_dict, get("plans"), "plans", rest)
        self.version = v if type(v := get("version")) is str else read(to_text, v, "version", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
