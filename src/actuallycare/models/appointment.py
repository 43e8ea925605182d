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
    to_list,
)
from .person import Person

AppointmentStatus: TypeAlias = Literal["cancelled", "completed", "no_show", "scheduled"]
AppointmentType: TypeAlias = Literal["call", "inspection", "meeting", "other", "showing", "signing"]


@define(kw_only=True)
class Appointment:
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
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.appointment_type = src["appointment_type"]
            self.client_id = src["client_id"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.description = src["description"]
            self.end_time = None if (v := src["end_time"]) is None else read_datetime(v)
            self.escrow_id = src["escrow_id"]
            self.listing_id = src["listing_id"]
            self.location = src["location"]
            self.notes = src["notes"]
            self.reminder_sent = src["reminder_sent"]
            self.start_time = None if (v := src["start_time"]) is None else read_datetime(v)
            self.status = src["status"]
            self.title = src["title"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.version = src["version"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(
                cls,
                src,
                error,
                "id",
                datetimes=["created_at", "end_time", "start_time", "updated_at"],
            )
        get = src.get
        self.attendees = None if (v := get("attendees")) is None else to_list(v, Person.from_dict)
        self.raw = src
        return self
