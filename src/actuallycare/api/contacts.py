# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.contacts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.serialize import JsonBody, path_segment
from .._core.unset import UNSET, Unset
from ..models.contact import Contact

ARCHIVE: Final = Operation(
    "contacts.archive", "PATCH", "/contacts/{id}/archive", auth=("bearer",), unwrap=("data",)
)
CREATE: Final = Operation(
    "contacts.create", "POST", "/contacts", auth=("bearer",), unwrap=("data",)
)
DELETE: Final = Operation(
    "contacts.delete", "DELETE", "/contacts/{id}", kind="none", auth=("bearer",)
)
GET: Final = Operation("contacts.get", "GET", "/contacts/{id}", auth=("bearer",), unwrap=("data",))
LIST: Final = Operation(
    "contacts.list",
    "GET",
    "/contacts",
    kind="page",
    auth=("bearer",),
    unwrap=("data",),
    page_layout=PageLayout(("contacts",), ("data", "meta"), page_size=25, max_page_size=100),
)
SEARCH: Final = Operation(
    "contacts.search",
    "GET",
    "/contacts/search",
    kind="page",
    auth=("bearer",),
    unwrap=("data",),
    page_layout=PageLayout((), None, is_paginated=False, page_size=50, max_page_size=100),
)
UNARCHIVE: Final = Operation(
    "contacts.unarchive", "PATCH", "/contacts/{id}/unarchive", auth=("bearer",), unwrap=("data",)
)
UPDATE: Final = Operation(
    "contacts.update", "PUT", "/contacts/{id}", auth=("bearer",), unwrap=("data",)
)


class ContactsResource(Resource):
    """`client.contacts`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ContactsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ContactsWithRawResponse(ContactsResource(self._sender, raw=True))

    async def archive(self, id: str, **options: Unpack[CallOptions]) -> Contact:
        """Archive a contact.

        Source: `PATCH /contacts/{id}/archive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(ARCHIVE, f"/contacts/{path_segment(id, 'id', ARCHIVE)}/archive", options=options),
            Contact.from_dict,
        )

    async def create(
        self,
        *,
        contact_type: str,
        first_name: str,
        last_name: str,
        city: str | Unset | None = UNSET,
        company: str | Unset | None = UNSET,
        contact_status: str | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        license_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        phone_secondary: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        street_address: str | Unset | None = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        zip_code: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Contact:
        """Create a contact.

        Source: `POST /contacts`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(
                CREATE,
                "/contacts",
                body=JsonBody(
                    {
                        "contact_type": contact_type,
                        "first_name": first_name,
                        "last_name": last_name,
                        "city": city,
                        "company": company,
                        "contact_status": contact_status,
                        "email": email,
                        "license_number": license_number,
                        "notes": notes,
                        "phone": phone,
                        "phone_secondary": phone_secondary,
                        "state": state,
                        "street_address": street_address,
                        "tags": tags,
                        "zip_code": zip_code,
                    }
                ),
                options=options,
            ),
            Contact.from_dict,
        )

    async def delete(self, id: str, **options: Unpack[CallOptions]) -> None:
        """Delete contact.

        Source: `DELETE /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._none(
            Call(DELETE, f"/contacts/{path_segment(id, 'id', DELETE)}", options=options)
        )

    async def get(self, id: str, **options: Unpack[CallOptions]) -> Contact:
        """Get contact by ID.

        Source: `GET /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(GET, f"/contacts/{path_segment(id, 'id', GET)}", options=options),
            Contact.from_dict,
        )

    def list(
        self,
        *,
        archived: bool | None = None,
        search: str | None = None,
        type_: str | None = None,
        limit: int | None = None,
        page: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Contact]:
        """List contacts.

        Returns a paginated list of contacts visible to the authenticated user, with aggregate stats
        by status.

        Source: `GET /contacts`.

        Args:
            archived: Show archived contacts instead of active ones. Default: false.
            search: Fuzzy search across full name, first name, last name, and email.
            type_: Filter by contact type.
            limit: Number of items per page (default 25; GET /escrows overrides this to 20 at
                the controller level).
            page: Page number for pagination. Default: 1.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._list(
            Call(
                LIST,
                "/contacts",
                params={
                    "archived": archived,
                    "search": search,
                    "type": type_,
                    "limit": limit,
                    "page": page,
                },
                options=options,
            ),
            Contact.from_dict,
        )

    def search(
        self,
        *,
        email: str | None = None,
        name: str | None = None,
        role: str | None = None,
        limit: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pager[Contact]:
        """Search contacts.

        Source: `GET /contacts/search`.

        Args:
            email: Part of the email address.
            name: Part of the name.
            role: Type of the contact, such as buyer.
            limit: Most contacts to return. Default: 50.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._list(
            Call(
                SEARCH,
                "/contacts/search",
                params={"email": email, "name": name, "role": role, "limit": limit},
                options=options,
            ),
            Contact.from_dict,
        )

    async def unarchive(self, id: str, **options: Unpack[CallOptions]) -> Contact:
        """Restore an archived contact.

        Source: `PATCH /contacts/{id}/unarchive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            Call(
                UNARCHIVE,
                f"/contacts/{path_segment(id, 'id', UNARCHIVE)}/unarchive",
                options=options,
            ),
            Contact.from_dict,
        )

    async def update(
        self,
        id: str,
        *,
        city: str | Unset | None = UNSET,
        company: str | Unset | None = UNSET,
        contact_status: str | Unset | None = UNSET,
        contact_type: str | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        license_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        phone_secondary: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        street_address: str | Unset | None = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        zip_code: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> Contact:
        """Update contact.

        Source: `PUT /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), NotFoundError
                (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            Call(
                UPDATE,
                f"/contacts/{path_segment(id, 'id', UPDATE)}",
                body=JsonBody(
                    {
                        "city": city,
                        "company": company,
                        "contact_status": contact_status,
                        "contact_type": contact_type,
                        "email": email,
                        "first_name": first_name,
                        "last_name": last_name,
                        "license_number": license_number,
                        "notes": notes,
                        "phone": phone,
                        "phone_secondary": phone_secondary,
                        "state": state,
                        "street_address": street_address,
                        "tags": tags,
                        "zip_code": zip_code,
                    }
                ),
                options=options,
            ),
            Contact.from_dict,
        )


class ContactsWithRawResponse(RawMethods):
    """`client.contacts.with_raw_response`."""

    def __init__(self, resource: ContactsResource) -> None:
        self.archive: Final = with_raw_response(resource.archive)
        self.create: Final = with_raw_response(resource.create)
        self.delete: Final = with_raw_response(resource.delete)
        self.get: Final = with_raw_response(resource.get)
        self.list: Final = page_with_raw_response(resource.list)
        self.search: Final = page_with_raw_response(resource.search)
        self.unarchive: Final = with_raw_response(resource.unarchive)
        self.update: Final = with_raw_response(resource.update)
