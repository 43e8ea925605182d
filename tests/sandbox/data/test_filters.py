"""Filters of lists."""

from __future__ import annotations

from actuallycare_sandbox.data.filters import conditions
from actuallycare_sandbox.data.query import Condition, where


def test_convert_filters_to_conditions() -> None:
    query = {"status": "active", "minPrice": 5, "page": 2, "limit": 3, "unknown": 1, "tags": ["a"]}
    fields = {"status": {}, "tags": {}}
    assert conditions("listings", query, fields) == (
        where("status", "active"),
        Condition(("list_price",), "ge", 5),
    )
