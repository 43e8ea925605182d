"""What of a stored value the API shows: the documented names, at every depth, and no others."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..json_value import is_array, is_object
from .document import Document, Schema


class View:
    """Shows values as one schema describes them; hashes and other inner fields never leave.

    It is made once for each operation. The views inside are made when they are first needed, since
    a schema may contain itself.
    """

    def __init__(self, document: Document, schema: Schema) -> None:
        self._document = document
        self._schema: Schema = document.resolve(schema)

    def of(self, value: Any) -> Any:
        """The documented part of a value; a free-form object is shown as it is."""
        if is_array(value):
            return [self._items.of(item) for item in value]
        if not is_object(value) or not self._fields:
            return value
        return {name: view.of(value[name]) for name, view in self._fields.items() if name in value}

    @cached_property
    def _fields(self) -> dict[str, View]:
        properties = self._document.properties(self._schema)
        return {name: View(self._document, schema) for name, schema in properties.items()}

    @cached_property
    def _items(self) -> View:
        return View(self._document, self._schema.get("items", {}))
