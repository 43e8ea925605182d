"""Transport over httpx."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy

import anyio
import httpx

from ..envelope import too_large
from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..request import Request, Response

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)

_CONNECT_TIMEOUT = 10.0
"""Seconds. A connection that is not there by then hardly ever comes."""

_UNSENT_SHARE = 0.8
"""Of the attempt's timeout, for what comes before sending: a timeout there tells `sent=False`, so
that every operation may be retried, where the end of the whole attempt cannot tell."""


class HttpxTransport:
    """Sends over an `httpx.AsyncClient`: its own, or one that the caller made and keeps."""

    def __init__(self, client: httpx.AsyncClient | None = None) -> None:
        self._owned = client is None
        # The API authenticates by header. Cookies would carry one login's session into the calls
        # of another, and the jar would grow as long as the server sends new ones.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        self._client = client if client is not None else httpx.AsyncClient(cookies=no_cookies)

    async def send(self, request: Request) -> Response:
        if self._client.is_closed:
            raise ConfigurationError(
                "The http_client is closed: close it after the last call of the client it was "
                "passed to."
            )
        failure: ActuallyCareError
        try:
            answer = await self._client.send(
                self._build(request),
                stream=True,
                auth=None,  # whatever the caller's client has, credentials come from the SDK
                follow_redirects=False,
            )
            try:
                content, complete = await _read(answer, request.max_bytes)
            finally:
                await answer.aclose()
        except (httpx.InvalidURL, UnicodeError) as error:
            failure = ConfigurationError(
                f"{request.url!r} is no usable URL ({error}): see base_url."
            )
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            failure = _translate(error, request)
        except anyio.get_cancelled_exc_class() as cancelled:
            # Tracebacks with locals, as error trackers write them, would show the credential in
            # the frames of httpx.
            raise cancelled.with_traceback(None) from None
        else:
            # Of an error's body the beginning is enough.
            if complete or not answer.is_success:
                return Response(answer.status_code, answer.headers, content)
            failure = too_large(request)
        # Raised outside the handler: httpx's error holds the request with its credential.
        raise failure

    def _build(self, request: Request) -> httpx.Request:
        built = self._client.build_request(
            request.method,
            request.url,
            # Gzip alone: what cannot be inflated piece by piece up to a limit is not asked for.
            headers={"Accept-Encoding": "gzip"} | request.wire_headers(),
            content=request.content,
            timeout=_timeout(request.timeout),
        )
        built.stream = _Body(request.content)
        return built

    async def aclose(self) -> None:
        if self._owned:
            await self._client.aclose()


class _Body(httpx.AsyncByteStream):
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


async def _read(answer: httpx.Response, limit: int | None) -> tuple[bytes, bool]:
    """The decompressed body, up to one byte over `limit`, and whether that is all of it."""
    if answer.is_stream_consumed:  # an event hook of the caller's client has read it, or a mock
        content = answer.content
        return content, limit is None or len(content) <= limit
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise httpx.DecodingError(f"the body is encoded as {encoding!r}, gzip was asked for")
    gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if encoding == "gzip" else None
    body = bytearray()
    chunks = answer.aiter_raw()
    try:
        async for chunk in chunks:
            # A limit of 0 is none to zlib.
            room = 0 if limit is None else limit - len(body) + 1
            body += chunk if gzip is None else gzip.decompress(chunk, room)
            if limit is not None and len(body) > limit:
                await _abandon(answer, chunks)
                return bytes(body[: limit + 1]), False
    except zlib.error as error:
        await _abandon(answer, chunks)
        raise httpx.DecodingError(f"the body is not gzip: {error}") from None
    if gzip is not None and body and not gzip.eof:
        raise httpx.DecodingError("the gzip body is cut short")
    return bytes(body), True


async def _abandon(answer: httpx.Response, chunks: AsyncIterator[bytes]) -> None:
    """Close the connection under a body that is not read to its end."""
    await answer.aclose()
    # httpx nests async generators, and closing the outer one leaves the others to the garbage
    # collector, of which trio complains. Reading from what is closed ends each of them.
    with suppress(httpx.HTTPError, httpx.StreamError):
        async for _ in chunks:
            pass


def _timeout(seconds: float | None) -> httpx.Timeout:
    if seconds is None:
        return httpx.Timeout(None, connect=_CONNECT_TIMEOUT)
    unsent = seconds * _UNSENT_SHARE
    return httpx.Timeout(seconds, connect=min(_CONNECT_TIMEOUT, unsent), pool=unsent)


def _translate(error: Exception, request: Request) -> APIConnectionError:
    cls = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    message = f"{type(error).__name__}: {error}".removesuffix(": ")
    return cls(message, request=request.without_auth(), sent=not isinstance(error, _NEVER_SENT))
