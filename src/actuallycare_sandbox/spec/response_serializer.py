"""Serialize stored values: keep the documented names, at every depth, and drop all others."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..json_value import is_array, is_object
from .document import Document, Schema


class ResponseSerializer:
    """Reduces values to the fields of one schema, so that hashes and other internals stay inside.

    Created once for each operation. Serializers of nested schemas are created when first needed,
    because a schema may contain itself.
    """

    def __init__(self, document: Document, schema: Schema) -> None:
        self._document = document
        self._schema: Schema = document.resolve(schema)

    def serialize(self, value: Any) -> Any:
        """Return the documented part of a value; a free-form object unchanged."""
        if is_array(value):
            return [self._items.serialize(item) for item in value]
        if not is_object(value) or not self._fields:
            return value
        return {
            name: serializer.serialize(value[name])
            for name, serializer in self._fields.items()
            if name in value
        }

    @cached_property
    def _fields(self) -> dict[str, ResponseSerializer]:
        properties = self._document.properties(self._schema)
        return {
            name: ResponseSerializer(self._document, schema) for name, schema in properties.items()
        }

    @cached_property
    def _items(self) -> ResponseSerializer:
        return ResponseSerializer(self._document, self._schema.get("items", {}))
