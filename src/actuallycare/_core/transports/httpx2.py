"""Transport over httpx2, the maintained continuation of httpx (extra `httpx2`)."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx2

from ._errors import check_client
from ._httpx_base import HttpxLikeTransport, PooledRequests, RequestStream


class _RequestStream(RequestStream, httpx2.AsyncByteStream):
    pass


class _PooledRequests(PooledRequests, httpx2.AsyncBaseTransport):
    pass


class Httpx2Transport(HttpxLikeTransport):
    """Sends over httpx2.

    Args:
        client: your `httpx2.AsyncClient`, which you close; default: its own connections.
        http2: use HTTP/2 if the server supports it (needs `pip install 'httpx2[http2]'`); for
            its own connections.
    """

    _lib: ClassVar[Any] = httpx2
    _request_stream: ClassVar[type[RequestStream]] = _RequestStream
    _pooled_requests: ClassVar[type[PooledRequests]] = _PooledRequests

    def __init__(self, client: httpx2.AsyncClient | None = None, *, http2: bool = False) -> None:
        check_client("client", client, httpx2.AsyncClient)
        super().__init__(client, http2=http2)
