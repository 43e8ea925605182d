"""Transport over aiohttp (extra `aiohttp`), for asyncio. It needs less CPU than httpx."""

from __future__ import annotations

import asyncio
import netrc
import os
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from traceback import walk_tb
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import yarl

from ..errors import ActuallyCareError, APIConnectionError, APITimeoutError, ConfigurationError
from ..event_loop import LoopOwner
from ..http import Headers, Request, Response
from ._decompress import BadBody, BodyReader
from ._errors import bad_url, check_client, too_large
from ._proxies import environment_proxy
from ._redaction import strip_library_frames
from ._timeouts import (
    CONNECT_TIMEOUT,
    CONNECT_TIMEOUT_FRACTION,
    KEEP_ALIVE,
    keep_alive_seconds,
)
from ._tls import check_certificates

_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.NonHttpUrlClientError,
)


class AiohttpTransport:
    """Sends over aiohttp.

    Args:
        session: your `aiohttp.ClientSession` with its proxies, TLS, tracing and limits, which you
            close; default: its own connections, through the proxies of the environment.

    Raises:
        ConfigurationError: it is no session, or has its own credentials, which would be sent in
            addition to those of the SDK.
    """

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        check_client("session", session, aiohttp.ClientSession)
        if session is not None and session.auth is not None:
            raise ConfigurationError(
                "The session has auth=…; credentials come from the SDK: make a session without."
            )
        self._session = session
        self._owned = session is None
        self._without_netrc: set[str] = set()
        """Hosts for which a .netrc file has no entry."""
        self._owner = LoopOwner("transport")
        self._proxies: dict[str, str | None] = {}
        """Proxy of the environment by origin."""
        self._keep_alive = KEEP_ALIVE

    def prepare(self, base_url: str) -> None:
        """Check the proxy and the certificates that the environment names for this URL.

        Raises:
            ConfigurationError: they cannot be used.
        """
        if self._owned:
            self._proxy(yarl.URL(base_url, encoded=True))

    async def send(self, request: Request) -> Response:
        """Send `request` and return its response."""
        self._owner.check()
        failure: ActuallyCareError
        session = self._session or self._open()
        if session.closed:
            raise ConfigurationError(
                "The session is closed: close it after the last call of the client it was passed "
                "to."
            )
        if session.trust_env:
            self._reject_netrc(request.url)
        _close_unread(session)
        try:
            url = yarl.URL(request.url, encoded=True)
            async with session.request(
                request.method,
                url,
                # Only gzip, which can be decompressed piece by piece up to a limit.
                headers={"Accept-Encoding": "gzip", **request.wire_headers()},
                data=request.content,
                allow_redirects=False,
                raise_for_status=False,
                proxy=self._proxy(url) if self._owned else None,
                timeout=_timeouts(request.timeout),
                auto_decompress=False,
            ) as response:
                body = BodyReader(Headers(response.headers.items()), request.max_bytes)
                async for chunk in response.content.iter_any():
                    if body.add(chunk):
                        response.close()
                        break
                content = body.getvalue()
                keep_alive = response.headers.get("Keep-Alive")
        except aiohttp.InvalidURL as error:
            failure = bad_url(request, error)
        except (TimeoutError, aiohttp.ClientError, BadBody, OSError) as error:
            failure = _translate(error, request)
        except ValueError as error:  # after the others: a bad certificate is one too
            failure = bad_url(request, error)
        except BaseException as other:  # cancelled, or a defect of the library
            raise strip_library_frames(other) from None
        else:
            if self._owned and keep_alive is not None:
                self._limit_keep_alive(session, keep_alive_seconds(keep_alive))
            # For an error the beginning of the body is enough.
            if not body.over or response.status >= 300:
                return Response(response.status, Headers(response.headers.items()), content)
            failure = too_large(request)
        # Raised outside the handler: aiohttp's error references the request with its credential.
        raise failure

    def _reject_netrc(self, url: str) -> None:
        """Raise when aiohttp would take credentials for the API from a .netrc file."""
        host = urlsplit(url).hostname or ""
        if host not in self._without_netrc and _netrc_has(host):
            raise ConfigurationError(
                f"The session has trust_env=True, and the .netrc file has an entry for {host}, "
                "which aiohttp would send; credentials come from the SDK. Make a session without "
                "trust_env, or remove the entry."
            )
        self._without_netrc.add(host)

    def _open(self) -> aiohttp.ClientSession:
        if "trio" in sys.modules and not _on_asyncio():
            raise ConfigurationError("aiohttp supports only asyncio; on trio, omit transport=.")
        # Cookies would use the session of one login in the calls of another.
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=["Accept", "Content-Type", "User-Agent"],
        )
        # A transport retries nothing; aiohttp has no public name for that.
        setattr(session, "_retry_connection", False)  # noqa: B010
        self._session = session
        return session

    def _limit_keep_alive(self, session: aiohttp.ClientSession, seconds: float) -> None:
        """Keep idle connections for `seconds` at most. The connector has one limit for all."""
        if seconds < self._keep_alive:
            self._keep_alive = seconds
            # aiohttp has no public name for that.
            setattr(session.connector, "_keepalive_timeout", seconds)  # noqa: B010

    def _proxy(self, url: yarl.URL) -> str | None:
        """Return the proxy of the environment for `url`."""
        origin = f"{url.scheme}://{url.raw_authority}"
        if origin not in self._proxies:
            self._proxies[origin] = environment_proxy(origin, socks=False)
            if url.scheme == "https":
                check_certificates()
        return self._proxies[origin]

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


def _close_unread(session: aiohttp.ClientSession) -> None:
    """Close idle connections on which something has arrived that no request asked for.

    aiohttp closes them only if it arrived before they were idle. It would take a response among it
    for the response to the next request. There is no public access to idle connections.
    """
    idle: Mapping[object, Iterable[tuple[Any, float]]] = getattr(session.connector, "_conns", {})
    for connections in idle.values():
        for protocol, _ in connections:
            if protocol.should_close:
                protocol.close()


def _netrc_has(host: str) -> bool:
    path = os.environ.get("NETRC")
    try:
        return netrc.netrc(path or None).authenticators(host) is not None
    except (OSError, netrc.NetrcParseError, RuntimeError):  # none, or none that aiohttp can read
        return False


@lru_cache(maxsize=64)
def _timeouts(seconds: float | None) -> aiohttp.ClientTimeout:
    # The sender limits the whole attempt.
    connect_limit = None if seconds is None else seconds * CONNECT_TIMEOUT_FRACTION
    sooner = CONNECT_TIMEOUT if connect_limit is None else min(CONNECT_TIMEOUT, connect_limit)
    return aiohttp.ClientTimeout(
        total=None, connect=connect_limit, sock_connect=sooner, sock_read=None
    )


def _translate(error: Exception, request: Request) -> APIConnectionError:
    late = isinstance(error, TimeoutError)
    cls = APITimeoutError if late else APIConnectionError
    message = f"{type(error).__name__}: {error}".removesuffix(": ")
    sent = not isinstance(error, _NEVER_SENT) and not _was_connecting(error)
    return cls(message, request=request.without_auth(), sent=sent)


def _was_connecting(error: BaseException) -> bool:
    """Return whether an error comes from connecting, as when a proxy closes after CONNECT."""
    connect = aiohttp.BaseConnector.connect.__code__
    return any(frame.f_code is connect for frame, _ in walk_tb(error.__traceback__))
