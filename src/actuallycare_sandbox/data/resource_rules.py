"""What is particular to each resource: first values, derived fields, references, event names.

A resource that is not in the table (one that the vendor adds) is served from its schema alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..json_value import Record
from ..spec.undocumented_rules import FROZEN_AFTER_CONVERSION


def _unchanged(record: Record) -> Record:
    return record


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of record.

    Attributes:
        name: what one is called: the subject of messages and of webhook events.
        initial: values of fields that a create request left out.
        references: fields that hold the id of a record of another kind.
        derive: fills fields that follow from others, after each write.
        tally: the field by whose values `stats` counts.
        sum: the field that `stats` adds up; None: nothing is.
    """

    name: str
    initial: Mapping[str, Any] = field(default_factory=dict[str, Any])
    references: Mapping[str, str] = field(default_factory=dict[str, str])
    derive: Callable[[Record], Record] = _unchanged
    tally: str = "status"
    sum: str | None = None


def _full_name(record: Record) -> Record:
    return record | {"full_name": f"{record['first_name']} {record['last_name']}"}


def _escrow_numbers(record: Record) -> Record:
    serial = str(record["id"]).replace("-", "").upper()[:8]
    return record | {
        "escrow_number": record.get("escrow_number") or f"SMP-{serial}",
        "display_id": record.get("display_id") or f"ESC-{serial}",
        "display_address": record.get("display_address") or record["property_address"],
    }


RESOURCES: Mapping[str, Resource] = {
    "listings": Resource("listing", {"status": "active"}, sum="list_price"),
    "clients": Resource("client", {"status": "active"}, {"lead_id": "leads"}),
    "leads": Resource("lead", {"status": "new"}, {"client_id": "clients"}, sum="budget"),
    "escrows": Resource(
        "escrow",
        {"status": "active", "is_archived": False},
        derive=_escrow_numbers,
        sum="purchase_price",
    ),
    "appointments": Resource("appointment", {"status": "scheduled"}, {"client_id": "clients"}),
    "contacts": Resource(
        "contact",
        {"contact_status": "active", "is_archived": False},
        derive=_full_name,
        tally="contact_status",
    ),
}


def resource(kind: str) -> Resource:
    """The resource of that kind; what the table does not know gets its singular for a name."""
    return RESOURCES.get(kind) or Resource(kind.replace("-", "_").removesuffix("s"))


def changeable(kind: str, record: Record, changes: Record) -> Record:
    """The changes that take effect: a converted lead keeps its source and timeline."""
    if kind == "leads" and record.get("converted_at"):
        return {k: v for k, v in changes.items() if k not in FROZEN_AFTER_CONVERSION}
    return changes
