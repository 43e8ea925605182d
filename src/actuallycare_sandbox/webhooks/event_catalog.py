"""The webhook events that the sandbox emits, and the fields in their deliveries.

The vendor's catalog has about 150 events in 27 categories (concepts/webhooks). The vendor
publishes the fields of two of them; the others here follow the same pattern, `entity.action`. The
catalog lists only events that the sandbox emits; a subscription may name any event.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

ALL = "all"
"""Name that subscribes to every event."""
TEST_EVENT = "webhook.test"
"""Event that a subscription gets on request, whatever it subscribes to. It is in no catalog."""


@frozen
class EventType:
    """A type of event in the catalog."""

    name: str
    """Name of the event: `lead.created`."""
    description: str
    """Description for people."""
    payload: tuple[str, ...]
    """Names of the record's fields in a delivery."""

    @property
    def category(self) -> str:
        """The entity, which is the first part of the name."""
        return self.name.partition(".")[0]

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as the catalog operation sends it."""
        return {
            "event": self.name,
            "category": self.category,
            "description": self.description,
            "payload": list(self.payload),
        }


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "appointment": ("id", "title", "appointment_type", "start_time", "status", "client_id"),
    "client": ("id", "first_name", "last_name", "email", "client_type", "status"),
    "contact": ("id", "full_name", "email", "contact_type", "contact_status"),
    "escrow": ("id", "status", "property_address", "escrow_number"),
    "lead": ("id", "name", "email", "phone", "source", "status"),
    "listing": ("id", "address", "list_price", "status", "mls_number"),
}
_WITH_STATUS = ("appointment", "client", "escrow", "lead", "listing")


def _catalog() -> list[EventType]:
    events: list[EventType] = []
    for entity, fields in _FIELDS.items():
        article = "An" if entity[0] in "ae" else "A"
        events.append(EventType(f"{entity}.created", f"{article} {entity} was created", fields))
        events.append(EventType(f"{entity}.updated", f"{article} {entity} was changed", fields))
        events.append(EventType(f"{entity}.deleted", f"{article} {entity} was deleted", fields))
        if entity in _WITH_STATUS:
            description = f"{article} {entity} got another status"
            events.append(EventType(f"{entity}.status_changed", description, fields))
    lead = (*_FIELDS["lead"], "converted_to_client_id")
    events.append(EventType("lead.converted", "A lead was converted into a client", lead))
    return sorted(events, key=lambda event: event.name)


CATALOG: Mapping[str, EventType] = {event.name: event for event in _catalog()}


def payload(event: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record that a delivery of this event contains."""
    known = CATALOG.get(event)
    return {name: record.get(name) for name in known.payload} if known else dict(record)
