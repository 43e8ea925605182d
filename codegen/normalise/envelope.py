"""The envelope: what remains of a success schema once success, data and timestamp are taken off."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from ..document import Json, is_object
from .report import Report
from .schemas import Lowering

_ENVELOPE = {"success", "data", "timestamp", "message", "meta", "pagination", "error"}
_META = {"page", "limit", "total", "totalPages", "hasMore", "total_pages", "has_more"}
_META_NAMES = ("meta", "pagination")


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


def take_off(schema: Json, place: str, lowering: Lowering, report: Report) -> Payload:
    """The payload of a lowered success schema."""
    body = lowering.target(schema)
    properties: Json = body.get("properties", {})
    if "success" not in properties or not properties.keys() <= _ENVELOPE:
        return _payload(schema, [], properties, place, lowering, report)
    if "data" not in properties:
        return Payload("none", None)
    return _payload(properties["data"], ["data"], properties, place, lowering, report)


def _payload(
    schema: Json, unwrap: list[str], outer: Json, place: str, lowering: Lowering, report: Report
) -> Payload:
    data = lowering.target(schema)
    if data.get("type") == "array":
        extra = sorted(outer.keys() - {"success", "data", "timestamp", "message"} - {"meta"})
        meta = ["meta"] if unwrap and _is_meta(outer.get("meta"), lowering) else None
        kept = extra if meta or "meta" not in outer else [*extra, "meta"]
        return Payload("page", data["items"], unwrap, [], meta, kept)
    inside: Json = data.get("properties", {})
    arrays = [n for n, v in inside.items() if lowering.target(v).get("type") == "array"]
    meta_name = next((n for n in _META_NAMES if _is_meta(inside.get(n), lowering)), None)
    if meta_name:
        if len(arrays) != 1:
            report.refuse(
                place,
                f"{len(arrays)} arrays beside {meta_name!r}: it is not clear which is paged; patch "
                "the response in the overlay",
            )
            return Payload("none", None)
        extra = sorted(inside.keys() - {arrays[0], meta_name})
        items = lowering.target(inside[arrays[0]])["items"]
        return Payload("page", items, unwrap, arrays, [*unwrap, meta_name], extra, arrays[0])
    if len(inside) == 1 and unwrap:
        ((name, value),) = inside.items()
        if arrays:
            return Payload("page", lowering.target(value)["items"], unwrap, arrays, None, [], name)
        if lowering.target(value).get("properties"):
            return Payload("record", value, [*unwrap, name])
    return Payload("record", schema, unwrap)


def _is_meta(schema: Any, lowering: Lowering) -> bool:
    if not is_object(schema):
        return False
    return bool(_META & lowering.target(schema).get("properties", {}).keys() - {"total"})
