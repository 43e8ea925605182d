"""Fields of forms, and form bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from attrs import field, frozen

from ..json_value import is_object
from ..serialize import encode_query, json_text


@frozen
class FormBody:
    """An `application/x-www-form-urlencoded` body."""

    fields: Mapping[str, Any] = field(repr=False)

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        fields = {name: _form_value(value) for name, value in self.fields.items()}
        return encode_query(fields).encode(), "application/x-www-form-urlencoded"


def is_structured(value: Any) -> bool:
    """Whether a value is an object, or an array of objects. Forms have no syntax for these."""
    if isinstance(value, (list, tuple)):
        return any(map(is_structured, cast("list[Any]", value)))
    return is_object(value) or hasattr(value, "to_dict")


def _form_value(value: Any) -> Any:
    # An object is sent as JSON, OpenAPI's default for fields without an `encoding`.
    return json_text(value) if is_structured(value) else value
