# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_lenient,
    to_list,
)
from .billing_plan import BillingPlan


@define(kw_only=True)
class BillingPlans:
    """`BillingPlans` as the API sends it."""

    currency: str | None = None
    plans: list[BillingPlan] | None = None
    version: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.currency = src["currency"]
            self.version = src["version"]
        except (KeyError, TypeError) as error:
            return read_lenient(cls, src, error)
        get = src.get
        self.plans = None if (v := get("plans")) is None else to_list(v, BillingPlan.from_dict)
        self.raw = src
        return self
