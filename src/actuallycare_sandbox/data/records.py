"""Records from request bodies. Pure; schemas decide."""

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
    document: Document, item: Schema, body: Mapping[str, Any], given: Mapping[str, Any]
) -> Record:
    """A record as the item schema describes it; all that is given, where it describes nothing.

    Args:
        document: the document that the schema belongs to.
        item: the schema of the record in responses.
        body: the validated request body; names that the record does not have are left out.
        given: what the server decides: id, timestamps, owner, first values. The body, which has
            only the names that the operation documents for it, wins.
    """
    properties = document.properties(item)
    if not properties:
        return {**given, **body}
    required = document.required(item)
    record: Record = {}
    for name, schema in properties.items():
        if name in body:
            record[name] = body[name]
        elif name in given:
            record[name] = given[name]
        elif schema.get("nullable") or "null" in schema.get("type", ""):
            record[name] = None
        elif name in required:
            record[name] = blank(schema)
    return record


def blank(schema: Schema) -> Any:
    """The plainest value of a required field that nobody gave."""
    if "default" in schema:
        return schema["default"]
    if schema.get("enum"):
        return schema["enum"][0]
    return schema.get("example", _EMPTY.get(str(schema.get("type")), {}))


def settable(document: Document, item: Schema, body: Mapping[str, Any]) -> Record:
    """The part of an update that names fields of the record, as far as these are described."""
    properties = document.properties(item) or body
    return {name: value for name, value in body.items() if name in properties}
