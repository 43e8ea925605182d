# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.appointments`."""

from __future__ import annotations

import datetime
from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.scalars import as_date
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.appointment import Appointment, AppointmentStatus, AppointmentType

CREATE: Final = Operation(
    "appointments.create", "POST", "/appointments", auth=("key", "bearer"), unwrap=("data",)
)
DELETE: Final = Operation(
    "appointments.delete", "DELETE", "/appointments/{id}", kind="none", auth=("key", "bearer")
)
GET: Final = Operation(
    "appointments.get", "GET", "/appointments/{id}", auth=("key", "bearer"), unwrap=("data",)
)
LIST: Final = Operation(
    "appointments.list",
    "GET",
    "/appointments",
    kind="page",
    auth=("key", "bearer"),
    unwrap=("data",),
    page_layout=PageLayout(("appointments",), ("data", "meta"), page_size=25, max_page_size=100),
)
UPDATE: Final = Operation(
    "appointments.update", "PUT", "/appointments/{id}", auth=("key", "bearer"), unwrap=("data",)
)


class AppointmentsResource(Resource):
    """`client.appointments`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> AppointmentsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return AppointmentsWithRawResponse(AppointmentsResource(self._sender, raw=True))

    async def create(
        self,
        *,
        end_time: datetime.datetime,
        start_time: datetime.datetime,
        title: str,
        appointment_type: AppointmentType | str | Unset = UNSET,
        client_id: str | Unset | None = UNSET,
        location: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        status: AppointmentStatus | str | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> Appointment:
        """Create new appointment.

        Source: `POST /appointments`.

        Args:
            end_time: End (UTC).
            start_time: Start (UTC).
            appointment_type: One of `call`, `inspection`, `meeting`, `other`, `showing`,
                `signing`.
            status: One of `cancelled`, `completed`, `no_show`, `scheduled`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/appointments",
                body=JsonBody(
                    {
                        "end_time": end_time,
                        "start_time": start_time,
                        "title": title,
                        "appointment_type": appointment_type,
                        "client_id": client_id,
                        "location": location,
                        "notes": notes,
                        "status": status,
                    }
                ),
                options=options,
            ),
            Appointment.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete appointment.

        Source: `DELETE /appointments/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/appointments/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Appointment:
        """Get appointment by ID.

        Source: `GET /appointments/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/appointments/{path_segment(id, 'id', GET)}", options=options),
            Appointment.from_dict,
        )

    def list(
        self,
        *,
        appointment_type: AppointmentType | str | None = None,
        start_date: datetime.date | None = None,
        status: AppointmentStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Appointment]:
        """List all appointments.

        Source: `GET /appointments`.

        Args:
            appointment_type: One of `call`, `inspection`, `meeting`, `other`, `showing`,
                `signing`.
            start_date: Appointments that start on this day (UTC) or later.
            status: One of `cancelled`, `completed`, `no_show`, `scheduled`.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(
            Call(
                LIST,
                "/appointments",
                params={
                    "appointment_type": appointment_type,
                    "start_date": as_date(start_date),
                    "status": status,
                    "limit": limit,
                    "page": page,
                },
                options=options,
            ),
            Appointment.from_dict,
        )

    async def update(
        self,
        id: str,
        *,
        appointment_type: AppointmentType | str | Unset = UNSET,
        client_id: str | Unset | None = UNSET,
        end_time: datetime.datetime | Unset | None = UNSET,
        location: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        start_time: datetime.datetime | Unset = UNSET,
        status: AppointmentStatus | str | Unset = UNSET,
        title: str | Unset = UNSET,
        version: int | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> Appointment:
        """Update appointment.

        Source: `PUT /appointments/{id}`.

        Args:
            id: Record id.
            appointment_type: One of `call`, `inspection`, `meeting`, `other`, `showing`,
                `signing`.
            end_time: End (UTC).
            start_time: Start (UTC).
            status: One of `cancelled`, `completed`, `no_show`, `scheduled`.
            version: The version that the change is based on; left out: not compared.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), ConflictError (409), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE,
                f"/appointments/{path_segment(id, 'id', UPDATE)}",
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
                        "version": version,
                    }
                ),
                options=options,
            ),
            Appointment.from_dict,
        )


class AppointmentsWithRawResponse(RawMethods):
    """`client.appointments.with_raw_response`."""

    def __init__(self, resource: AppointmentsResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.update: Final = with_raw_response(resource.update)
