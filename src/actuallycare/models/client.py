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
from .client_property_preferences import ClientPropertyPreferences

ClientStatus: TypeAlias = Literal["active", "closed", "inactive"]
ClientType: TypeAlias = Literal["both", "buyer", "seller"]


@define(kw_only=True)
class Client:
    """`Client` as the API sends it."""

    id: str
    budget_max: float | None = None
    """Highest budget, in US dollars."""
    budget_min: float | None = None
    """Lowest budget, in US dollars."""
    client_type: ClientType | str | None = None
    created_at: datetime.datetime | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    lead_id: str | None = None
    """The lead that this client was converted from."""
    notes: str | None = None
    phone: str | None = None
    pre_approval_amount: float | None = None
    pre_approved: bool | None = None
    preferred_locations: list[str] | None = None
    property_preferences: ClientPropertyPreferences | None = None
    source: str | None = None
    status: ClientStatus | str | None = None
    tags: list[str] | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    version: int | None = None
    """Incremented by each change; an update with another version is a conflict."""
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.budget_max = src["budget_max"]
            self.budget_min = src["budget_min"]
            self.client_type = src["client_type"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.email = src["email"]
            self.first_name = src["first_name"]
            self.last_name = src["last_name"]
            self.lead_id = src["lead_id"]
            self.notes = src["notes"]
            self.phone = src["phone"]
            self.pre_approval_amount = src["pre_approval_amount"]
            self.pre_approved = src["pre_approved"]
            self.preferred_locations = src["preferred_locations"]
            self.source = src["source"]
            self.status = src["status"]
            self.tags = src["tags"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.version = src["version"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, "id", datetimes=["created_at", "updated_at"])
        get = src.get
        self.property_preferences = (
            None
            if (v := get("property_preferences")) is None
            else ClientPropertyPreferences.from_dict(v)
        )
        self.raw = src
        return self
