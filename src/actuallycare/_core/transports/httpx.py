"""Transport over httpx, the default."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx

from ._httpx_base import FamilyTransport, SentBody


class _Body(SentBody, httpx.AsyncByteStream):
    pass


class HttpxTransport(FamilyTransport):
    """Sends over httpx.

    Args:
        client: an `httpx.AsyncClient` of yours, which you close; default: connections of its own.
        http2: speak HTTP/2 where the server does (needs `pip install 'httpx[http2]'`); for
            connections of its own.
    """

    _lib: ClassVar[Any] = httpx
    _body: ClassVar[type[SentBody]] = _Body

    def __init__(self, client: httpx.AsyncClient | None = None, *, http2: bool = False) -> None:
        super().__init__(client, http2=http2)
