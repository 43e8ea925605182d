# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The resources of the blocking client, each imported on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..resource import blocking_resource
from ..runner import CallRunner

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


class Resources:
    """One attribute for each group of operations."""

    _runner: CallRunner

    @blocking_resource
    def api_keys(self) -> type[ApiKeysResource]:
        """Operations on api keys."""
        from .api_keys import ApiKeysResource

        return ApiKeysResource

    @blocking_resource
    def appointments(self) -> type[AppointmentsResource]:
        """Operations on appointments."""
        from .appointments import AppointmentsResource

        return AppointmentsResource

    @blocking_resource
    def auth(self) -> type[AuthResource]:
        """Operations on auth."""
        from .auth import AuthResource

        return AuthResource

    @blocking_resource
    def billing(self) -> type[BillingResource]:
        """Operations on billing."""
        from .billing import BillingResource

        return BillingResource

    @blocking_resource
    def clients(self) -> type[ClientsResource]:
        """Operations on clients."""
        from .clients import ClientsResource

        return ClientsResource

    @blocking_resource
    def contacts(self) -> type[ContactsResource]:
        """Operations on contacts."""
        from .contacts import ContactsResource

        return ContactsResource

    @blocking_resource
    def escrows(self) -> type[EscrowsResource]:
        """Operations on escrows."""
        from .escrows import EscrowsResource

        return EscrowsResource

    @blocking_resource
    def leads(self) -> type[LeadsResource]:
        """Operations on leads."""
        from .leads import LeadsResource

        return LeadsResource

    @blocking_resource
    def listings(self) -> type[ListingsResource]:
        """Operations on listings."""
        from .listings import ListingsResource

        return ListingsResource

    @blocking_resource
    def webhooks(self) -> type[WebhooksResource]:
        """Operations on webhooks."""
        from .webhooks import WebhooksResource

        return WebhooksResource
