"""Webhook subscriptions, the event catalog and the delivery log (reference: webhooks)."""

from __future__ import annotations

import uuid

from ..clock import timestamp
from ..data.query import Selection
from ..json_value import Record
from ..protocol.envelope import Outcome
from ..protocol.errors import not_found
from ..webhooks.event_catalog import CATALOG
from . import crud
from .context import Call

KIND = "webhooks"


def list_webhooks(call: Call) -> Outcome:
    """A page of the caller's subscriptions, as a bare array."""
    page = call.page
    own = Selection(KIND, owner=call.caller.id)
    found = call.backend.store.select(own, limit=page.limit, offset=page.offset)
    return call.answer(found)


def create_webhook(call: Call) -> Outcome:
    """A subscription."""
    record = {
        "id": f"wh_{uuid.uuid4().hex[:12]}",
        "active": True,
        **call.fields,
        "last_triggered": None,
        "created_at": timestamp(call.now),
    }
    call.backend.store.add(KIND, record, call.caller.id)
    return call.answer(record)


def get_webhook(call: Call) -> Outcome:
    """One subscription."""
    return call.answer(find(call))


def update_webhook(call: Call) -> Outcome:
    """A subscription with the fields that the body names changed."""
    record = find(call) | call.fields
    call.backend.store.put(KIND, record)
    return call.answer(record)


def delete_webhook(call: Call) -> Outcome:
    """A subscription less, with its delivery log."""
    record, store = find(call), call.backend.store
    store.remove(KIND, record["id"])
    for delivery in store.select(Selection("deliveries", owner=record["id"])):
        store.remove("deliveries", delivery["id"])
    return Outcome(message="Webhook deleted successfully")


def deliveries(call: Call) -> Outcome:
    """A page of a subscription's deliveries, the newest first."""
    store = call.backend.store
    log = Selection("deliveries", owner=find(call)["id"])
    found = store.select(log, limit=call.page.limit, offset=call.page.offset)
    return crud.page_of(call, found, store.count(log), {})


def events(call: Call) -> Outcome:
    """The catalog; its `meta` stands at the top and counts no pages."""
    categories = sorted({event.category for event in CATALOG.values()})
    listed = [event.described() for event in CATALOG.values()]
    return Outcome(listed, meta={"total": len(listed), "categories": categories})


def events_by_category(call: Call) -> Outcome:
    """The names of the catalog, grouped."""
    grouped: dict[str, list[str]] = {}
    for event in CATALOG.values():
        grouped.setdefault(event.category, []).append(event.name)
    return call.answer(grouped)


def find(call: Call) -> Record:
    """The caller's subscription that the path names.

    Raises:
        ApiError: 404, also for somebody else's.
    """
    record = call.backend.store.get(KIND, call.path["id"], call.caller.id)
    if record is None:
        raise not_found("Webhook")
    return record
