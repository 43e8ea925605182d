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
    read_boolean,
    read_datetime,
    read_id,
    read_integer,
    read_list,
    read_text,
)
from .._core.record import Record as _Record
from .person import Person

AppointmentStatus: TypeAlias = Literal["cancelled", "completed", "no_show", "scheduled"]


def is_appointment_status(value: object) -> TypeGuard[AppointmentStatus]:
    """Whether a value is one of `AppointmentStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(AppointmentStatus)


AppointmentType: TypeAlias = Literal["call", "inspection", "meeting", "other", "showing", "signing"]


def is_appointment_type(value: object) -> TypeGuard[AppointmentType]:
    """Whether a value is one of `AppointmentType`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(AppointmentType)


@define(kw_only=True, repr=False)
class Appointment(_Record):
    """`Appointment` as the API sends it."""

    id: str
    appointment_type: AppointmentType | str | None = None
    attendees: list[Person] | None = None
    client_id: str | None = None
    created_at: datetime.datetime | None = None
    description: str | None = None
    end_time: datetime.datetime | None = None
    """End (UTC)."""
    escrow_id: str | None = None
    """Id of an escrow."""
    listing_id: str | None = None
    location: str | None = None
    notes: str | None = None
    reminder_sent: bool | None = None
    start_time: datetime.datetime | None = None
    """Start (UTC)."""
    status: AppointmentStatus | str | None = None
    title: str | None = None
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
        self.appointment_type = read_text(get("appointment_type"), "appointment_type", rest)
        self.attendees = read_list(Person.from_dict, get("attendees"), "attendees", rest)
        self.client_id = read_text(get("client_id"), "client_id", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.description = read_text(get("description"), "description", rest)
        self.end_time = read_datetime(get("end_time"), "end_time", rest)
        self.escrow_id = read_text(get("escrow_id"), "escrow_id", rest)
        self.listing_id = read_text(get("listing_id"), "listing_id", rest)
        self.location = read_text(get("location"), "location", rest)
        self.notes = read_text(get("notes"), "notes", rest)
        self.reminder_sent = read_boolean(get("reminder_sent"), "reminder_sent", rest)
        self.start_time = read_datetime(get("start_time"), "start_time", rest)
        self.status = read_text(get("status"), "status", rest)
        self.title = read_text(get("title"), "title", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = read_text(get("user_id"), "user_id", rest)
        self.version = read_integer(get("version"), "version", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
