# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.appointments`."""

from __future__ import annotations

import datetime
from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.unset import UNSET, Unset
from ...api.appointments import AppointmentsResource as AsyncResource
from ...models.appointment import Appointment, AppointmentStatus, AppointmentType
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class AppointmentsResource(BlockingResource):
    """`client.appointments`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> AppointmentsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return AppointmentsWithRawResponse(AppointmentsResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def create(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.create(
                end_time=end_time,
                start_time=start_time,
                title=title,
                appointment_type=appointment_type,
                client_id=client_id,
                location=location,
                notes=notes,
                status=status,
                **options,
            ),
            deadline,
        )

    def delete(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Delete appointment.

        Source: `DELETE /appointments/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return self._run(self._resource.delete(id, **options), deadline)

    def get(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Appointment:
        """Get appointment by ID.

        Source: `GET /appointments/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.get(id, **options), deadline)

    def list(
        self,
        *,
        appointment_type: AppointmentType | str | None = None,
        start_date: datetime.date | None = None,
        status: AppointmentStatus | str | None = None,
        limit: int | None = None,
        page: int | None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[Appointment]:
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
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(
            self._resource.list(
                appointment_type=appointment_type,
                start_date=start_date,
                status=status,
                limit=limit,
                page=page,
                **options,
            ),
            deadline,
        )

    def update(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.update(
                id,
                appointment_type=appointment_type,
                client_id=client_id,
                end_time=end_time,
                location=location,
                notes=notes,
                start_time=start_time,
                status=status,
                title=title,
                version=version,
                **options,
            ),
            deadline,
        )


class AppointmentsWithRawResponse(RawMethods):
    """`client.appointments.with_raw_response`."""

    def __init__(self, resource: AppointmentsResource) -> None:
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.update: Final = with_raw_response(resource.update)
