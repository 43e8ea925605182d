"""Bodies of any content type."""

from __future__ import annotations

from attrs import field, frozen


@frozen
class RawBody:
    """Bytes that are sent unchanged."""

    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        return self.content, self.content_type
