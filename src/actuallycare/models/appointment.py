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
from .appointment_status import AppointmentStatus
from .appointment_type import AppointmentType


@define(kw_only=True)
class Appointment:
    """`Appointment` as the API sends it."""

    id: str
    appointment_type: AppointmentType | str | None = None
    client_id: str | None = None
    created_at: datetime.datetime | None = None
    end_time: datetime.datetime | None = None
    """End (UTC)."""
    location: str | None = None
    notes: str | None = None
    start_time: datetime.datetime | None = None
    """Start (UTC)."""
    status: AppointmentStatus | str | None = None
    title: str | None = None
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
            appointment_type=get("appointment_type"),
            client_id=get("client_id"),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            end_time=None if (v := get("end_time")) is None else to_datetime(v),
            location=get("location"),
            notes=get("notes"),
            start_time=None if (v := get("start_time")) is None else to_datetime(v),
            status=get("status"),
            title=get("title"),
            updated_at=None if (v := get("updated_at")) is None else to_datetime(v),
            user_id=get("user_id"),
            raw=src,
        )
