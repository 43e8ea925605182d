"""The client: configuration, resources, and its lifetime."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, cast
from urllib.parse import urlsplit

from attrs import evolve

from ._core.auth.credentials import Credentials, TokenSource, check_api_key, check_token
from ._core.auth.login import Login, Session
from ._core.auth.login_calls import login_call, refresh_call
from ._core.auth.tokens import (
    FixedToken,
    ProvidedToken,
    TokenProvider,
    TokenStore,
)
from ._core.clock import Clock, SystemClock
from ._core.errors import ConfigurationError
from ._core.gate import Gate
from ._core.lifecycle import Lifetime
from ._core.rate_limit import RateLimit
from ._core.retry.policy import RetryEvent, RetryPolicy
from ._core.retry.rate_limiter import RateLimiter
from ._core.secret import Secret
from ._core.sender import Options, Sender
from ._core.transports import Transport, TransportName
from ._core.unset import UNSET, Unset
from ._version import __version__
from .api import BASE_URL, Resources

if TYPE_CHECKING:
    import httpx
    import httpx2

    from ._core.instrumentation import Observer

T = TypeVar("T", int, float)

TIMEOUT: Final = 30.0
"""Seconds that one attempt may take unless the caller says otherwise."""

MAX_RESPONSE_BYTES: Final = 64 * 1024 * 1024
"""Longest body, decompressed, that is accepted unless the caller says otherwise."""

MAX_CONCURRENCY: Final = 16
"""Requests under way at once unless the caller says otherwise."""


class AsyncActuallyCare(Resources):
    """An asynchronous client of the ActuallyCare API, for asyncio and trio.

        async with AsyncActuallyCare() as client:
            async for listing in client.listings.list(status="active"):
                print(listing.address, listing.list_price)

    One client serves a whole process: it keeps connections open and may be used by many tasks of
    one event loop at once. Close it with `async with` or `aclose()`: calls under way then end in
    APIConnectionError, later ones in ConfigurationError.

    Args:
        api_key: 64 hexadecimal characters; default: the environment's ACTUALLYCARE_API_KEY. Sent as
            `X-API-Key` to operations that accept a key.
        token: a JWT, sent as a bearer token to operations that accept no key, or when there is
            none; or `Login(email, password)`, which logs in on first need and keeps the tokens
            fresh; or an async function that returns the JWT to use now.
        token_store: where processes that use the same `Login` share its tokens; see `TokenStore`.
        base_url: default: the environment's ACTUALLYCARE_BASE_URL, else the vendor's.
        timeout: seconds for each attempt, from connecting to the last byte; None for no bound.
        retry: when and how long to wait before trying again; see `RetryPolicy`.
        on_retry: called before each wait for another attempt; what it raises ends the call. The
            logger `actuallycare` tells the same at INFO.
        rate_limiter: `Pacer()` keeps inside the request budget before a 429 happens; default: off.
        max_response_bytes: longest body to accept, decompressed; None for no bound. A longer one
            ends in DecodeError.
        max_concurrency: requests under way at once; more wait for their turn, which is no part of
            their timeout. None for no bound.
        http_client: an `httpx.AsyncClient` (or `httpx2.AsyncClient`) of yours, with your proxies,
            TLS, event hooks and limits. You close it, after this client. Its own timeout and
            redirect settings do not apply.
        transport: `"httpx"` (the default), `"httpx2"` or `"aiohttp"`, which the extras of these
            names install; or an object that can send a `Request`, such as
            `AiohttpTransport(session)`, which you close.
        clock: time, for tests that do not want to wait; see `actuallycare.testing`.
        telemetry: spans and metrics by OpenTelemetry. Default: when `opentelemetry-api` is
            installed; False: never; True: ConfigurationError when it is not; or an
            `actuallycare.telemetry.OpenTelemetry` with providers of yours.

    Raises:
        ConfigurationError: a malformed key, token or base URL, both `http_client` and
            `transport`, a transport that is not installed, or a `token_store` without a `Login`.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        token: str | Login | TokenProvider | None = None,
        token_store: TokenStore | None = None,
        base_url: str | None = None,
        timeout: float | None = TIMEOUT,
        retry: RetryPolicy | None = None,
        on_retry: Callable[[RetryEvent], None] | None = None,
        rate_limiter: RateLimiter | None = None,
        max_response_bytes: int | None = MAX_RESPONSE_BYTES,
        max_concurrency: int | None = MAX_CONCURRENCY,
        http_client: httpx.AsyncClient | httpx2.AsyncClient | None = None,
        transport: Transport | TransportName | None = None,
        clock: Clock | None = None,
        telemetry: Observer | bool | None = None,
    ) -> None:
        key = _secret(api_key if api_key is not None else os.environ.get("ACTUALLYCARE_API_KEY"))
        given = Secret(token) if isinstance(token, str) else token
        # From here on no local of this frame shows a credential in a traceback with locals.
        del api_key, token
        if http_client is not None and transport is not None:
            raise ConfigurationError("Pass http_client or transport, not both.")
        if token_store is not None and not isinstance(given, Login):
            raise ConfigurationError(
                "token_store keeps the tokens of a login: pass token=Login(email, password) too."
            )
        url = base_url if base_url is not None else os.environ.get("ACTUALLYCARE_BASE_URL")
        self._is_view = False
        self._owns_transport = transport is None or isinstance(transport, str)
        sender = Sender(
            transport=_transport(transport, http_client),
            base_url=check_base_url(url or BASE_URL),
            headers={"User-Agent": f"actuallycare-python/{__version__}"},
            credentials=Credentials(),
            options=Options(
                timeout=check_bound("timeout", timeout, "seconds"),
                retry=retry or RetryPolicy(),
                max_response_bytes=check_bound("max_response_bytes", max_response_bytes, "bytes"),
            ),
            clock=clock or SystemClock(),
            lifetime=Lifetime(bound=self._owns_transport),
            gate=_gate(check_bound("max_concurrency", max_concurrency, "requests")),
            limiter=rate_limiter,
            on_retry=on_retry,
        )
        public = _watched(sender, telemetry)
        credentials = Credentials(
            check_api_key(key) if key is not None else None,
            _token_source(given, public, token_store),
        )
        self._sender = evolve(public, credentials=credentials)

    def with_options(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        retry: RetryPolicy | Unset = UNSET,
        max_response_bytes: int | Unset | None = UNSET,
    ) -> Self:
        """A view of this client with other options, over the same connections and budget.

        What is left out stays as it is. Close the original client, not the view.
        """
        view = object.__new__(type(self))
        given: dict[str, Any] = {}
        if timeout is not UNSET:
            given["timeout"] = check_bound("timeout", timeout, "seconds")
        if retry is not UNSET:
            given["retry"] = retry
        if max_response_bytes is not UNSET:
            given["max_response_bytes"] = check_bound(
                "max_response_bytes", max_response_bytes, "bytes"
            )
        options = evolve(self._sender.options, **given)
        view._sender = evolve(self._sender, options=options)
        view._is_view = True
        view._owns_transport = False
        return view

    @property
    def rate_limit(self) -> RateLimit | None:
        """The request budget as the last response told it; None before the first."""
        return self._sender.budget.rate_limit

    async def aclose(self) -> None:
        """End the calls under way, and close the connections that this client opened.

        Does nothing on a view. Raises ConfigurationError in another event loop or process than the
        one whose connections these are.
        """
        if self._is_view:
            return
        await self._sender.lifetime.close(
            self._sender.transport.aclose if self._owns_transport else None
        )

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
        sender: Sender | None = getattr(self, "_sender", None)
        if sender is None:  # its configuration was refused; a traceback with locals may ask
            return f"<{type(self).__name__} that was not made>"
        given = sender.credentials
        names = [
            name
            for name, value in (("api_key", given.api_key), ("token", given.tokens))
            if value is not None
        ]
        return f"<{type(self).__name__} {sender.base_url} ({' and '.join(names) or 'no key'})>"


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


def check_bound(name: str, value: T | None, unit: str) -> T | None:
    """The bound; ConfigurationError unless it is None or above 0."""
    if value is not None and not value > 0:
        raise ConfigurationError(
            f"{name} is {value!r}; {unit} above 0, or None for no bound, were expected."
        )
    return value


def _gate(size: int | None) -> Gate | None:
    return None if size is None else Gate(size)


def _secret(text: str | None) -> Secret | None:
    return None if text is None else Secret(text)


def _token_source(
    given: Secret | Login | TokenProvider | None, sender: Sender, store: TokenStore | None
) -> TokenSource | None:
    if given is None:
        return None
    if isinstance(given, Secret):
        return FixedToken(check_token(given))
    if not isinstance(given, Login):
        return ProvidedToken(given)
    return Session(given, sender.send, login_call, refresh_call, sender.clock, store)


def _transport(
    chosen: Transport | TransportName | None, client: httpx.AsyncClient | httpx2.AsyncClient | None
) -> Transport:
    if chosen is not None and not isinstance(chosen, str):
        return chosen
    families = {base.__module__.partition(".")[0] for base in type(client).__mro__}
    name = chosen or ("httpx2" if "httpx2" in families else "httpx")
    # Imported here: a program loads only the HTTP library that it sends with.
    try:
        if name == "aiohttp":
            from ._core.transports.aiohttp import AiohttpTransport

            return AiohttpTransport()
        if name == "httpx2":
            from ._core.transports.httpx2 import Httpx2Transport

            return Httpx2Transport(cast("httpx2.AsyncClient | None", client))
    except ImportError as error:
        raise ConfigurationError(
            f"transport={name!r} cannot be used ({error}); pip install 'actuallycare[{name}]'"
        ) from None
    if name != "httpx":
        raise ConfigurationError(
            f"transport is {name!r}; 'httpx', 'httpx2', 'aiohttp' or a Transport was expected."
        )
    from ._core.transports.httpx import HttpxTransport

    return HttpxTransport(cast("httpx.AsyncClient | None", client))


def _watched(sender: Sender, telemetry: Observer | bool | None) -> Sender:
    """A sender that tells an observer of its calls; the same one where there is none."""
    if telemetry is None or telemetry is True:
        observer = _open_telemetry()
        if observer is None and telemetry:
            raise ConfigurationError(
                "telemetry=True needs opentelemetry-api, which is not installed: "
                "pip install 'actuallycare[otel]'."
            )
    else:
        observer = telemetry or None
    if observer is None:
        return sender
    # Imported here: an unwatched client does without.
    from ._core.instrumentation import watched

    return watched(sender, observer)


@cache
def _open_telemetry() -> Observer | None:
    # Imported with the first client, not with the package: it takes about a tenth as long.
    try:
        from .telemetry import shared
    except ImportError as error:
        if (error.name or "").split(".")[0] != "opentelemetry":
            raise
        return None
    return shared()
