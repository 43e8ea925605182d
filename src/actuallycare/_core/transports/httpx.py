"""Transport over httpx, the default."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx

from ._errors import check_client
from ._httpx_base import HttpxLikeTransport, PooledRequests, RequestStream


class _RequestStream(RequestStream, httpx.AsyncByteStream):
    pass


class _PooledRequests(PooledRequests, httpx.AsyncBaseTransport):
    pass


class HttpxTransport(HttpxLikeTransport):
    """Sends over httpx.

    Args:
        client: your `httpx.AsyncClient`, which you close; default: its own connections.
        http2: use HTTP/2 if the server supports it (needs `pip install 'httpx[http2]'`); for
            its own connections.
    """

    _lib: ClassVar[Any] = httpx
    _request_stream: ClassVar[type[RequestStream]] = _RequestStream
    _pooled_requests: ClassVar[type[PooledRequests]] = _PooledRequests

    def __init__(self, client: httpx.AsyncClient | None = None, *, http2: bool = False) -> None:
        check_client("client", client, httpx.AsyncClient)
        super().__init__(client, http2=http2)
