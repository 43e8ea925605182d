# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_integer,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
    read_id,
    read_number,
)
from .._core.record import Record as _Record

LeadClientType: TypeAlias = Literal["both", "buyer", "seller"]


def is_lead_client_type(value: object) -> TypeGuard[LeadClientType]:
    """Whether a value is one of `LeadClientType`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(LeadClientType)


LeadInterestLevel: TypeAlias = Literal["cold", "hot", "warm"]


def is_lead_interest_level(value: object) -> TypeGuard[LeadInterestLevel]:
    """Whether a value is one of `LeadInterestLevel`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(LeadInterestLevel)


LeadStatus: TypeAlias = Literal["contacted", "converted", "lost", "new", "qualified", "unqualified"]


def is_lead_status(value: object) -> TypeGuard[LeadStatus]:
    """Whether a value is one of `LeadStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(LeadStatus)


@define(kw_only=True, repr=False)
class Lead(_Record):
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

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.budget = read_number(get("budget"), "budget", rest)
        self.converted_at = read_datetime(get("converted_at"), "converted_at", rest)
        self.converted_to_client_id = (
            v
            if type(v := get("converted_to_client_id")) is str
            else read(to_text, v, "converted_to_client_id", rest)
        )
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.email = v if type(v := get("email")) is str else read(to_text, v, "email", rest)
        self.interest_level = (
            v
            if type(v := get("interest_level")) is str
            else read(to_text, v, "interest_level", rest)
        )
        self.last_contact_date = read_datetime(get("last_contact_date"), "last_contact_date", rest)
        self.lead_type = (
            v if type(v := get("lead_type")) is str else read(to_text, v, "lead_type", rest)
        )
        self.message = v if type(v := get("message")) is str else read(to_text, v, "message", rest)
        self.name = v if type(v := get("name")) is str else read(to_text, v, "name", rest)
        self.next_follow_up = read_datetime(get("next_follow_up"), "next_follow_up", rest)
        self.notes = v if type(v := get("notes")) is str else read(to_text, v, "notes", rest)
        self.phone = v if type(v := get("phone")) is str else read(to_text, v, "phone", rest)
        self.source = v if type(v := get("source")) is str else read(to_text, v, "source", rest)
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.timeline = (
            v if type(v := get("timeline")) is str else read(to_text, v, "timeline", rest)
        )
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = v if type(v := get("user_id")) is str else read(to_text, v, "user_id", rest)
        self.version = (
            v if type(v := get("version")) is int else read(to_integer, v, "version", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
