# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read_datetime,
    read_id,
    read_integer,
    read_number,
    read_text,
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
        self.converted_to_client_id = read_text(
            get("converted_to_client_id"), "converted_to_client_id", rest
        )
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.email = read_text(get("email"), "email", rest)
        self.interest_level = read_text(get("interest_level"), "interest_level", rest)
        self.last_contact_date = read_datetime(get("last_contact_date"), "last_contact_date", rest)
        self.lead_type = read_text(get("lead_type"), "lead_type", rest)
        self.message = read_text(get("message"), "message", rest)
        self.name = read_text(get("name"), "name", rest)
        self.next_follow_up = read_datetime(get("next_follow_up"), "next_follow_up", rest)
        self.notes = read_text(get("notes"), "notes", rest)
        self.phone = read_text(get("phone"), "phone", rest)
        self.source = read_text(get("source"), "source", rest)
        self.status = read_text(get("status"), "status", rest)
        self.timeline = read_text(get("timeline"), "timeline", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = read_text(get("user_id"), "user_id", rest)
        self.version = read_integer(get("version"), "version", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
