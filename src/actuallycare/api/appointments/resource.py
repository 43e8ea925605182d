# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.appointments`."""

from __future__ import annotations

import datetime

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.appointment import Appointment
from ...models.appointment_status import AppointmentStatus
from ...models.appointment_type import AppointmentType
from . import (
    appointments_create,
    appointments_delete,
    appointments_get,
    appointments_list,
    appointments_update,
)


class AppointmentsResource(Resource):
    """`client.appointments`."""

    __slots__ = ()

    @property
    def with_response(self) -> AppointmentsWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return AppointmentsWithResponse(self._sender)

    async def create(
        self,
        *,
        appointment_type: AppointmentType,
        start_time: datetime.datetime,
        title: str,
        client_id: str | Unset | None = UNSET,
        end_time: datetime.datetime | Unset | None = UNSET,
        location: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        status: AppointmentStatus | Unset = UNSET,
    ) -> Appointment:
        """Create new appointment.

        Source: `POST /appointments`.

        Args:
            start_time: Start (UTC).
            end_time: End (UTC).

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            appointments_create.build(
                appointment_type=appointment_type,
                start_time=start_time,
                title=title,
                client_id=client_id,
                end_time=end_time,
                location=location,
                notes=notes,
                status=status,
            ),
            appointments_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete appointment.

        Source: `DELETE /appointments/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(appointments_delete.build(id))

    async def get(self, id: str) -> Appointment:
        """Get appointment by ID.

        Source: `GET /appointments/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(appointments_get.build(id), appointments_get.parse)

    def list(
        self,
        *,
        appointment_type: AppointmentType | None = None,
        start_date: datetime.date | None = None,
        status: AppointmentStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Pager[Appointment]:
        """List all appointments.

        Source: `GET /appointments`.

        Args:
            start_date: Appointments that start on this day (UTC) or later.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return self._list(
            appointments_list.build(
                appointment_type=appointment_type,
                start_date=start_date,
                status=status,
                limit=limit,
                page=page,
            ),
            appointments_list.parse,
        )

    async def update(
        self,
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
    ) -> Appointment:
        """Update appointment.

        Source: `PUT /appointments/{id}`.

        Args:
            id: Record id.
            end_time: End (UTC).
            start_time: Start (UTC).

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            appointments_update.build(
                id,
                appointment_type=appointment_type,
                client_id=client_id,
                end_time=end_time,
                location=location,
                notes=notes,
                start_time=start_time,
                status=status,
                title=title,
            ),
            appointments_update.parse,
        )


class AppointmentsWithResponse(ResourceWithResponse):
    """`client.appointments.with_response`."""

    __slots__ = ()

    async def create(
        self,
        *,
        appointment_type: AppointmentType,
        start_time: datetime.datetime,
        title: str,
        client_id: str | Unset | None = UNSET,
        end_time: datetime.datetime | Unset | None = UNSET,
        location: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        status: AppointmentStatus | Unset = UNSET,
    ) -> Reply[Appointment]:
        """As `AppointmentsResource.create`, with its HTTP response."""
        return await self._record(
            appointments_create.build(
                appointment_type=appointment_type,
                start_time=start_time,
                title=title,
                client_id=client_id,
                end_time=end_time,
                location=location,
                notes=notes,
                status=status,
            ),
            appointments_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `AppointmentsResource.delete`, with its HTTP response."""
        return await self._none(appointments_delete.build(id))

    async def get(self, id: str) -> Reply[Appointment]:
        """As `AppointmentsResource.get`, with its HTTP response."""
        return await self._record(appointments_get.build(id), appointments_get.parse)

    async def list(
        self,
        *,
        appointment_type: AppointmentType | None = None,
        start_date: datetime.date | None = None,
        status: AppointmentStatus | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Reply[Page[Appointment]]:
        """As `AppointmentsResource.list`, with its HTTP response."""
        return await self._list(
            appointments_list.build(
                appointment_type=appointment_type,
                start_date=start_date,
                status=status,
                limit=limit,
                page=page,
            ),
            appointments_list.parse,
        )

    async def update(
        self,
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
    ) -> Reply[Appointment]:
        """As `AppointmentsResource.update`, with its HTTP response."""
        return await self._record(
            appointments_update.build(
                id,
                appointment_type=appointment_type,
                client_id=client_id,
                end_time=end_time,
                location=location,
                notes=notes,
                start_time=start_time,
                status=status,
                title=title,
            ),
            appointments_update.parse,
        )
