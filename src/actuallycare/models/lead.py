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
from .lead_interest_level import LeadInterestLevel
from .lead_status import LeadStatus


@define(kw_only=True)
class Lead:
    """`Lead` as the API sends it."""

    id: str
    budget: float | None = None
    """Budget, in US dollars."""
    client_id: str | None = None
    """The client that this lead became."""
    converted_at: datetime.datetime | None = None
    created_at: datetime.datetime | None = None
    email: str | None = None
    interest_level: LeadInterestLevel | str | None = None
    lead_type: str | None = None
    name: str | None = None
    notes: str | None = None
    phone: str | None = None
    source: str | None = None
    status: LeadStatus | str | None = None
    timeline: str | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        get = src.get
        return cls(
            id=src["id"],
            budget=get("budget"),
            client_id=get("client_id"),
            converted_at=None if (v := get("converted_at")) is None else to_datetime(v),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            email=get("email"),
            interest_level=get("interest_level"),
            lead_type=get("lead_type"),
            name=get("name"),
            notes=get("notes"),
            phone=get("phone"),
            source=get("source"),
            status=get("status"),
            timeline=get("timeline"),
            updated_at=None if (v := get("updated_at")) is None else to_datetime(v),
            user_id=get("user_id"),
            raw=src,
        )
