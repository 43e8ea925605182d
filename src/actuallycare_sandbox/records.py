"""Records from request bodies, and what of a record the API shows. Pure; schemas decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .document import Document, Schema
from .json_value import is_array, is_object

Record = dict[str, Any]

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
    """A record as the item schema describes it.

    Args:
        document: the document that the schema belongs to.
        item: the schema of the record in responses.
        body: the validated request body; names that the record does not have are left out.
        given: what the server decides (id, timestamps, owner, first values); the body wins over it
            only for names that it may set at all, which is every name it was validated for.
    """
    properties = document.properties(item)
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
    """The part of an update that names fields of the record."""
    properties = document.properties(item)
    return {name: value for name, value in body.items() if name in properties}


def view(document: Document, schema: Schema, value: Any) -> Any:
    """What of a stored value is documented, at every depth; hashes and other inner fields stay."""
    if is_array(value):
        items = document.resolve(document.resolve(schema).get("items", {}))
        return [view(document, items, item) for item in value]
    properties = document.properties(schema)
    if not is_object(value) or not properties:
        return value
    return {
        name: view(document, properties[name], value[name]) for name in properties if name in value
    }
