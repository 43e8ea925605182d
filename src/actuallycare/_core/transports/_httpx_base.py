"""What httpx and httpx2, its continuation, have in common: all but their names."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import lru_cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.request import getproxies

import anyio

from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..http import Headers, Request, Response
from ._decompress import BadBody, BodyReader
from ._errors import bad_url, too_large
from ._timeouts import CONNECT_TIMEOUT, CONNECT_TIMEOUT_FRACTION
from .pool import KEEP_ALIVE, ConnectionPool

if TYPE_CHECKING:
    import httpx


_OnEvent = Callable[[str, dict[str, Any]], Awaitable[None]]


class RequestStream:
    """A body to send.

    The one of httpx is an async generator. When a request is cancelled before its body was sent, it
    is left open, and trio warns about that.
    """

    def __init__(self, content: bytes | None) -> None:
        self._parts = iter(() if content is None else (content,))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        for part in self._parts:
            return part
        raise StopAsyncIteration


class HttpxLikeTransport:
    """Sends over an `AsyncClient` that the caller created and closes, or over its own connections.

    A caller's client keeps its settings: proxies, TLS, event hooks, default headers and cookies.
    Without one, requests go to the library's transports, one for each request in flight. The
    library's own pool scans all its connections several times a request, and a cancelled call can
    leave it with a connection that it neither uses nor removes (see `ConnectionPool`).
    """

    _lib: ClassVar[Any]
    """The library: `httpx` or `httpx2`."""
    _request_stream: ClassVar[type[RequestStream]]

    def __init__(self, client: Any = None, *, http2: bool = False) -> None:
        self._client: httpx.AsyncClient | None = client
        self._pool: ConnectionPool | None = None
        if client is None:
            # Requests share an HTTP/2 connection.
            self._pool = ConnectionPool(_connector(self._lib, http2=http2), shared=http2)

    async def send(self, request: Request) -> Response:
        """Send `request` and return its response."""
        if self._client is not None and self._client.is_closed:
            raise ConfigurationError(
                "The http_client is closed: close it after the last call of the client it was "
                "passed to."
            )
        lib = self._lib
        failure: ActuallyCareError
        try:
            if self._pool is not None:
                response, body = await self._exchange_pooled(request, self._pool)
            else:
                response, body = await self._exchange(request, self._client)
            content = body.getvalue()
        except (lib.InvalidURL, UnicodeError) as error:
            failure = bad_url(request, error)
        except (lib.HTTPError, lib.StreamError, BadBody, OSError) as error:
            failure = self._translate(error, request)
        except anyio.get_cancelled_exc_class() as cancelled:
            # Tracebacks with locals, as error trackers write them, would show the credential in
            # the frames of httpx.
            raise cancelled.with_traceback(None) from None
        else:
            # For an error the beginning of the body is enough.
            if not body.over or not response.is_success:
                return Response(
                    response.status_code, Headers(response.headers.multi_items()), content
                )
            failure = too_large(request)
        # Raised outside the handler: httpx's error references the request with its credential.
        raise failure

    async def _exchange_pooled(
        self, request: Request, pool: ConnectionPool
    ) -> tuple[httpx.Response, BodyReader]:
        """Send over a connection of the pool, which takes it back only when it is idle."""
        await pool.close_expired()
        connection = pool.acquire()
        try:
            response, body = await self._exchange(request, connection.opener, connection.on_event)
        except GeneratorExit:  # the coroutine is being closed and must not await any more
            pool.discard(connection)
            raise
        except BaseException:
            pool.discard(connection)
            await pool.close_expired()
            raise
        if body.over or not _is_idle(response):
            pool.discard(connection)
            await pool.close_expired()
        else:
            pool.release(connection)
        return response, body

    async def _exchange(
        self, request: Request, opener: Any, on_event: _OnEvent | None = None
    ) -> tuple[httpx.Response, BodyReader]:
        """Send over a client or transport of the library, and read the response."""
        response = await self._open(request, opener, on_event)
        try:
            return response, await _read(response, request.max_bytes)
        finally:
            await response.aclose()

    async def _open(
        self, request: Request, opener: Any, on_event: _OnEvent | None
    ) -> httpx.Response:
        """Send the request; the response with its body still to be read."""
        is_client = isinstance(opener, self._lib.AsyncClient)
        make = opener.build_request if is_client else self._lib.Request
        built: httpx.Request = make(
            request.method,
            request.url,
            # Only gzip, which can be decompressed piece by piece up to a limit.
            headers={"Accept-Encoding": "gzip", **request.wire_headers()},
            content=request.content,
            extensions={"timeout": _timeouts(request.timeout)},
        )
        if on_event is not None:
            built.extensions["trace"] = on_event
        body: Any = self._request_stream(request.content)
        built.stream = body
        response: httpx.Response
        if is_client:
            # Whatever the caller's client has, credentials come from the SDK.
            response = await opener.send(built, stream=True, auth=None, follow_redirects=False)
        else:
            response = await opener.handle_async_request(built)
        return response

    async def aclose(self) -> None:
        """Close the connections, unless they are those of the caller's client."""
        if self._pool is not None:
            await self._pool.aclose()

    def _translate(self, error: Exception, request: Request) -> APIConnectionError:
        lib = self._lib
        never_sent = (
            lib.ConnectError,
            lib.ConnectTimeout,
            lib.PoolTimeout,
            lib.ProxyError,
            lib.UnsupportedProtocol,
            lib.LocalProtocolError,
        )
        cls = APITimeoutError if isinstance(error, lib.TimeoutException) else APIConnectionError
        message = f"{type(error).__name__}: {error}".removesuffix(": ")
        return cls(message, request=request.without_auth(), sent=not isinstance(error, never_sent))


def _connector(lib: Any, *, http2: bool) -> Callable[[], Any]:
    """Return what makes a new connection: a transport, or a client where only that will do."""
    # Reading the certificates takes as long as a hundred requests, so do it once, in advance.
    tls = lib.create_ssl_context()
    limits = lib.Limits(max_connections=1, keepalive_expiry=KEEP_ALIVE)
    if not http2 and not getproxies():
        return partial(lib.AsyncHTTPTransport, verify=tls, limits=limits)
    # Only clients choose among the proxies of the environment. The API authenticates by header:
    # cookies would use one login's session in the calls of another, and the jar would grow.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    if http2:  # a server without HTTP/2 needs more connections than one
        return partial(lib.AsyncClient, verify=tls, cookies=cookies, http2=True)
    return partial(lib.AsyncClient, verify=tls, cookies=cookies, limits=limits)


def _is_idle(response: httpx.Response) -> bool:
    """Return whether the connection of a closed response has nothing unread and may be used again.

    An HTTP/2 connection may always. With HTTP/1.1, bytes after the response stay in the buffer of
    h11, which would read them as the response to the next request. There is no public access to
    it. Where it is not found, the result is False: closing costs time but is safe.
    """
    if response.http_version == "HTTP/2":
        return True
    stream: Any = response.stream
    for name in ("_stream", "_httpcore_stream", "_stream"):  # the first is around those of clients
        stream = getattr(stream, name, stream)
    connection: Any = getattr(stream, "_connection", None)
    parser: Any = getattr(connection, "_h11_state", None)
    if parser is None or not connection.is_idle() or parser.trailing_data[0]:
        return False
    tls = response.extensions["network_stream"].get_extra_info("ssl_object")
    return tls is None or not _has_unread_data(tls)


def _has_unread_data(tls: ssl.SSLObject) -> bool:
    """Return whether more has been received than was read (one read takes one TLS record)."""
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        return True
    return True  # data, or the end of the connection


async def _read(response: httpx.Response, limit: int | None) -> BodyReader:
    """The decompressed body, or its beginning up to the limit."""
    if response.is_stream_consumed:  # an event hook of the caller's client has read it, or a mock
        body = BodyReader({}, limit)
        body.add(response.content)
        return body
    body = BodyReader(response.headers, limit)
    chunks = response.aiter_raw()
    try:
        async for chunk in chunks:
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


@lru_cache(maxsize=64)
def _timeouts(seconds: float | None) -> dict[str, float | None]:
    if seconds is None:
        return {"connect": CONNECT_TIMEOUT, "read": None, "write": None, "pool": None}
    connect_limit = seconds * CONNECT_TIMEOUT_FRACTION
    return {
        "connect": min(CONNECT_TIMEOUT, connect_limit),
        "read": seconds,
        "write": seconds,
        "pool": connect_limit,
    }
