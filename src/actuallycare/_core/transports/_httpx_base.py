"""What httpx and httpx2, its continuation, have in common: all but their names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import lru_cache, partial
from http.cookiejar import CookieJar
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..event_loop import LoopOwner
from ..http import Headers, Request, Response
from ._decompress import BadBody, BodyReader
from ._errors import bad_url, too_large
from ._httpx_response import (
    connection_of,
    is_idle,
    read_body,
    read_headers,
    status_response,
    tls_layer,
)
from ._proxies import environment_proxy
from ._redaction import redact_header_logs, strip_library_frames
from ._request_trace import RequestTrace, is_unprocessed
from ._timeouts import (
    CONNECT_TIMEOUT,
    CONNECT_TIMEOUT_FRACTION,
    KEEP_ALIVE,
    keep_alive_seconds,
)
from ._tls import no_tls, tls_context
from .pool import ConnectionPool, PooledConnection

if TYPE_CHECKING:
    import httpx


class RequestStream:
    """A body to send.

    The one of httpx is an async generator. When a request is cancelled before its body was sent, it
    is left open, and trio warns about that.
    """

    def __init__(self, content: bytes | None) -> None:
        self._content = content

    def __aiter__(self) -> AsyncIterator[bytes]:
        # From the beginning each time: httpcore sends again what an HTTP/2 server has refused.
        return _Parts(() if self._content is None else (self._content,))


class _Parts:
    def __init__(self, parts: tuple[bytes, ...]) -> None:
        self._parts = iter(parts)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        for part in self._parts:
            return part
        raise StopAsyncIteration


class PooledRequests:
    """The transport of our own `AsyncClient`: sends each request over the connection chosen for it.

    Requests go through `AsyncClient.send`, where monitoring and mocks look for them.
    """

    async def handle_async_request(self, request: Any) -> Any:
        connection: PooledConnection = request.extensions[_CONNECTION]
        return await connection.opener.handle_async_request(request)


_CONNECTION = "actuallycare.connection"
"""Name of the request extension with the connection to send over."""


class _NoCookies(CookieJar):
    """Takes no cookie from a response.

    The API authenticates by header: cookies would use one login's session in the calls of another,
    and the jar would grow.
    """

    def extract_cookies(self, response: Any, request: Any) -> None:
        pass


class HttpxLikeTransport:
    """Sends over an `AsyncClient`: one that the caller created and closes, or our own.

    A caller's client keeps its settings: proxies, TLS, event hooks, default headers, query
    parameters and cookies. Our own sends over a `ConnectionPool`, whose connections are transports
    of the library, one for each request in flight. The library's own pool scans all its connections
    several times a request, and a cancelled call can leave it with a connection that it neither
    uses nor removes.
    """

    _lib: ClassVar[Any]
    """The library: `httpx` or `httpx2`."""
    _request_stream: ClassVar[type[RequestStream]]
    _pooled_requests: ClassVar[type[PooledRequests]]

    def __init__(self, client: Any = None, *, http2: bool = False) -> None:
        if http2 and find_spec("h2") is None:
            name = self._lib.__name__
            raise ConfigurationError(
                f"http2=True needs the package h2: pip install '{name}[http2]'."
            )
        self._http2 = http2
        redact_header_logs()
        self._owned = client is None
        self._owner = LoopOwner("transport")
        # Requests share an HTTP/2 connection.
        self._pool = ConnectionPool(self._connect, shared=http2)
        self._connectors: dict[str, Callable[[], Any]] = {}
        self._client: httpx.AsyncClient = client or self._lib.AsyncClient(
            transport=self._pooled_requests(),
            cookies=_NoCookies(),
            trust_env=False,  # `environment_proxy` chooses the proxies
        )

    def prepare(self, base_url: str) -> None:
        """Create the first connection, which reads certificates and imports the library's parts.

        Otherwise the first request does it, within its timeout.

        Raises:
            ConfigurationError: the URL, or a proxy or certificates in the environment, are invalid.
        """
        if not self._owned:
            return
        try:
            url = self._lib.URL(base_url)
        except (self._lib.InvalidURL, UnicodeError) as error:
            raise ConfigurationError(f"base_url is not a valid URL ({error}).") from None
        self._pool.prepare(_origin(url))

    async def send(self, request: Request) -> Response:
        """Send `request` and return its response."""
        self._owner.check()
        if self._client.is_closed:
            raise ConfigurationError(
                "The http_client is closed: close it after the last call of the client it was "
                "passed to."
            )
        lib = self._lib
        trace = RequestTrace()
        failure: ActuallyCareError
        try:
            url = lib.URL(request.url)
            if self._owned:
                response, headers, body = await self._exchange_pooled(request, url, trace)
            else:
                response, headers, body = await self._exchange(request, url, trace)
                connection = connection_of(response)
                if connection is not None and not is_idle(response, tls_layer(response)):
                    await connection.aclose()
            content = body.getvalue()
        except (lib.InvalidURL, UnicodeError) as error:
            failure = bad_url(request, error)
        except lib.HTTPStatusError as error:  # an event hook has called `raise_for_status()`
            if error.request.extensions.get("trace") is trace:
                return status_response(error.response, request.max_bytes)
            failure = self._translate(error, request, trace)  # for a request of its own
        except (lib.HTTPError, lib.StreamError, BadBody, OSError) as error:
            failure = self._translate(error, request, trace)
        except BaseException as other:  # cancelled, an event hook's, or a defect of the library
            raise strip_library_frames(other) from None
        else:
            # For an error the beginning of the body is enough.
            if not body.over or not response.is_success:
                return Response(response.status_code, headers, content)
            failure = too_large(request)
        # Raised outside the handler: httpx's error references the request with its credential.
        raise failure

    async def _exchange_pooled(
        self, request: Request, url: httpx.URL, trace: RequestTrace
    ) -> tuple[httpx.Response, Headers, BodyReader]:
        """Send over a connection of the pool, which takes it back only when it is idle."""
        pool = self._pool
        await pool.close_expired()
        connection = pool.acquire(_origin(url))
        trace.use(connection)
        try:
            response, headers, body = await self._exchange(request, url, trace, connection)
        except GeneratorExit:  # the coroutine is being closed and must not await any more
            pool.discard(connection)
            raise
        except BaseException:
            pool.discard(connection)
            await pool.close_discarded()
            raise
        if body.over or not is_idle(response, connection.tls):
            pool.discard(connection)
        else:
            if response.http_version == "HTTP/2":
                connection.http2_stream = response.extensions["network_stream"]
            pool.release(connection, keep_alive_seconds(headers.get("Keep-Alive")))
        await pool.close_discarded()
        return response, headers, body

    async def _exchange(
        self,
        request: Request,
        url: httpx.URL,
        trace: RequestTrace,
        connection: PooledConnection | None = None,
    ) -> tuple[httpx.Response, Headers, BodyReader]:
        """Send the request and read the response."""
        built = self._build(request, url)
        built.extensions["trace"] = trace
        if connection is not None:
            built.extensions[_CONNECTION] = connection
        # Whatever the caller's client has, credentials come from the SDK.
        response = await self._client.send(built, stream=True, auth=None, follow_redirects=False)
        try:
            headers = read_headers(response)
            return response, headers, await read_body(response, headers, request.max_bytes)
        finally:
            await response.aclose()

    def _build(self, request: Request, url: httpx.URL) -> httpx.Request:
        """Return the request of the library; a caller's client adds its defaults to it."""
        make = self._lib.Request if self._owned else self._client.build_request
        built: httpx.Request = make(
            request.method,
            url,
            # Only gzip, which can be decompressed piece by piece up to a limit.
            headers={"Accept-Encoding": "gzip", **request.wire_headers()},
            content=request.content,
            extensions={"timeout": _timeouts(request.timeout)},
        )
        if not self._owned:
            built.url = self._with_default_params(url)
        body: Any = self._request_stream(request.content)
        built.stream = body
        return built

    def _with_default_params(self, url: httpx.URL) -> httpx.URL:
        """Add the `params` of the caller's client to the URL."""
        # `build_request` would replace its query: https://github.com/encode/httpx/issues/3621
        ours = self._lib.QueryParams(url.query)
        added = [pair for pair in self._client.params.multi_items() if pair[0] not in ours]
        if not added:
            return url
        queries = (url.query, str(self._lib.QueryParams(added)).encode("ascii"))
        return url.copy_with(query=b"&".join(query for query in queries if query))

    def _connect(self, origin: str) -> Any:
        """Return a transport of the library that connects to an origin when it sends."""
        connector = self._connectors.get(origin)
        if connector is None:
            connector = self._connectors[origin] = self._connector(origin)
        return connector()

    def _connector(self, origin: str) -> Callable[[], Any]:
        lib = self._lib
        is_https = origin.startswith("https:")
        return partial(
            lib.AsyncHTTPTransport,
            verify=tls_context(lib.create_ssl_context, http2=self._http2) if is_https else no_tls(),
            proxy=environment_proxy(origin, socks=True),
            http2=self._http2,
            # A server without HTTP/2 needs more connections than one.
            limits=lib.Limits(
                max_connections=None if self._http2 else 1,
                keepalive_expiry=KEEP_ALIVE if self._http2 else None,
            ),
        )

    async def aclose(self) -> None:
        """Close the connections, unless they are those of the caller's client."""
        await self._pool.aclose()

    def _translate(
        self, error: Exception, request: Request, trace: RequestTrace
    ) -> APIConnectionError:
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
        sent = trace.may_have_arrived
        if sent is None:
            sent = not isinstance(error, never_sent)
        if is_unprocessed(error, trace.stream_id):
            sent = False
        return cls(message, request=request.without_auth(), sent=sent)


def _origin(url: httpx.URL) -> str:
    """Return scheme, host and port of a URL."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


@lru_cache(maxsize=64)
def _timeouts(seconds: float | None) -> dict[str, float | None]:
    # Reading and writing end with the attempt, which has the same timeout and started earlier.
    if seconds is None:
        return {"connect": CONNECT_TIMEOUT, "read": None, "write": None, "pool": None}
    limit = seconds * CONNECT_TIMEOUT_FRACTION
    return {"connect": min(CONNECT_TIMEOUT, limit), "read": None, "write": None, "pool": limit}
