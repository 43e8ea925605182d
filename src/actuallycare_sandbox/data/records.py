"""Build records from request bodies, as their schemas describe. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..json_value import Record
from ..spec.document import Document, Schema

_EMPTY: Mapping[str, Any] = {
    "array": [],
    "boolean": False,
    "integer": 0,
    "number": 0,
    "object": {},
    "string": "",
}


def new_record(
    document: Document, item: Schema, body: Mapping[str, Any], defaults: Mapping[str, Any]
) -> Record:
    """Return a new record with the fields of its schema; with all values if it has no fields.

    Args:
        document: the document that the schema belongs to.
        item: the schema of the record in responses.
        body: the validated request body; names that the record does not have are left out.
        defaults: values set by the server: id, timestamps, owner, initial values. The body takes
            precedence; it contains only documented names.
    """
    properties = document.properties(item)
    if not properties:
        return {**defaults, **body}
    required = document.required(item)
    record: Record = {}
    for name, schema in properties.items():
        if name in body:
            record[name] = body[name]
        elif name in defaults:
            record[name] = defaults[name]
        elif schema.get("nullable") or "null" in schema.get("type", ""):
            record[name] = None
        elif name in required:
            record[name] = placeholder(schema)
    return record


def placeholder(schema: Schema) -> Any:
    """Return a valid value for a required field that has none."""
    if "default" in schema:
        return schema["default"]
    if schema.get("enum"):
        return schema["enum"][0]
    return schema.get("example", _EMPTY.get(str(schema.get("type")), {}))


def settable(document: Document, item: Schema, body: Mapping[str, Any]) -> Record:
    """Return the part of an update that names fields of the record; all of it if none are known."""
    properties = document.properties(item) or body
    return {name: value for name, value in body.items() if name in properties}
