"""Read the layout of an operation's success response from its schema.

The vendor's envelope has exceptions (bare arrays, `meta` at the top level, aggregates beside the
records, no timestamp), so the layout is read for each operation and never assumed.
"""

from __future__ import annotations

from attrs import frozen

from .document import Document, OperationSpec, Schema


@frozen
class ResponseLayout:
    """The documented form of a success response."""

    key: str | None
    """Name of the record or records inside `data`; None if `data` itself is the payload."""
    many: bool
    """Whether the payload is an array."""
    item: Schema
    """Schema of one record."""
    meta: str | None
    """Location of the page description: `data`, `top`, or None."""
    extras: tuple[str, ...]
    """Documented names beside the records, such as `stats` and `cursors`."""
    top: frozenset[str] | None
    """Documented names at the top level; None if the response has no JSON body."""


def response_layout(document: Document, operation: OperationSpec) -> ResponseLayout:
    """Return the layout of an operation's success response."""
    schema = operation.success_schema
    if schema is None:
        return ResponseLayout(None, many=False, item={}, meta=None, extras=(), top=None)
    top = document.properties(schema)
    data = top.get("data", {})
    names = frozenset(top)
    if data.get("type") == "array":
        meta = "top" if "meta" in top else None
        item = document.resolve(data.get("items", {}))
        return ResponseLayout(None, many=True, item=item, meta=meta, extras=(), top=names)
    inner = document.properties(data)
    arrays = [name for name, schema in inner.items() if schema.get("type") == "array"]
    if "meta" in inner and len(arrays) >= 1:
        key = next((a for a in arrays if a == collection(operation.path)), arrays[0])
        extras = tuple(name for name in inner if name not in (key, "meta"))
        item = document.resolve(inner[key].get("items", {}))
        return ResponseLayout(key, many=True, item=item, meta="data", extras=extras, top=names)
    if operation.method != "DELETE" and len(inner) == 1:
        [(key, schema)] = inner.items()
        if document.properties(schema):
            return ResponseLayout(key, many=False, item=schema, meta=None, extras=(), top=names)
    return ResponseLayout(None, many=False, item=data, meta=None, extras=(), top=names)


def collection(path: str) -> str:
    """Return the resource of a path: its last part that is not a parameter."""
    return next((p for p in reversed(path.split("/")) if p and not p.startswith("{")), "")
