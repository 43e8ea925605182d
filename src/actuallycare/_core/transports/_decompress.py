"""The body of a response, inflated piece by piece up to a limit. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Mapping


class BadBody(Exception):
    """The body is not what its headers say."""


class Body:
    """Takes the pieces of a body as they arrive."""

    __slots__ = ("_gzip", "_limit", "_pieces", "_size", "over")

    def __init__(self, headers: Mapping[str, str], limit: int | None) -> None:
        encoding = headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip"):
            raise BadBody(f"the body is encoded as {encoding!r}, gzip was asked for")
        self._gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        self._limit, self._size = limit, 0
        self._pieces: list[bytes] = []
        self.over = False
        """Whether more has come than the limit allows; the rest need not be read."""

    def add(self, piece: bytes) -> bool:
        """Take one piece; whether the limit is passed."""
        limit = self._limit
        if self._gzip is not None:
            # A limit of 0 is none to zlib.
            room = 0 if limit is None else limit - self._size + 1
            try:
                piece = self._gzip.decompress(piece, room)
            except zlib.error as error:
                raise BadBody(f"the body is not gzip: {error}") from None
        self._pieces.append(piece)
        self._size += len(piece)
        self.over = limit is not None and self._size > limit
        return self.over

    def whole(self) -> bytes:
        """All of it, or up to one byte over the limit; BadBody when it is cut short."""
        if self._gzip is not None and self._size and not self.over and not self._gzip.eof:
            raise BadBody("the gzip body is cut short")
        content = b"".join(self._pieces)
        return content[: self._limit + 1] if self.over and self._limit is not None else content
