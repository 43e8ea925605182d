"""The handler of each operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from ..dialects.dialect import DialectName
from ..protocol.errors import ApiError
from ..spec.document import OperationSpec
from ..spec.response_layout import ResponseLayout
from . import api_keys, archive, auth, billing, crud, leads, webhooks
from .context import Handler, RequestContext
from .older import OLDER_HANDLERS

HANDLERS: Mapping[str, Handler] = {
    "GET /api-keys": api_keys.list_keys,
    "POST /api-keys": api_keys.create_key,
    "PATCH /api-keys/{id}/scopes": api_keys.update_scopes,
    "PUT /api-keys/{id}/revoke": api_keys.revoke_key,
    "DELETE /api-keys/{id}": api_keys.delete_key,
    "POST /auth/register": auth.register,
    "POST /auth/login": auth.login,
    "POST /auth/refresh": auth.refresh,
    "POST /auth/logout": auth.logout,
    "POST /auth/logout-all": auth.logout_all,
    "GET /auth/verify": auth.verify,
    "GET /auth/profile": auth.profile,
    "PUT /auth/profile": auth.update_profile,
    "GET /auth/sessions": auth.sessions,
    "GET /billing/public-plans": billing.plans,
    "GET /billing/plans": billing.plans,
    "POST /billing/public-checkout": billing.public_checkout,
    "POST /billing/checkout": billing.checkout,
    "POST /billing/portal": billing.portal,
    "GET /billing/subscription": billing.subscription,
    "GET /contacts/search": archive.search_contacts,
    "PATCH /contacts/{id}/archive": archive.archive,
    "PATCH /contacts/{id}/unarchive": archive.unarchive,
    "PATCH /escrows/{id}/archive": archive.archive,
    "PATCH /escrows/{id}/restore": archive.unarchive,
    "POST /leads/{id}/convert": leads.convert,
    "GET /webhooks": webhooks.list_webhooks,
    "POST /webhooks": webhooks.create_webhook,
    "GET /webhooks/{id}": webhooks.get_webhook,
    "PUT /webhooks/{id}": webhooks.update_webhook,
    "DELETE /webhooks/{id}": webhooks.delete_webhook,
    "GET /webhooks/{id}/deliveries": webhooks.deliveries,
    "GET /webhooks/events": webhooks.events,
    "GET /webhooks/events/categories": webhooks.events_by_category,
}
"""Operations with a handler of their own; `crud` serves the others."""


def handler_for(
    operation: OperationSpec, layout: ResponseLayout, dialect: DialectName = "published"
) -> Handler:
    """Return the operation's own handler, else the CRUD handler, else `unknown`."""
    if dialect == "older" and operation.name in OLDER_HANDLERS:
        return OLDER_HANDLERS[operation.name]
    return HANDLERS.get(operation.name) or crud.handler_for(operation, layout) or unknown


def unknown(context: RequestContext) -> NoReturn:
    """Return a 501 for an operation of a newer document that is not plain CRUD."""
    raise ApiError(
        501,
        "NOT_IMPLEMENTED",
        f"The sandbox does not support {context.operation.name}: it is not one of the operations "
        "that the sandbox knows, and does not list, create, get, update or delete records",
    )
