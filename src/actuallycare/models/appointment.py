# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_boolean,
    to_integer,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
    read_id,
    read_list,
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
        self.appointment_type = (
            v
            if type(v := get("appointment_type")) is str
            else read(to_text, v, "appointment_type", rest)
        )
        self.attendees = read_list(Person.from_dict, get("attendees"), "attendees", rest)
        self.client_id = (
            v if type(v := get("client_id")) is str else read(to_text, v, "client_id", rest)
        )
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.description = (
            v if type(v := get("description")) is str else read(to_text, v, "description", rest)
        )
        self.end_time = read_datetime(get("end_time"), "end_time", rest)
        self.escrow_id = (
            v if type(v := get("escrow_id")) is str else read(to_text, v, "escrow_id", rest)
        )
        self.listing_id = (
            v if type(v := get("listing_id")) is str else read(to_text, v, "listing_id", rest)
        )
        self.location = (
            v if type(v := get("location")) is str else read(to_text, v, "location", rest)
        )
        self.notes = v if type(v := get("notes")) is str else read(to_text, v, "notes", rest)
        self.reminder_sent = (
            v
            if type(v := get("reminder_sent")) is bool
            else read(to_boolean, v, "reminder_sent", rest)
        )
        self.start_time = read_datetime(get("start_time"), "start_time", rest)
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.title = v if type(v := get("title")) is str else read(to_text, v, "title", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = v if type(v := get("user_id")) is str else read(to_text, v, "user_id", rest)
        self.version = (
            v if type(v := get("version")) is int else read(to_integer, v, "version", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
