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

LeadClientType: TypeAlias = Literal["both", "buyer", "seller"]
LeadInterestLevel: TypeAlias = Literal["cold", "hot", "warm"]
LeadStatus: TypeAlias = Literal["contacted", "converted", "lost", "new", "qualified", "unqualified"]


@define(kw_only=True)
class Lead:
    """`Lead` as the API sends it."""

    id: str
    budget: float | None = None
    """Budget, in US dollars."""
    converted_at: datetime.datetime | None = None
    converted_to_client_id: str | None = None
    """The client that this lead became."""
    created_at: datetime.datetime | None = None
    email: str | None = None
    interest_level: LeadInterestLevel | str | None = None
    last_contact_date: datetime.datetime | None = None
    lead_type: str | None = None
    """buyer, seller or both."""
    message: str | None = None
    name: str | None = None
    next_follow_up: datetime.datetime | None = None
    notes: str | None = None
    phone: str | None = None
    source: str | None = None
    status: LeadStatus | str | None = None
    timeline: str | None = None
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
            self.budget = src["budget"]
            self.converted_at = None if (v := src["converted_at"]) is None else read_datetime(v)
            self.converted_to_client_id = src["converted_to_client_id"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.email = src["email"]
            self.interest_level = src["interest_level"]
            self.last_contact_date = (
                None if (v := src["last_contact_date"]) is None else read_datetime(v)
            )
            self.lead_type = src["lead_type"]
            self.message = src["message"]
            self.name = src["name"]
            self.next_follow_up = None if (v := src["next_follow_up"]) is None else read_datetime(v)
            self.notes = src["notes"]
            self.phone = src["phone"]
            self.source = src["source"]
            self.status = src["status"]
            self.timeline = src["timeline"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.version = src["version"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(
                cls,
                src,
                error,
                "id",
                datetimes=[
                    "converted_at",
                    "created_at",
                    "last_contact_date",
                    "next_follow_up",
                    "updated_at",
                ],
            )
        self.raw = src
        return self
