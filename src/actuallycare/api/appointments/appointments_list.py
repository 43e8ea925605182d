# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List all appointments."""

from __future__ import annotations

import datetime
from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.appointment import Appointment
from ...models.appointment_status import AppointmentStatus
from ...models.appointment_type import AppointmentType

OPERATION: Final = Operation(
    "appointments.list",
    "GET",
    "/appointments",
    kind="page",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("appointments",), meta=("data", "meta"), paged=True, page_size=25),
)


def build(
    *,
    appointment_type: AppointmentType | None = None,
    start_date: datetime.date | None = None,
    status: AppointmentStatus | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/appointments",
        params={
            "appointment_type": appointment_type,
            "start_date": start_date,
            "status": status,
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Appointment.from_dict
"""One item of the list, from its payload."""
