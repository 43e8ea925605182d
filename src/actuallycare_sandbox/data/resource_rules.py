"""Rules of each resource: initial values, derived fields, references and event names.

A resource that is not in the table, such as one added by the vendor, is served from its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from ..json_value import Record
from ..spec.undocumented_rules import FROZEN_AFTER_CONVERSION


def _unchanged(record: Record) -> Record:
    return record


@frozen
class ResourceRules:
    """The rules of one kind of record."""

    name: str
    """Singular name, used in messages and webhook events."""
    initial: Mapping[str, Any] = field(factory=dict[str, Any])
    """Initial values of fields that a create request leaves out."""
    references: Mapping[str, str] = field(factory=dict[str, str])
    """Fields that contain the id of another record, with the kind of that record."""
    derive: Callable[[Record], Record] = _unchanged
    """Computes the fields that depend on others, after each write."""
    count_by: str = "status"
    """Field by whose values `stats` counts records."""
    sum: str | None = None
    """Field that `stats` adds up; None if there is none."""
    alternate_id: str | None = None
    """Field whose value names a record in a path as its id does; None if there is none."""


def _full_name(record: Record) -> Record:
    return record | {"full_name": f"{record['first_name']} {record['last_name']}"}


def _escrow_numbers(record: Record) -> Record:
    record = {name: value for name, value in record.items() if name != "escrow_status"}
    serial = str(record["id"]).replace("-", "").upper()[:8]
    return record | {
        "escrow_number": record.get("escrow_number") or f"SMP-{serial}",
        "display_id": record.get("display_id") or f"ESC-{serial}",
        "display_address": record.get("display_address") or record["property_address"],
    }


RESOURCE_RULES: Mapping[str, ResourceRules] = {
    "listings": ResourceRules("listing", {"status": "active"}, sum="list_price"),
    "clients": ResourceRules("client", {"status": "active"}, {"lead_id": "leads"}),
    "leads": ResourceRules(
        "lead", {"status": "new"}, {"converted_to_client_id": "clients"}, sum="budget"
    ),
    "escrows": ResourceRules(
        "escrow",
        {"status": "active", "is_archived": False},
        derive=_escrow_numbers,
        alternate_id="display_id",
        sum="purchase_price",
    ),
    "appointments": ResourceRules("appointment", {"status": "scheduled"}, {"client_id": "clients"}),
    "contacts": ResourceRules(
        "contact",
        {"contact_status": "active", "is_archived": False},
        derive=_full_name,
        count_by="contact_status",
    ),
}


def rules_for(kind: str) -> ResourceRules:
    """Return the rules of a kind; an unknown kind has only a name."""
    return RESOURCE_RULES.get(kind) or ResourceRules(kind.replace("-", "_").removesuffix("s"))


def changeable(kind: str, record: Record, changes: Record) -> Record:
    """Return the changes that are allowed: a converted lead keeps its source and timeline.

    `escrow_status` is another name of an escrow's `status`.
    """
    if kind == "escrows" and "escrow_status" in changes:
        changes = {"status": changes["escrow_status"]} | changes
    if kind == "leads" and record.get("converted_at"):
        return {k: v for k, v in changes.items() if k not in FROZEN_AFTER_CONVERSION}
    return changes
