# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The resources of the client, each imported on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._core.sender import Sender

if TYPE_CHECKING:
    from .api_keys.resource import ApiKeysResource
    from .appointments.resource import AppointmentsResource
    from .auth.resource import AuthResource
    from .billing.resource import BillingResource
    from .clients.resource import ClientsResource
    from .contacts.resource import ContactsResource
    from .escrows.resource import EscrowsResource
    from .leads.resource import LeadsResource
    from .listings.resource import ListingsResource
    from .webhooks.resource import WebhooksResource


class Resources:
    """One attribute for each group of operations."""

    _sender: Sender

    @cached_property
    def api_keys(self) -> ApiKeysResource:
        """Operations on api keys."""
        from .api_keys.resource import ApiKeysResource

        return ApiKeysResource(self._sender)

    @cached_property
    def appointments(self) -> AppointmentsResource:
        """Operations on appointments."""
        from .appointments.resource import AppointmentsResource

        return AppointmentsResource(self._sender)

    @cached_property
    def auth(self) -> AuthResource:
        """Operations on auth."""
        from .auth.resource import AuthResource

        return AuthResource(self._sender)

    @cached_property
    def billing(self) -> BillingResource:
        """Operations on billing."""
        from .billing.resource import BillingResource

        return BillingResource(self._sender)

    @cached_property
    def clients(self) -> ClientsResource:
        """Operations on clients."""
        from .clients.resource import ClientsResource

        return ClientsResource(self._sender)

    @cached_property
    def contacts(self) -> ContactsResource:
        """Operations on contacts."""
        from .contacts.resource import ContactsResource

        return ContactsResource(self._sender)

    @cached_property
    def escrows(self) -> EscrowsResource:
        """Operations on escrows."""
        from .escrows.resource import EscrowsResource

        return EscrowsResource(self._sender)

    @cached_property
    def leads(self) -> LeadsResource:
        """Operations on leads."""
        from .leads.resource import LeadsResource

        return LeadsResource(self._sender)

    @cached_property
    def listings(self) -> ListingsResource:
        """Operations on listings."""
        from .listings.resource import ListingsResource

        return ListingsResource(self._sender)

    @cached_property
    def webhooks(self) -> WebhooksResource:
        """Operations on webhooks."""
        from .webhooks.resource import WebhooksResource

        return WebhooksResource(self._sender)
