"""What httpx and httpx2, its continuation, have in common: all but their names."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.request import getproxies

import anyio

from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..http import Headers, Request, Response
from ._decompress import BadBody, Body
from ._errors import bad_url, too_large
from ._timeouts import CONNECT_TIMEOUT, UNSENT_SHARE
from .pool import KEEP_ALIVE, ConnectionPool

if TYPE_CHECKING:
    import httpx


_OnEvent = Callable[[str, dict[str, Any]], Awaitable[None]]


class SentBody:
    """A body to send. httpx's own is an async generator, of which trio complains when a request is
    cancelled before it has been sent whole."""

    def __init__(self, content: bytes | None) -> None:
        self._parts = iter(() if content is None else (content,))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        for part in self._parts:
            return part
        raise StopAsyncIteration


class FamilyTransport:
    """Sends over an `AsyncClient` that the caller made and closes; or over its own connections.

    A caller's client keeps its settings: proxies, TLS, event hooks, default headers and cookies.
    Without one, requests go to the library's transports, one for each request in flight. The
    library's own pool scans all its connections several times a request, and a cancelled call can
    leave it with a connection that it neither uses nor removes (see `ConnectionPool`).
    """

    _lib: ClassVar[Any]
    """The library: `httpx` or `httpx2`."""
    _body: ClassVar[type[SentBody]]

    def __init__(self, client: Any = None, *, http2: bool = False) -> None:
        self._client: httpx.AsyncClient | None = client
        self._pool: ConnectionPool | None = None
        if client is None:
            # Requests share an HTTP/2 connection.
            self._pool = ConnectionPool(_connector(self._lib, http2=http2), shared=http2)

    async def send(self, request: Request) -> Response:
        """Exchange `request` for its response."""
        if self._client is not None and self._client.is_closed:
            raise ConfigurationError(
                "The http_client is closed: close it after the last call of the client it was "
                "passed to."
            )
        lib = self._lib
        failure: ActuallyCareError
        try:
            if self._pool is not None:
                answer, body = await self._exchange_pooled(request, self._pool)
            else:
                answer, body = await self._exchange(request, self._client)
            content = body.whole()
        except (lib.InvalidURL, UnicodeError) as error:
            failure = bad_url(request, error)
        except (lib.HTTPError, lib.StreamError, BadBody, OSError) as error:
            failure = self._translate(error, request)
        except anyio.get_cancelled_exc_class() as cancelled:
            # Tracebacks with locals, as error trackers write them, would show the credential in
            # the frames of httpx.
            raise cancelled.with_traceback(None) from None
        else:
            # Of an error's body the beginning is enough.
            if not body.over or not answer.is_success:
                return Response(answer.status_code, Headers(answer.headers.multi_items()), content)
            failure = too_large(request)
        # Raised outside the handler: httpx's error holds the request with its credential.
        raise failure

    async def _exchange_pooled(
        self, request: Request, pool: ConnectionPool
    ) -> tuple[httpx.Response, Body]:
        """Send over a connection of the pool, which takes it back only when it is idle."""
        await pool.close_expired()
        connection = pool.acquire()
        try:
            answer, body = await self._exchange(request, connection.opener, connection.on_event)
        except GeneratorExit:  # the coroutine was thrown away, and may not await any more
            pool.discard(connection)
            raise
        except BaseException:
            pool.discard(connection)
            await pool.close_expired()
            raise
        if body.over or not _is_idle(answer):
            pool.discard(connection)
            await pool.close_expired()
        else:
            pool.release(connection)
        return answer, body

    async def _exchange(
        self, request: Request, opener: Any, on_event: _OnEvent | None = None
    ) -> tuple[httpx.Response, Body]:
        """Send over a client or transport of the library, and read the response."""
        answer = await self._open(request, opener, on_event)
        try:
            return answer, await _read(answer, request.max_bytes)
        finally:
            await answer.aclose()

    async def _open(
        self, request: Request, opener: Any, on_event: _OnEvent | None
    ) -> httpx.Response:
        """Send the request; the response with its body still to be read."""
        is_client = isinstance(opener, self._lib.AsyncClient)
        make = opener.build_request if is_client else self._lib.Request
        built: httpx.Request = make(
            request.method,
            request.url,
            # Gzip alone: what cannot be inflated piece by piece up to a limit is not asked for.
            headers={"Accept-Encoding": "gzip", **request.wire_headers()},
            content=request.content,
            extensions={"timeout": _timeouts(request.timeout)},
        )
        if on_event is not None:
            built.extensions["trace"] = on_event
        body: Any = self._body(request.content)
        built.stream = body
        answer: httpx.Response
        if is_client:
            # Whatever the caller's client has, credentials come from the SDK.
            answer = await opener.send(built, stream=True, auth=None, follow_redirects=False)
        else:
            answer = await opener.handle_async_request(built)
        return answer

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
    # Reading the certificates takes as long as a hundred requests: once, and not during one.
    tls = lib.create_ssl_context()
    limits = lib.Limits(max_connections=1, keepalive_expiry=KEEP_ALIVE)
    if not http2 and not getproxies():
        return lambda: lib.AsyncHTTPTransport(verify=tls, limits=limits)
    # Only clients choose among the proxies of the environment. The API authenticates by header:
    # cookies would use one login's session in the calls of another, and the jar would grow.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    if http2:  # a server without HTTP/2 needs more connections than one
        return lambda: lib.AsyncClient(verify=tls, cookies=cookies, http2=True)
    return lambda: lib.AsyncClient(verify=tls, cookies=cookies, limits=limits)


def _is_idle(answer: httpx.Response) -> bool:
    """Return whether the connection of a closed response has nothing unread and may be used again.

    An HTTP/2 connection may always. With HTTP/1.1, bytes after the response stay in the buffer of
    h11, which would read them as the response to the next request. There is no public access to
    it. Where it is not found, the answer is False: closing costs time but is safe.
    """
    if answer.http_version == "HTTP/2":
        return True
    stream: Any = answer.stream
    for name in ("_stream", "_httpcore_stream", "_stream"):  # the first is around those of clients
        stream = getattr(stream, name, stream)
    connection: Any = getattr(stream, "_connection", None)
    parser: Any = getattr(connection, "_h11_state", None)
    if parser is None or not connection.is_idle() or parser.trailing_data[0]:
        return False
    tls = answer.extensions["network_stream"].get_extra_info("ssl_object")
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


async def _read(answer: httpx.Response, limit: int | None) -> Body:
    """The decompressed body, or its beginning up to the limit."""
    if answer.is_stream_consumed:  # an event hook of the caller's client has read it, or a mock
        body = Body({}, limit)
        body.add(answer.content)
        return body
    body = Body(answer.headers, limit)
    chunks = answer.aiter_raw()
    try:
        async for chunk in chunks:
            if body.add(chunk):
                await _abandon(answer, chunks)
                return body
    except BadBody:
        await _abandon(answer, chunks)
        raise
    return body


async def _abandon(answer: httpx.Response, chunks: AsyncIterator[bytes]) -> None:
    """Close the connection under a body that is not read to its end."""
    await answer.aclose()
    # httpx nests async generators, and closing the outer one leaves the others to the garbage
    # collector, of which trio complains. Reading from what is closed ends each of them.
    with suppress(Exception):
        async for _ in chunks:
            pass


@lru_cache(maxsize=64)
def _timeouts(seconds: float | None) -> dict[str, float | None]:
    if seconds is None:
        return {"connect": CONNECT_TIMEOUT, "read": None, "write": None, "pool": None}
    unsent = seconds * UNSENT_SHARE
    return {
        "connect": min(CONNECT_TIMEOUT, unsent),
        "read": seconds,
        "write": seconds,
        "pool": unsent,
    }
