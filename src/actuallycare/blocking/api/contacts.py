# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.contacts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.unset import UNSET, Unset
from ...api.contacts import ContactsResource as AsyncResource
from ...models.contact import Contact
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class ContactsResource(BlockingResource):
    """`client.contacts`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> ContactsWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return ContactsWithRawResponse(ContactsResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def archive(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Contact:
        """Archive a contact.

        Source: `PATCH /contacts/{id}/archive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.archive(id, **options), deadline)

    def create(
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
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> Contact:
        """Create a contact.

        Source: `POST /contacts`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._run(
            self._resource.create(
                contact_type=contact_type,
                first_name=first_name,
                last_name=last_name,
                city=city,
                company=company,
                contact_status=contact_status,
                email=email,
                license_number=license_number,
                notes=notes,
                phone=phone,
                phone_secondary=phone_secondary,
                state=state,
                street_address=street_address,
                tags=tags,
                zip_code=zip_code,
                **options,
            ),
            deadline,
        )

    def delete(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Delete contact.

        Source: `DELETE /contacts/{id}`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.delete(id, **options), deadline)

    def get(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Contact:
        """Get contact by ID.

        Source: `GET /contacts/{id}`.

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
        archived: bool | None = None,
        search: str | None = None,
        type_: str | None = None,
        limit: int | None = None,
        page: int | None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[Contact]:
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
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._list(
            self._resource.list(
                archived=archived, search=search, type_=type_, limit=limit, page=page, **options
            ),
            deadline,
        )

    def search(
        self,
        *,
        email: str | None = None,
        name: str | None = None,
        role: str | None = None,
        limit: int | None = None,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
    ) -> BlockingPager[Contact]:
        """Search contacts.

        Source: `GET /contacts/search`.

        Args:
            email: Part of the email address.
            name: Part of the name.
            role: Type of the contact, such as buyer.
            limit: Most contacts to return. Default: 50.

        Returns:
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return self._list(
            self._resource.search(email=email, name=name, role=role, limit=limit, **options),
            deadline,
        )

    def unarchive(
        self, id: str, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> Contact:
        """Restore an archived contact.

        Source: `PATCH /contacts/{id}/unarchive`.

        Args:
            id: Record id.

        Raises:
            ActuallyCareError: AuthenticationError (401), NotFoundError (404), RateLimitError
                (429), and what every call raises.
        """
        return self._run(self._resource.unarchive(id, **options), deadline)

    def update(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.update(
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
                phone_secondary=phone_secondary,
                state=state,
                street_address=street_address,
                tags=tags,
                zip_code=zip_code,
                **options,
            ),
            deadline,
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
