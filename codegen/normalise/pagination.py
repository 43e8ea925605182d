"""Pagination: what is a page, where its paging facts lie, and how the next one is asked for."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from ..document import Json, is_object
from .schemas import Lowering

META_NAMES = ("meta", "pagination")
"""What vendors call the object of paging facts; the first one is ours."""

_META = {"page", "limit", "totalPages", "hasMore", "total_pages", "has_more"}


@frozen
class Payload:
    """What an operation gives, and where in the body it lies."""

    kind: str
    """`page`, `record` or `none`."""
    schema: Json | None
    """Of the payload; of one item, for a page."""
    unwrap: list[str] = field(factory=list[str])
    items: list[str] = field(factory=list[str])
    meta: list[str] | None = None
    extra: list[str] = field(factory=list[str])
    item_owner: str = ""
    """Wire name that an inline item is named after."""


def is_meta(schema: Any, lowering: Lowering) -> bool:
    """Whether a schema is an object of paging facts. A total alone is none: catalogs have one."""
    if not is_object(schema):
        return False
    return bool(_META & lowering.target(schema).get("properties", {}).keys())


def page_facts(payload: Payload, operation: Json) -> Json:
    """What the pager has to know of a list; nothing for other operations.

    `operation` has its references in place.
    """
    if payload.kind != "page":
        return {}
    query: Json = {
        node["name"]: node
        for node in operation["parameters"]
        if is_object(node) and node.get("in") == "query" and "name" in node
    }
    return {
        "items": payload.items,
        "meta": payload.meta,
        "extra": payload.extra,
        "paged": "page" in query,
        "page_size": _default(query.get("limit", {})),
    }


def _default(parameter: Json) -> int | None:
    schema: Json = parameter.get("schema") or {}
    default: Any = schema.get("default", parameter.get("default"))
    return default if isinstance(default, int) else None
