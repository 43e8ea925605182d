"""Read the body of a response: decompress it piece by piece, up to a limit. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

_OVERHEAD = 1024
"""Bytes by which a compressed body may be longer than its content, besides one in a hundred."""
_MAX_MEMBERS = 4096
"""gzip members of one body (RFC 1952 section 2.2): an empty one has 20 bytes and no content."""


class BadBody(Exception):
    """The body does not match its headers."""


class BodyReader:
    """Collects the pieces of a body as they arrive.

    The limit applies to the content, and so to all that is held in memory. It applies to the
    compressed bytes as well, because these may have no content at all.
    """

    __slots__ = ("_content", "_gzip", "_limit", "_members", "_received", "over")

    def __init__(self, headers: Mapping[str, str], limit: int | None) -> None:
        encoding = headers.get("Content-Encoding", "").strip().lower() or "identity"
        if encoding not in ("identity", "gzip", "x-gzip"):
            raise BadBody(f"the body is encoded as {encoding!r}, gzip was requested")
        self._gzip = None if encoding == "identity" else _decompressor()
        self._members = 1
        self._limit = limit
        self._received = 0
        # One buffer: an object for each piece takes 50 bytes, and pieces can have 2 bytes.
        self._content = BytesIO()
        self.over = False
        """Whether the body is longer than the limit. The rest need not be read."""

    def add(self, piece: bytes) -> bool:
        """Add one piece; return whether the body is now longer than the limit."""
        self._received += len(piece)
        limit = self._limit
        if self._gzip is None:
            self._append(piece)
        elif limit is not None and self._received > limit + limit // 100 + _OVERHEAD:
            self.over = True
        else:
            self._decompress(piece)
        return self.over

    def getvalue(self) -> bytes:
        """Return the body, cut to one byte more than the limit; BadBody if it is incomplete."""
        if self._gzip is not None and self._received and not self.over and not self._gzip.eof:
            raise BadBody("the gzip body is cut short")
        content = self._content.getvalue()
        return content[: self._limit + 1] if self.over and self._limit is not None else content

    def _append(self, content: bytes) -> None:
        self._content.write(content)
        self.over = self._limit is not None and self._content.tell() > self._limit

    def _decompress(self, piece: bytes) -> None:
        assert self._gzip is not None
        while piece and not self.over:
            if self._gzip.eof:
                if self._limit is not None and self._members == _MAX_MEMBERS:
                    # As a body beyond the limit, however the network cuts it into pieces.
                    self.over = True
                    return
                self._start_member(piece)
            # To zlib, 0 means no limit.
            max_length = 0 if self._limit is None else self._limit - self._content.tell() + 1
            try:
                content = self._gzip.decompress(piece, max_length)
            except zlib.error as error:
                raise BadBody(f"the body is not gzip: {error}") from None
            self._append(content)
            piece = self._gzip.unused_data

    def _start_member(self, piece: bytes) -> None:
        if not piece.startswith(b"\x1f") or self._members == _MAX_MEMBERS:
            raise BadBody("there is data after the gzip body")
        self._members += 1
        self._gzip = _decompressor()


def _decompressor() -> Any:  # zlib does not export its class
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
