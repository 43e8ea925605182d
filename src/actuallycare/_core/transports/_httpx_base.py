"""What httpx and httpx2, its continuation, have in common: all but their names."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.request import getproxies

import anyio
from attrs import define

from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..http import Headers, Request, Response
from ._decompress import BadBody, Body
from ._errors import bad_url, too_large
from ._timeouts import CONNECT_TIMEOUT, UNSENT_SHARE

if TYPE_CHECKING:
    import httpx


_KEEP_ALIVE = 5.0
"""Seconds that an idle connection is kept, as httpx does by default."""


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
    """Sends over an `AsyncClient` that the caller made and keeps; or over connections of its own.

    A caller's client keeps what it was given: proxies, TLS, event hooks, default headers and
    cookies. Without one there is nothing of the kind, and requests go straight to the library's
    transports, one for each request that is under way: the pool of connections inside looks at
    every connection that it holds, several times a request, so that one for all of them costs the
    more the more there are. Where the environment names proxies, which only clients know how to
    choose, or with HTTP/2, whose requests share a connection, there is one client.
    """

    _lib: ClassVar[Any]
    """The library: `httpx` or `httpx2`."""
    _body: ClassVar[type[SentBody]]

    def __init__(self, client: Any = None, *, http2: bool = False) -> None:
        self._client: httpx.AsyncClient | None = client
        self._owned = client is None
        if client is None and (http2 or getproxies()):
            # The API authenticates by header. Cookies would carry one login's session into the
            # calls of another, and the jar would grow as long as the server sends new ones.
            no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
            self._client = self._lib.AsyncClient(cookies=no_cookies, http2=http2)
        # Reading the certificates takes as long as a hundred requests: once, and not during one.
        tls = None if self._client is not None else self._lib.create_ssl_context()
        self._lanes = Lanes(self._lib, tls)

    async def send(self, request: Request) -> Response:
        """Exchange `request` for its response."""
        if self._client is not None and self._client.is_closed:
            raise ConfigurationError(
                "The http_client is closed: close it after the last call of the client it was "
                "passed to."
            )
        lib = self._lib
        failure: ActuallyCareError
        lane = self._lanes.take() if self._client is None else None
        try:
            answer = await self._open(request, lane)
            try:
                body = await _read(answer, request.max_bytes)
                content = body.whole()
            finally:
                await answer.aclose()
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
        finally:
            if lane is not None:
                self._lanes.give_back(lane)
        # Raised outside the handler: httpx's error holds the request with its credential.
        raise failure

    async def _open(self, request: Request, lane: Lane | None) -> httpx.Response:
        """Send the request; the response with its body still to be read."""
        make = self._lib.Request if self._client is None else self._client.build_request
        built: httpx.Request = make(
            request.method,
            request.url,
            # Gzip alone: what cannot be inflated piece by piece up to a limit is not asked for.
            headers={"Accept-Encoding": "gzip", **request.wire_headers()},
            content=request.content,
            extensions={"timeout": _timeouts(request.timeout)},
        )
        body: Any = self._body(request.content)
        built.stream = body
        if self._client is None:
            assert lane is not None
            await self._lanes.prune()
            return await lane.transport.handle_async_request(built)
        # Whatever the caller's client has, credentials come from the SDK.
        return await self._client.send(built, stream=True, auth=None, follow_redirects=False)

    async def aclose(self) -> None:
        """Close the connections, unless they are those of the caller's client."""
        await self._lanes.aclose()
        if self._owned and self._client is not None:
            await self._client.aclose()

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


@define(eq=False)
class Lane:
    """A transport with one connection, for one request at a time."""

    transport: httpx.AsyncHTTPTransport
    idle_since: float = 0.0


class Lanes:
    """The transports of the requests under way, and those that wait for the next, last used first.

    How many there are is bounded by `max_concurrency` of the client.
    """

    def __init__(self, lib: Any, tls: Any) -> None:
        self._lib = lib
        self._idle: deque[Lane] = deque()
        self._tls = tls

    def take(self) -> Lane:
        """The lane that was used last: its connection is the most likely to be open still."""
        if self._idle:
            return self._idle.pop()
        lib = self._lib
        limits = lib.Limits(max_connections=1, keepalive_expiry=_KEEP_ALIVE)
        return Lane(lib.AsyncHTTPTransport(verify=self._tls, limits=limits))

    def give_back(self, lane: Lane) -> None:
        """The request is over, its response read or closed."""
        lane.idle_since = anyio.current_time()
        self._idle.append(lane)

    async def prune(self) -> None:
        """Close the lane that has been idle longest, when its connection has expired."""
        if self._idle and anyio.current_time() - self._idle[0].idle_since > _KEEP_ALIVE:
            # Closing does not wait for the other side, and nobody else knows of this lane any more.
            with anyio.CancelScope(shield=True):
                await self._idle.popleft().transport.aclose()

    async def aclose(self) -> None:
        """Close all; none is under way."""
        while self._idle:
            await self._idle.pop().transport.aclose()


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
