"""Webhook subscriptions, the event catalog and the delivery log (reference: webhooks)."""

from __future__ import annotations

import uuid

from ..clock import timestamp
from ..data.query import Selection
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import not_found
from ..webhooks.event_catalog import CATALOG
from . import crud
from .context import RequestContext

KIND = "webhooks"


def list_webhooks(context: RequestContext) -> HandlerResult:
    """Return a page of the user's subscriptions, as a bare array."""
    page = context.page
    own = Selection(KIND, owner=context.caller.id)
    found = context.backend.store.select(own, limit=page.limit, offset=page.offset)
    return context.result(found)


def create_webhook(context: RequestContext) -> HandlerResult:
    """Create a subscription."""
    record = {
        "id": f"wh_{uuid.uuid4().hex[:12]}",
        "active": True,
        **context.fields,
        "last_triggered": None,
        "created_at": timestamp(context.now),
    }
    context.backend.store.add(KIND, record, context.caller.id)
    return context.result(record)


def get_webhook(context: RequestContext) -> HandlerResult:
    """Return one subscription."""
    return context.result(find(context))


def update_webhook(context: RequestContext) -> HandlerResult:
    """Update a subscription with the fields in the body."""
    record = find(context) | context.fields
    context.backend.store.put(KIND, record)
    return context.result(record)


def delete_webhook(context: RequestContext) -> HandlerResult:
    """Delete a subscription and its delivery log."""
    record = find(context)
    store = context.backend.store
    store.remove(KIND, record["id"])
    for delivery in store.select(Selection("deliveries", owner=record["id"])):
        store.remove("deliveries", delivery["id"])
    return HandlerResult(message="Webhook deleted successfully")


def deliveries(context: RequestContext) -> HandlerResult:
    """Return a page of a subscription's deliveries, newest first."""
    store = context.backend.store
    log = Selection("deliveries", owner=find(context)["id"])
    found = store.select(log, limit=context.page.limit, offset=context.page.offset)
    return crud.page_result(context, found, store.count(log), {})


def events(context: RequestContext) -> HandlerResult:
    """Return the catalog; its `meta` is at the top level and has no page numbers."""
    categories = sorted({event.category for event in CATALOG.values()})
    listed = [event.to_dict() for event in CATALOG.values()]
    return HandlerResult(listed, meta={"total": len(listed), "categories": categories})


def events_by_category(context: RequestContext) -> HandlerResult:
    """Return the names of the events by category."""
    grouped: dict[str, list[str]] = {}
    for event in CATALOG.values():
        grouped.setdefault(event.category, []).append(event.name)
    return context.result(grouped)


def find(context: RequestContext) -> Record:
    """Return the user's subscription that the path names.

    Raises:
        ApiError: 404, also for the subscription of another user.
    """
    record = context.backend.store.get(KIND, context.path["id"], context.caller.id)
    if record is None:
        raise not_found("Webhook")
    return record
