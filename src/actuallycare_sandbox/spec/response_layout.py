"""How an operation wraps its payload, read from its documented success response.

The vendor's envelope is regular but for its exceptions (bare arrays, `meta` at the top, further
aggregates beside the records, no timestamp), so it is read for each operation, not assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

from .document import Document, Operation, Schema


@dataclass(frozen=True, slots=True)
class Shape:
    """The documented form of a success response.

    Attributes:
        key: the name under `data` of the records or the record; None: `data` is the payload.
        many: the payload is an array.
        item: the schema of one record.
        meta: where the page description stands: "data", "top", or nowhere.
        extras: documented names beside the records, such as stats and cursors.
        top: documented names of the body itself; None: the response has no JSON body.
    """

    key: str | None
    many: bool
    item: Schema
    meta: str | None
    extras: tuple[str, ...]
    top: frozenset[str] | None


def of(document: Document, operation: Operation) -> Shape:
    """Read the shape of an operation."""
    schema = operation.success_schema
    if schema is None:
        return Shape(None, many=False, item={}, meta=None, extras=(), top=None)
    top = document.properties(schema)
    data = top.get("data", {})
    names = frozenset(top)
    if data.get("type") == "array":
        meta = "top" if "meta" in top else None
        item = document.resolve(data.get("items", {}))
        return Shape(None, many=True, item=item, meta=meta, extras=(), top=names)
    inner = document.properties(data)
    arrays = [name for name, schema in inner.items() if schema.get("type") == "array"]
    if "meta" in inner and len(arrays) >= 1:
        key = next((a for a in arrays if a == collection(operation.path)), arrays[0])
        extras = tuple(name for name in inner if name not in (key, "meta"))
        item = document.resolve(inner[key].get("items", {}))
        return Shape(key, many=True, item=item, meta="data", extras=extras, top=names)
    if operation.method != "DELETE" and len(inner) == 1:
        [(key, schema)] = inner.items()
        if document.properties(schema):
            return Shape(key, many=False, item=schema, meta=None, extras=(), top=names)
    return Shape(None, many=False, item=data, meta=None, extras=(), top=names)


def collection(path: str) -> str:
    """The resource a path belongs to: the last part that is no parameter."""
    return next((p for p in reversed(path.split("/")) if p and not p.startswith("{")), "")
