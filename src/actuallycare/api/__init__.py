# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The resources of the client, each imported on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from .._core.sender import Sender

if TYPE_CHECKING:
    from .api_keys import ApiKeysResource
    from .appointments import AppointmentsResource
    from .auth import AuthResource
    from .billing import BillingResource
    from .clients import ClientsResource
    from .contacts import ContactsResource
    from .escrows import EscrowsResource
    from .leads import LeadsResource
    from .listings import ListingsResource
    from .webhooks import WebhooksResource

BASE_URL: Final = "https://api.actuallycare.com/v1"
"""The vendor's server, by the document."""


class Resources:
    """One attribute for each group of operations."""

    _sender: Sender

    @cached_property
    def api_keys(self) -> ApiKeysResource:
        """Operations on api keys."""
        from .api_keys import ApiKeysResource

        return ApiKeysResource(self._sender)

    @cached_property
    def appointments(self) -> AppointmentsResource:
        """Operations on appointments."""
        from .appointments import AppointmentsResource

        return AppointmentsResource(self._sender)

    @cached_property
    def auth(self) -> AuthResource:
        """Operations on auth."""
        from .auth import AuthResource

        return AuthResource(self._sender)

    @cached_property
    def billing(self) -> BillingResource:
        """Operations on billing."""
        from .billing import BillingResource

        return BillingResource(self._sender)

    @cached_property
    def clients(self) -> ClientsResource:
        """Operations on clients."""
        from .clients import ClientsResource

        return ClientsResource(self._sender)

    @cached_property
    def contacts(self) -> ContactsResource:
        """Operations on contacts."""
        from .contacts import ContactsResource

        return ContactsResource(self._sender)

    @cached_property
    def escrows(self) -> EscrowsResource:
        """Operations on escrows."""
        from .escrows import EscrowsResource

        return EscrowsResource(self._sender)

    @cached_property
    def leads(self) -> LeadsResource:
        """Operations on leads."""
        from .leads import LeadsResource

        return LeadsResource(self._sender)

    @cached_property
    def listings(self) -> ListingsResource:
        """Operations on listings."""
        from .listings import ListingsResource

        return ListingsResource(self._sender)

    @cached_property
    def webhooks(self) -> WebhooksResource:
        """Operations on webhooks."""
        from .webhooks import WebhooksResource

        return WebhooksResource(self._sender)
