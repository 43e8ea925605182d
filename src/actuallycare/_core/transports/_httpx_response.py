"""What a response of httpx or httpx2 has: headers, a body, and a connection that may be idle."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio.lowlevel

from ..http import Headers, Response
from ._decompress import BadBody, BodyReader

if TYPE_CHECKING:
    import httpx


def read_headers(response: httpx.Response) -> Headers:
    """Return the headers of a response."""
    # `response.headers` decodes all of them to choose an encoding, and then each once more.
    return Headers((_text(name), _text(value)) for name, value in response.headers.raw)


def _text(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")  # RFC 9110 section 5.5


def is_idle(response: httpx.Response, tls: ssl.SSLObject | None) -> bool:
    """Return whether the connection of a closed response has nothing unread and may be used again.

    An HTTP/2 connection may always. With HTTP/1.1, bytes after the response stay in the buffer of
    h11, which would read them as the response to the next request. There is no public access to
    it. Where it is not found, the result is False: closing costs time but is safe.
    """
    if response.http_version == "HTTP/2":
        return True
    connection = connection_of(response)
    parser: Any = getattr(connection, "_h11_state", None)
    if parser is None or not connection.is_idle() or parser.trailing_data[0]:
        return False
    return tls is None or not _has_unread_data(tls)


def tls_layer(response: httpx.Response) -> ssl.SSLObject | None:
    """Return the TLS layer of the connection; None if it has none."""
    tls: ssl.SSLObject | None = response.extensions["network_stream"].get_extra_info("ssl_object")
    return tls


def status_response(response: httpx.Response, limit: int | None) -> Response:
    """Return a response whose body a hook may have read; it is closed, so without it otherwise."""
    body = BodyReader({}, limit)
    if response.is_stream_consumed:
        body.add(response.content)
    return Response(response.status_code, read_headers(response), body.getvalue())


def connection_of(response: httpx.Response) -> Any:
    """Return the connection inside httpcore; None for a mock, which has none."""
    stream: Any = response.stream
    for name in ("_stream", "_httpcore_stream", "_stream"):  # the first is around those of clients
        stream = getattr(stream, name, stream)
    return getattr(stream, "_connection", None)


def _has_unread_data(tls: ssl.SSLObject) -> bool:
    """Return whether more has been received than was read (one read takes one TLS record)."""
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        return True
    return True  # data, or the end of the connection


_CHUNKS_AT_ONCE = 200
"""Chunks to read before other tasks may run. One read of a socket can have 10,000 tiny ones."""


async def read_body(response: httpx.Response, headers: Headers, limit: int | None) -> BodyReader:
    """Return the decompressed body, or its beginning up to the limit."""
    if response.is_stream_consumed:  # an event hook of the caller's client has read it, or a mock
        body = BodyReader({}, limit)
        body.add(response.content)
        return body
    body = BodyReader(headers, limit)
    chunks = response.aiter_raw()
    count = 0
    try:
        async for chunk in chunks:
            count += 1
            if count % _CHUNKS_AT_ONCE == 0:
                await anyio.lowlevel.checkpoint()
            if body.add(chunk):
                await _discard_stream(response, chunks)
                return body
    except BadBody:
        await _discard_stream(response, chunks)
        raise
    return body


async def _discard_stream(response: httpx.Response, chunks: AsyncIterator[bytes]) -> None:
    """Close the connection under a body that is not read to its end."""
    await response.aclose()
    # httpx nests async generators, and closing the outer one leaves the others to the garbage
    # collector, of which trio complains. Reading from what is closed ends each of them.
    with suppress(Exception):
        async for _ in chunks:
            pass
