"""The envelope: what remains of a success schema once success, data and timestamp are taken off."""

from __future__ import annotations

from ..document import Json
from .pagination import META_NAMES, Payload, is_meta
from .report import Report
from .schemas import Lowering

_ENVELOPE = {"success", "data", "timestamp", "message", "meta", "pagination", "error"}


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
        meta = ["meta"] if unwrap and is_meta(outer.get("meta"), lowering) else None
        kept = extra if meta or "meta" not in outer else [*extra, "meta"]
        return Payload("page", data["items"], unwrap, [], meta, kept)
    inside: Json = data.get("properties", {})
    arrays = [n for n, v in inside.items() if lowering.target(v).get("type") == "array"]
    meta_name = next((n for n in META_NAMES if is_meta(inside.get(n), lowering)), None)
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
