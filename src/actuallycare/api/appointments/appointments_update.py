# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update appointment."""

from __future__ import annotations

import datetime
from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.appointment import Appointment
from ...models.appointment_status import AppointmentStatus
from ...models.appointment_type import AppointmentType

OPERATION: Final = Operation(
    "appointments.update",
    "PUT",
    "/appointments/{id}",
    kind="record",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    appointment_type: AppointmentType | Unset = UNSET,
    client_id: str | Unset | None = UNSET,
    end_time: datetime.datetime | Unset | None = UNSET,
    location: str | Unset | None = UNSET,
    notes: str | Unset | None = UNSET,
    start_time: datetime.datetime | Unset = UNSET,
    status: AppointmentStatus | Unset = UNSET,
    title: str | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/appointments/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody(
            {
                "appointment_type": appointment_type,
                "client_id": client_id,
                "end_time": end_time,
                "location": location,
                "notes": notes,
                "start_time": start_time,
                "status": status,
                "title": title,
            }
        ),
    )


parse: Final = Appointment.from_dict
"""The result, from its payload."""
