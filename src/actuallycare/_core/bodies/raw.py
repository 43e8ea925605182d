"""Bodies of any content type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from attrs import field, frozen


@frozen
class RawBody:
    """Bytes that are sent unchanged."""

    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        return self.content, self.content_type

    def with_members(self, members: Mapping[str, Any]) -> NoReturn:
        """Raise TypeError: bytes have no members."""
        raise TypeError("the body is bytes")
