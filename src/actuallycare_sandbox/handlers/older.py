"""Operations that the dialect `older` serves in another way than the published one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from ..data.query import Selection, where
from ..data.resource_rules import rules_for
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import ApiError, conflict
from ..spec.response_layout import collection
from . import archive, crud, leads, webhooks
from .context import Handler, RequestContext


def create_client(context: RequestContext) -> HandlerResult:
    """Create a client; an email address belongs to one client."""
    email = context.fields.get("email")
    if email and context.backend.store.first(
        context.visible("clients").where(where("email", email))
    ):
        raise conflict("A client with this email exists already", "DUPLICATE_EMAIL")
    return crud.create(context)


def delete_archived(context: RequestContext) -> HandlerResult:
    """Delete a record that was archived before."""
    record = crud.find(context)
    if not record.get("is_archived"):
        name = rules_for(collection(context.operation.path)).name
        raise ApiError(400, "NOT_ARCHIVED", f"The {name} must be archived before it is deleted")
    return crud.delete(context)


def delete_contact(context: RequestContext) -> HandlerResult:
    """Delete a contact and return it."""
    row = _serialized(context, "GET /contacts/{id}", crud.find(context))
    return evolve(crud.delete(context), data=row)


def deactivate_webhook(context: RequestContext) -> HandlerResult:
    """Deactivate a subscription and return it; its log remains, without further attempts."""
    record = webhooks.find(context) | {"active": False}
    store = context.backend.store
    store.put(webhooks.KIND, record)
    ended = {"status": "failed", "error": "the webhook was deleted", "next_attempt_at": None}
    pending = Selection("deliveries", (where("status", "pending"),), owner=str(record["id"]))
    for delivery in store.select(pending):
        store.put("deliveries", delivery | ended)
    row = _serialized(context, "GET /webhooks/{id}", record)
    return HandlerResult(row, message="Webhook deleted successfully")


def convert(context: RequestContext) -> HandlerResult:
    """Convert a lead; return the client and the lead."""
    result = leads.convert(context)
    lead = _serialized(context, "GET /leads/{id}", crud.find_in(context, "leads"))
    return evolve(result, data={**result.data, "lead": lead}, message="Lead converted")


def _serialized(context: RequestContext, operation: str, record: Record) -> Any:
    return context.backend.serializers[operation].serialize(record)


OLDER_HANDLERS: Mapping[str, Handler] = {
    "POST /clients": create_client,
    "POST /leads/{id}/convert": convert,
    "PUT /appointments/{id}/archive": archive.archive,
    "PUT /clients/{id}/archive": archive.archive,
    "PUT /leads/{id}/archive": archive.archive,
    "DELETE /contacts/{id}": delete_contact,
    "DELETE /webhooks/{id}": deactivate_webhook,
    "DELETE /appointments/{id}": delete_archived,
    "DELETE /escrows/{id}": delete_archived,
    "DELETE /leads/{id}": delete_archived,
}
"""Take precedence over `registry.HANDLERS`."""
