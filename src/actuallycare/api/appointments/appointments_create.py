# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Create new appointment."""

from __future__ import annotations

import datetime
from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.appointment import Appointment
from ...models.appointment_status import AppointmentStatus
from ...models.appointment_type import AppointmentType

OPERATION: Final = Operation(
    "appointments.create",
    "POST",
    "/appointments",
    kind="record",
    auth=("key", "bearer"),
    unwrap=("data",),
)


def build(
    *,
    appointment_type: AppointmentType,
    start_time: datetime.datetime,
    title: str,
    client_id: str | Unset | None = UNSET,
    end_time: datetime.datetime | Unset | None = UNSET,
    location: str | Unset | None = UNSET,
    notes: str | Unset | None = UNSET,
    status: AppointmentStatus | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/appointments",
        body=JsonBody(
            {
                "appointment_type": appointment_type,
                "start_time": start_time,
                "title": title,
                "client_id": client_id,
                "end_time": end_time,
                "location": location,
                "notes": notes,
                "status": status,
            }
        ),
    )


parse: Final = Appointment.from_dict
"""The result, from its payload."""
