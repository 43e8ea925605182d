"""The client: configuration, resources, and its lifetime."""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from attrs import evolve

from ._core.auth import Credentials, Secret, check_api_key, check_token
from ._core.clock import Clock, SystemClock
from ._core.codec import UNSET, Unset
from ._core.errors import ConfigurationError
from ._core.rate_limit import RateLimit
from ._core.retry import RetryPolicy
from ._core.sender import Options, Sender
from ._core.transports import Transport
from ._version import __version__
from .api import Resources

if TYPE_CHECKING:
    import httpx

BASE_URL: Final = "https://api.actuallycare.com/v1"
"""Where the vendor serves the API."""

TIMEOUT: Final = 30.0
"""Seconds that one attempt may take unless the caller says otherwise."""


class AsyncActuallyCare(Resources):
    """An asynchronous client of the ActuallyCare API, for asyncio and trio.

        async with AsyncActuallyCare() as client:
            async for listing in client.listings.list(status="active"):
                print(listing.address, listing.list_price)

    One client serves a whole process: it keeps connections open and may be used by many tasks of
    one event loop at once. Close it with `async with` or `aclose()`.

    Args:
        api_key: 64 hexadecimal characters; default: the environment's ACTUALLYCARE_API_KEY. Sent as
            `X-API-Key` to operations that accept a key.
        token: a JWT, sent as a bearer token to operations that accept no key, or when there is
            none.
        base_url: default: the environment's ACTUALLYCARE_BASE_URL, else the vendor's.
        timeout: seconds for each attempt, from connecting to the last byte; None for no bound.
        retry: when and how long to wait before trying again; see `RetryPolicy`.
        http_client: an `httpx.AsyncClient` of yours, with your proxies, TLS and limits. You close
            it. Its own timeout and redirect settings do not apply.
        transport: anything that can send a `Request`, in place of httpx. You close it.
        clock: time, for tests that do not want to wait.

    Raises:
        ConfigurationError: a malformed key, token or base URL, or both `http_client` and
            `transport`.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        token: str | None = None,
        base_url: str | None = None,
        timeout: float | None = TIMEOUT,
        retry: RetryPolicy | None = None,
        http_client: httpx.AsyncClient | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        key = _secret(api_key if api_key is not None else os.environ.get("ACTUALLYCARE_API_KEY"))
        jwt = _secret(token)
        # From here on no local of this frame shows a credential in a traceback with locals.
        del api_key, token
        if http_client is not None and transport is not None:
            raise ConfigurationError("Pass http_client or transport, not both.")
        credentials = Credentials(
            check_api_key(key) if key is not None else None,
            check_token(jwt) if jwt is not None else None,
        )
        url = base_url if base_url is not None else os.environ.get("ACTUALLYCARE_BASE_URL")
        self._owns_transport = transport is None
        self._sender = Sender(
            transport=transport if transport is not None else _httpx_transport(http_client),
            base_url=check_base_url(url or BASE_URL),
            headers={"User-Agent": f"actuallycare-python/{__version__}"},
            credentials=credentials,
            options=Options(timeout=check_timeout(timeout), retry=retry or RetryPolicy()),
            clock=clock or SystemClock(),
        )

    def with_options(
        self, *, timeout: float | Unset | None = UNSET, retry: RetryPolicy | Unset = UNSET
    ) -> Self:
        """A view of this client with other options, over the same connections and budget.

        What is left out stays as it is. Close the original client, not the view.
        """
        view = object.__new__(type(self))
        old = self._sender.options
        options = Options(
            timeout=old.timeout if timeout is UNSET else check_timeout(timeout),
            retry=old.retry if retry is UNSET else retry,
        )
        view._sender = evolve(self._sender, options=options)
        view._owns_transport = False
        return view

    @property
    def rate_limit(self) -> RateLimit | None:
        """The request budget as the last response told it; None before the first."""
        return self._sender.budget.rate_limit

    async def aclose(self) -> None:
        """Close the connections that this client opened."""
        if self._owns_transport:
            await self._sender.transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        given = self._sender.credentials
        names = [
            name
            for name, secret in (("api_key", given.api_key), ("token", given.token))
            if secret is not None
        ]
        return (
            f"<{type(self).__name__} {self._sender.base_url} ({' and '.join(names) or 'no key'})>"
        )


def check_base_url(text: str) -> str:
    """The base URL without a trailing slash; ConfigurationError when it is not usable."""
    expected = f"expected an absolute URL such as {BASE_URL}"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise ConfigurationError(f"base_url cannot be read ({error}); {expected}.") from None
    if parts.username or parts.password:
        raise ConfigurationError("base_url holds a user name or password; pass api_key= instead.")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"base_url is {text!r}; {expected}.")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"base_url has a query or a fragment; {expected}.")
    return text.rstrip("/")


def check_timeout(seconds: float | None) -> float | None:
    """The timeout; ConfigurationError unless it is None or above 0."""
    if seconds is not None and not seconds > 0:
        raise ConfigurationError(
            f"timeout is {seconds!r}; seconds above 0, or None for no bound, were expected."
        )
    return seconds


def _secret(text: str | None) -> Secret | None:
    return None if text is None else Secret(text)


def _httpx_transport(client: httpx.AsyncClient | None) -> Transport:
    # Imported here: a program with a transport of its own need not load httpx.
    from ._core.transports.httpx import HttpxTransport

    return HttpxTransport(client)
