"""The events that the sandbox fires, and the fields their deliveries carry.

The vendor's catalog has about 150 events in 27 categories (concepts/webhooks); two of them are
published with their fields, and the rest follow their pattern `entity.action`. The sandbox lists
only what it does fire; a subscription may name any event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALL = "all"
"""A subscription to every event."""


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event; `payload` names the fields of the record that a delivery carries."""

    name: str
    description: str
    payload: tuple[str, ...]

    @property
    def category(self) -> str:
        """The entity."""
        return self.name.partition(".")[0]

    def described(self) -> dict[str, Any]:
        """The catalog's entry."""
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


def _catalog() -> list[Event]:
    events: list[Event] = []
    for entity, fields in _FIELDS.items():
        article = "An" if entity[0] in "ae" else "A"
        events.append(Event(f"{entity}.created", f"{article} {entity} was created", fields))
        events.append(Event(f"{entity}.updated", f"{article} {entity} was changed", fields))
        events.append(Event(f"{entity}.deleted", f"{article} {entity} was deleted", fields))
        if entity in _WITH_STATUS:
            said = f"{article} {entity} got another status"
            events.append(Event(f"{entity}.status_changed", said, fields))
    lead = (*_FIELDS["lead"], "client_id")
    events.append(Event("lead.converted", "A lead was converted into a client", lead))
    return sorted(events, key=lambda event: event.name)


CATALOG: Mapping[str, Event] = {event.name: event for event in _catalog()}


def payload(event: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """What a delivery tells of a record."""
    known = CATALOG.get(event)
    return {name: record.get(name) for name in known.payload} if known else dict(record)
