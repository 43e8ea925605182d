# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.contacts`."""

from __future__ import annotations

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.unset import UNSET, Unset
from ...models.contact import Contact
from . import (
    contacts_archive,
    contacts_create,
    contacts_delete,
    contacts_get,
    contacts_list,
    contacts_search,
    contacts_unarchive,
    contacts_update,
)


class ContactsResource(Resource):
    """`client.contacts`."""

    __slots__ = ()

    @property
    def with_response(self) -> ContactsWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ContactsWithResponse(self._sender)

    async def archive(self, id: str) -> Contact:
        """Archive a contact.

        Source: `PUT /contacts/{id}/archive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(contacts_archive.build(id), contacts_archive.parse)

    async def create(
        self,
        *,
        first_name: str,
        last_name: str,
        city: str | Unset | None = UNSET,
        company: str | Unset | None = UNSET,
        contact_status: str | Unset | None = UNSET,
        contact_type: str | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        license_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        street_address: str | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Contact:
        """Create a contact.

        Source: `POST /contacts`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return await self._record(
            contacts_create.build(
                first_name=first_name,
                last_name=last_name,
                city=city,
                company=company,
                contact_status=contact_status,
                contact_type=contact_type,
                email=email,
                license_number=license_number,
                notes=notes,
                phone=phone,
                state=state,
                street_address=street_address,
                zip_code=zip_code,
            ),
            contacts_create.parse,
        )

    async def delete(self, id: str) -> None:
        """Delete contact.

        Source: `DELETE /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        await self._none(contacts_delete.build(id))

    async def get(self, id: str) -> Contact:
        """Get contact by ID.

        Source: `GET /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(contacts_get.build(id), contacts_get.parse)

    def list(
        self,
        *,
        archived: bool | None = None,
        search: str | None = None,
        type_: str | None = None,
        limit: int | None = None,
        page: int | None = None,
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
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return self._list(
            contacts_list.build(
                archived=archived, search=search, type_=type_, limit=limit, page=page
            ),
            contacts_list.parse,
        )

    def search(self, *, q: str, limit: int | None = None) -> Pager[Contact]:
        """Search contacts.

        Source: `GET /contacts/search`.

        Args:
            q: What to search for in name and email.
            limit: Most contacts to return. Default: 25.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), RateLimitError (429), and what every call raises.
        """
        return self._list(contacts_search.build(q=q, limit=limit), contacts_search.parse)

    async def unarchive(self, id: str) -> Contact:
        """Restore an archived contact.

        Source: `PUT /contacts/{id}/unarchive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), PermissionDeniedError (403),
                NotFoundError (404), RateLimitError (429), and what every call raises.
        """
        return await self._record(contacts_unarchive.build(id), contacts_unarchive.parse)

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
        state: str | Unset | None = UNSET,
        street_address: str | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Contact:
        """Update contact.

        Source: `PUT /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), NotFoundError (404), RateLimitError (429), and what
                every call raises.
        """
        return await self._record(
            contacts_update.build(
                id,
                city=city,
                company=company,
                contact_status=contact_status,
                contact_type=contact_type,
                email=email,
                first_name=first_name,
                last_name=last_name,
                license_number=license_number,
                notes=notes,
                phone=phone,
                state=state,
                street_address=street_address,
                zip_code=zip_code,
            ),
            contacts_update.parse,
        )


class ContactsWithResponse(ResourceWithResponse):
    """`client.contacts.with_response`."""

    __slots__ = ()

    async def archive(self, id: str) -> Reply[Contact]:
        """As `ContactsResource.archive`, with its HTTP response."""
        return await self._record(contacts_archive.build(id), contacts_archive.parse)

    async def create(
        self,
        *,
        first_name: str,
        last_name: str,
        city: str | Unset | None = UNSET,
        company: str | Unset | None = UNSET,
        contact_status: str | Unset | None = UNSET,
        contact_type: str | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        license_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        phone: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        street_address: str | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Reply[Contact]:
        """As `ContactsResource.create`, with its HTTP response."""
        return await self._record(
            contacts_create.build(
                first_name=first_name,
                last_name=last_name,
                city=city,
                company=company,
                contact_status=contact_status,
                contact_type=contact_type,
                email=email,
                license_number=license_number,
                notes=notes,
                phone=phone,
                state=state,
                street_address=street_address,
                zip_code=zip_code,
            ),
            contacts_create.parse,
        )

    async def delete(self, id: str) -> Reply[None]:
        """As `ContactsResource.delete`, with its HTTP response."""
        return await self._none(contacts_delete.build(id))

    async def get(self, id: str) -> Reply[Contact]:
        """As `ContactsResource.get`, with its HTTP response."""
        return await self._record(contacts_get.build(id), contacts_get.parse)

    async def list(
        self,
        *,
        archived: bool | None = None,
        search: str | None = None,
        type_: str | None = None,
        limit: int | None = None,
        page: int | None = None,
    ) -> Reply[Page[Contact]]:
        """As `ContactsResource.list`, with its HTTP response."""
        return await self._list(
            contacts_list.build(
                archived=archived, search=search, type_=type_, limit=limit, page=page
            ),
            contacts_list.parse,
        )

    async def search(self, *, q: str, limit: int | None = None) -> Reply[Page[Contact]]:
        """As `ContactsResource.search`, with its HTTP response."""
        return await self._list(contacts_search.build(q=q, limit=limit), contacts_search.parse)

    async def unarchive(self, id: str) -> Reply[Contact]:
        """As `ContactsResource.unarchive`, with its HTTP response."""
        return await self._record(contacts_unarchive.build(id), contacts_unarchive.parse)

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
        state: str | Unset | None = UNSET,
        street_address: str | Unset | None = UNSET,
        zip_code: str | Unset | None = UNSET,
    ) -> Reply[Contact]:
        """As `ContactsResource.update`, with its HTTP response."""
        return await self._record(
            contacts_update.build(
                id,
                city=city,
                company=company,
                contact_status=contact_status,
                contact_type=contact_type,
                email=email,
                first_name=first_name,
                last_name=last_name,
                license_number=license_number,
                notes=notes,
                phone=phone,
                state=state,
                street_address=street_address,
                zip_code=zip_code,
            ),
            contacts_update.parse,
        )
