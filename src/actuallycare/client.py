"""The client: its configuration, resources and lifecycle."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, cast
from urllib.parse import urlsplit

import anyio
from attrs import evolve

from ._core.auth.credentials import Credentials, TokenSource, check_api_key, check_token
from ._core.auth.login import Login, LoginTokenSource
from ._core.auth.tokens import (
    CallableTokenSource,
    FixedTokenSource,
    TokenProvider,
    TokenStore,
)
from ._core.clock import Clock, SystemClock
from ._core.errors import ConfigurationError
from ._core.lifecycle import ClientLifecycle
from ._core.rate_limit import RateLimit
from ._core.retry.policy import RetryEvent, RetryPolicy
from ._core.retry.rate_limiter import RateLimiter
from ._core.secret import Secret
from ._core.sender import Options, Sender
from ._core.transports import Transport, TransportName, prepare_transport
from ._core.unset import UNSET, Unset
from ._version import __version__
from .api import BASE_URL, Resources

if TYPE_CHECKING:
    import httpx
    import httpx2

    from ._core.instrumentation import Instrumentation

T = TypeVar("T", int, float)

TIMEOUT: Final = 30.0
"""Default number of seconds for one attempt."""

MAX_RESPONSE_BYTES: Final = 64 * 1024 * 1024
"""Default length of the longest accepted body, after decompression."""

MAX_CONCURRENCY: Final = 16
"""Default number of requests in flight."""


class AsyncActuallyCare(Resources):
    """An asynchronous client of the ActuallyCare API, for asyncio and trio.

        async with AsyncActuallyCare() as client:
            async for listing in client.listings.list(status="active"):
                print(listing.address, listing.list_price)

    One client is enough for a process: it keeps connections open, and many tasks of one event loop
    may use it at the same time. Close it with `async with` or `aclose()`. Calls in progress then
    raise APIConnectionError, later ones ConfigurationError.

    Args:
        api_key: 64 hexadecimal characters; default: the environment's ACTUALLYCARE_API_KEY. Sent as
            `X-API-Key` to operations that accept a key.
        token: a JWT, sent as a bearer token to operations that accept no key, or when there is
            none; or `Login(email, password)`, which logs in on first need and keeps the tokens
            fresh; or an async function that returns the JWT to use now.
        token_store: shares the tokens of a `Login` among processes; see `TokenStore`.
        base_url: default: the environment's ACTUALLYCARE_BASE_URL, else the vendor's.
        timeout: seconds for each attempt, from connecting to the last byte; None for no limit.
        retry: when to retry and how long to wait first; see `RetryPolicy`.
        on_retry: called before each retry; an exception that it raises ends the call. The logger
            `actuallycare` also logs each retry at INFO.
        rate_limiter: `Pacer()` stays inside the rate limit, so that no 429 happens; default: off.
        max_response_bytes: longest body to accept, decompressed; None for no limit. A longer one
            raises DecodeError.
        max_concurrency: requests in flight; others wait, and their timeout starts after that. None
            for no limit.
        http_client: an `httpx.AsyncClient` (or `httpx2.AsyncClient`) with your proxies,
            TLS, event hooks and limits. You close it, after this client. Its own timeout and
            redirect settings do not apply.
        transport: `"httpx"` (the default), `"httpx2"` or `"aiohttp"`, which the extras of these
            names install; or a `Transport`, such as
            `AiohttpTransport(session)`, which you close.
        clock: time, for tests that should not wait; see `actuallycare.testing`.
        telemetry: OpenTelemetry spans and metrics. Default: on if `opentelemetry-api` is installed;
            False: off; True: ConfigurationError if it is not installed; or an
            `actuallycare.telemetry.OpenTelemetry` with your providers.

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
        telemetry: Instrumentation | bool | None = None,
    ) -> None:
        key = _secret(api_key if api_key is not None else os.environ.get("ACTUALLYCARE_API_KEY"))
        token_or_login = Secret(token) if isinstance(token, str) else token
        # After this, no local of this frame shows a credential in a traceback with locals.
        del api_key, token
        if http_client is not None and transport is not None:
            raise ConfigurationError("Pass http_client or transport, not both.")
        if token_store is not None and not isinstance(token_or_login, Login):
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
                timeout=validate_positive("timeout", timeout, "seconds"),
                retry=retry or RetryPolicy(),
                max_response_bytes=validate_positive(
                    "max_response_bytes", max_response_bytes, "bytes"
                ),
            ),
            clock=clock or SystemClock(),
            lifecycle=ClientLifecycle(loop_bound=self._owns_transport),
            semaphore=_semaphore(validate_positive("max_concurrency", max_concurrency, "requests")),
            rate_limiter=rate_limiter,
            on_retry=on_retry,
        )
        prepare_transport(sender.transport, sender.base_url)
        base_sender = evolve(sender, instrumentation=_instrumentation(telemetry))
        credentials = Credentials(
            check_api_key(key) if key is not None else None,
            _token_source(token_or_login, base_sender, token_store),
        )
        self._sender = evolve(base_sender, credentials=credentials)

    def with_options(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        retry: RetryPolicy | Unset = UNSET,
        max_response_bytes: int | Unset | None = UNSET,
    ) -> Self:
        """Return a view of this client with other options and the same connections and rate limit.

        Omitted options do not change. Close the original client, not the view.
        """
        view = object.__new__(type(self))
        changes: dict[str, Any] = {}
        if timeout is not UNSET:
            changes["timeout"] = validate_positive("timeout", timeout, "seconds")
        if retry is not UNSET:
            changes["retry"] = retry
        if max_response_bytes is not UNSET:
            changes["max_response_bytes"] = validate_positive(
                "max_response_bytes", max_response_bytes, "bytes"
            )
        options = evolve(self._sender.options, **changes)
        view._sender = evolve(self._sender, options=options)
        view._is_view = True
        view._owns_transport = False
        return view

    @property
    def rate_limit(self) -> RateLimit | None:
        """Rate limit reported by the last response; None before the first."""
        return self._sender.rate_limit_state.rate_limit

    async def aclose(self) -> None:
        """Cancel the calls in progress and close the connections that this client opened.

        Does nothing on a view. Raises ConfigurationError in an event loop or process that the
        connections do not belong to.
        """
        if self._is_view:
            return
        await self._sender.lifecycle.close(
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
        if sender is None:  # __init__ raised; a traceback with locals still asks for the repr
            return f"<{type(self).__name__} (unconfigured)>"
        credentials = sender.credentials
        names = [
            name
            for name, value in (("api_key", credentials.api_key), ("token", credentials.tokens))
            if value is not None
        ]
        return f"<{type(self).__name__} {sender.base_url} ({' and '.join(names) or 'no key'})>"


def check_base_url(text: str) -> str:
    """Return the base URL without a trailing slash; ConfigurationError when it is invalid."""
    expected = f"expected an absolute URL such as {BASE_URL}"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise ConfigurationError(f"base_url cannot be read ({error}); {expected}.") from None
    if parts.username or parts.password:
        raise ConfigurationError(
            "base_url contains a user name or password; pass api_key= instead."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"base_url is {text!r}; {expected}.")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"base_url has a query or a fragment; {expected}.")
    return text.rstrip("/")


def validate_positive(name: str, value: T | None, unit: str) -> T | None:
    """Return the value; ConfigurationError unless it is None or above 0."""
    if value is not None and not value > 0:
        raise ConfigurationError(
            f"{name} is {value!r}; {unit} above 0, or None for no limit, were expected."
        )
    return value


def _semaphore(size: int | None) -> anyio.Semaphore | None:
    # httpcore scans every pooled connection on each request, so few connections in constant use
    # are faster than many (its `_assign_requests_to_connections`).
    return None if size is None else anyio.Semaphore(size, fast_acquire=True)


def _secret(text: str | None) -> Secret | None:
    return None if text is None else Secret(text)


def _token_source(
    token: Secret | Login | TokenProvider | None, sender: Sender, store: TokenStore | None
) -> TokenSource | None:
    if token is None:
        return None
    if isinstance(token, Secret):
        return FixedTokenSource(check_token(token))
    if not isinstance(token, Login):
        return CallableTokenSource(token)
    return LoginTokenSource(token, sender.send, sender.clock, store)


def _transport(
    chosen: Transport | TransportName | None, client: httpx.AsyncClient | httpx2.AsyncClient | None
) -> Transport:
    if chosen is not None and not isinstance(chosen, str):
        return chosen
    libraries = {base.__module__.partition(".")[0] for base in type(client).__mro__}
    name = chosen or ("httpx2" if "httpx2" in libraries else "httpx")
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


def _instrumentation(telemetry: Instrumentation | bool | None) -> Instrumentation | None:
    if telemetry is False:
        return None
    if telemetry is not None and telemetry is not True:
        return telemetry
    instrumentation = _open_telemetry()
    if instrumentation is None and telemetry:
        raise ConfigurationError(
            "telemetry=True needs opentelemetry-api, which is not installed: "
            "pip install 'actuallycare[otel]'."
        )
    return instrumentation


@cache
def _open_telemetry() -> Instrumentation | None:
    # Imported with the first client, not with the package: it takes about a tenth as long.
    try:
        from .telemetry import default_instrumentation
    except ImportError as error:
        if (error.name or "").split(".")[0] != "opentelemetry":
            raise
        return None
    return default_instrumentation()
