"""Transport over aiohttp (extra `aiohttp`), for asyncio: a fraction of the CPU that httpx takes."""

from __future__ import annotations

import asyncio
import sys
from functools import lru_cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import yarl

from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..http import Headers, Request, Response
from ._decompress import BadBody, Body
from ._errors import bad_url, too_large
from ._timeouts import CONNECT_TIMEOUT, UNSENT_SHARE

_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.NonHttpUrlClientError,
)


class AiohttpTransport:
    """Sends over aiohttp.

    Args:
        session: an `aiohttp.ClientSession` of yours, with its proxies, TLS, tracing and limits,
            which you close; default: connections of its own, over the proxies that the environment
            names.

    Raises:
        ConfigurationError: the session has credentials of its own, which would be sent beside
            those of the SDK.
    """

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        if session is not None and session.auth is not None:
            raise ConfigurationError(
                "The session has auth=…; credentials come from the SDK: make a session without."
            )
        self._session, self._owned = session, session is None
        self._proxied = self._owned and bool(getproxies())

    async def send(self, request: Request) -> Response:
        """Exchange `request` for its response."""
        failure: ActuallyCareError
        session = self._session or self._open()
        if session.closed:
            raise ConfigurationError(
                "The session is closed: close it after the last call of the client it was passed "
                "to."
            )
        try:
            async with session.request(
                request.method,
                yarl.URL(request.url, encoded=True),
                # Gzip alone: what cannot be inflated piece by piece up to a limit is not asked for.
                headers={"Accept-Encoding": "gzip", **request.wire_headers()},
                data=request.content,
                allow_redirects=False,
                proxy=_proxy(request.url) if self._proxied else None,
                timeout=_timeouts(request.timeout),
                auto_decompress=False,
            ) as answer:
                body = Body(answer.headers, request.max_bytes)
                async for chunk in answer.content.iter_any():
                    if body.add(chunk):
                        answer.close()
                        break
                content = body.whole()
        except aiohttp.InvalidURL as error:
            failure = bad_url(request, error)
        except (TimeoutError, aiohttp.ClientError, BadBody, OSError) as error:
            failure = _translate(error, request)
        except ValueError as error:  # after the others: a bad certificate is one too
            failure = bad_url(request, error)
        except asyncio.CancelledError as cancelled:
            # Tracebacks with locals, as error trackers write them, would show the credential in
            # the frames of aiohttp.
            raise cancelled.with_traceback(None) from None
        else:
            # Of an error's body the beginning is enough.
            if not body.over or answer.status >= 300:
                return Response(answer.status, Headers(answer.headers.items()), content)
            failure = too_large(request)
        # Raised outside the handler: aiohttp's error holds the request with its credential.
        raise failure

    def _open(self) -> aiohttp.ClientSession:
        if "trio" in sys.modules and not _on_asyncio():
            raise ConfigurationError("aiohttp runs on asyncio alone; on trio, leave transport out.")
        # Cookies would carry one login's session into the calls of another.
        session = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, skip_auto_headers=["Accept"]
        )
        # A transport retries nothing; aiohttp has no public name for that.
        setattr(session, "_retry_connection", False)  # noqa: B010
        self._session = session
        return session

    async def aclose(self) -> None:
        """Close the connections, unless they are those of the caller's session."""
        if self._owned and self._session is not None:
            await self._session.close()


def _on_asyncio() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@lru_cache(maxsize=64)
def _timeouts(seconds: float | None) -> aiohttp.ClientTimeout:
    # The end of the whole attempt is the sender's.
    unsent = None if seconds is None else seconds * UNSENT_SHARE
    sooner = CONNECT_TIMEOUT if unsent is None else min(CONNECT_TIMEOUT, unsent)
    return aiohttp.ClientTimeout(total=None, connect=unsent, sock_connect=sooner, sock_read=None)


def _proxy(url: str) -> str | None:
    """The proxy that the environment names for `url`."""
    parts, proxies = urlsplit(url), getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _translate(error: Exception, request: Request) -> APIConnectionError:
    late = isinstance(error, TimeoutError)
    cls = APITimeoutError if late else APIConnectionError
    message = f"{type(error).__name__}: {error}".removesuffix(": ")
    return cls(message, request=request.without_auth(), sent=not isinstance(error, _NEVER_SENT))
