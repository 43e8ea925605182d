"""Transport over httpx2, the maintained continuation of httpx (extra `httpx2`)."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx2

from ._httpx_base import FamilyTransport, SentBody


class _Body(SentBody, httpx2.AsyncByteStream):
    pass


class Httpx2Transport(FamilyTransport):
    """Sends over httpx2.

    Args:
        client: an `httpx2.AsyncClient` of yours, which you close; default: connections of its own.
        http2: speak HTTP/2 where the server does (needs `pip install 'httpx2[http2]'`); for
            connections of its own.
    """

    _lib: ClassVar[Any] = httpx2
    _body: ClassVar[type[SentBody]] = _Body

    def __init__(self, client: httpx2.AsyncClient | None = None, *, http2: bool = False) -> None:
        super().__init__(client, http2=http2)
