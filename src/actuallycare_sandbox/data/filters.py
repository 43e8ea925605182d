"""Turn the filter parameters of a list into conditions on records.

Most filters have the name of the field that they compare; the table contains the others.
Source: docs.actuallycare.com/api/reference/<group>, "Parameters" of each list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .query import Condition, where

NOT_FILTERS = frozenset({"page", "limit", "sort", "order"})

_CONTACT_NAMES = ("full_name", "first_name", "last_name", "email")

_FILTERS: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("listings", "minPrice"): (("list_price",), "ge"),
    ("listings", "maxPrice"): (("list_price",), "le"),
    ("escrows", "search"): (("property_address", "display_address", "display_id"), "contains"),
    ("escrows", "minPrice"): (("purchase_price",), "ge"),
    ("escrows", "maxPrice"): (("purchase_price",), "le"),
    ("escrows", "closingDateStart"): (("closing_date",), "ge"),
    ("escrows", "closingDateEnd"): (("closing_date",), "le"),
    ("escrows", "archived"): (("is_archived",), "eq"),
    ("appointments", "start_date"): (("start_time",), "date_ge"),
    ("contacts", "search"): (_CONTACT_NAMES, "contains"),
    ("contacts", "role"): (("contact_type",), "eq"),
    ("contacts", "name"): (("full_name", "first_name", "last_name"), "contains"),
    ("contacts", "email"): (("email",), "contains"),
    ("contacts", "type"): (("contact_type",), "eq"),
    ("contacts", "archived"): (("is_archived",), "eq"),
}


def conditions(
    resource: str, query: Mapping[str, Any], fields: Mapping[str, Any]
) -> tuple[Condition, ...]:
    """Return the conditions of a query; filters that match no field of the record are ignored."""
    return tuple(
        condition
        for name, value in query.items()
        if name not in NOT_FILTERS
        for condition in _conditions(resource, name, value, fields)
    )


def _conditions(
    resource: str, name: str, value: Any, fields: Mapping[str, Any]
) -> tuple[Condition, ...]:
    if known := _FILTERS.get((resource, name)):
        return (Condition(known[0], known[1], value),)
    return (where(name, value),) if name in fields and not isinstance(value, list) else ()
