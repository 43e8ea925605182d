"""Form bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..serialize import encode_query


@frozen
class FormBody:
    """An `application/x-www-form-urlencoded` body."""

    fields: Mapping[str, Any] = field(repr=False)

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        return encode_query(self.fields).encode(), "application/x-www-form-urlencoded"
