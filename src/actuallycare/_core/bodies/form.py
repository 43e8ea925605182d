"""Form bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..scalars import UnsendableValue
from ..serialize import encode_query, format_json, is_structured


@frozen
class FormBody:
    """An `application/x-www-form-urlencoded` body.

    An object is sent as JSON, as OpenAPI defines it for fields without an `encoding` (3.0.3,
    Encoding Object).
    """

    fields: Mapping[str, Any] = field(repr=False)

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        fields = {name: _field(name, value) for name, value in self.fields.items()}
        return encode_query(fields).encode(), "application/x-www-form-urlencoded"

    def with_members(self, members: Mapping[str, Any]) -> FormBody:
        """Return this body with fields added or replaced."""
        return FormBody({**self.fields, **members})


def _field(name: str, value: Any) -> Any:
    if not is_structured(value):
        return value
    try:
        return format_json(value)
    except UnsendableValue as error:
        error.prepend(name)
        raise
