"""Read the body of a response: decompress it piece by piece, up to a limit. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Mapping


class BadBody(Exception):
    """The body does not match its headers."""


class BodyReader:
    """Collects the pieces of a body as they arrive."""

    __slots__ = ("_gzip", "_limit", "_pieces", "_size", "over")

    def __init__(self, headers: Mapping[str, str], limit: int | None) -> None:
        encoding = headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip"):
            raise BadBody(f"the body is encoded as {encoding!r}, gzip was requested")
        self._gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        self._limit = limit
        self._size = 0
        self._pieces: list[bytes] = []
        self.over = False
        """Whether the body is longer than the limit. The rest need not be read."""

    def add(self, piece: bytes) -> bool:
        """Add one piece; return whether the body is now longer than the limit."""
        limit = self._limit
        if self._gzip is not None:
            # To zlib, 0 means no limit.
            max_length = 0 if limit is None else limit - self._size + 1
            try:
                piece = self._gzip.decompress(piece, max_length)
            except zlib.error as error:
                raise BadBody(f"the body is not gzip: {error}") from None
        self._pieces.append(piece)
        self._size += len(piece)
        self.over = limit is not None and self._size > limit
        return self.over

    def getvalue(self) -> bytes:
        """Return the body, cut to one byte more than the limit; BadBody if it is incomplete."""
        if self._gzip is not None and self._size and not self.over and not self._gzip.eof:
            raise BadBody("the gzip body is cut short")
        content = b"".join(self._pieces)
        return content[: self._limit + 1] if self.over and self._limit is not None else content
