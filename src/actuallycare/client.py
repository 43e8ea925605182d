"""The client: its options, resources and lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, Unpack

from attrs import evolve

from ._core.auth.credentials import CredentialProvider, Credentials
from ._core.auth.login import Login
from ._core.auth.tokens import TokenProvider, TokenStore
from ._core.call_options import expand_signature
from ._core.clock import Clock, SystemClock
from ._core.custom_request import CustomRequests
from ._core.decode_policy import DecodePolicy
from ._core.errors import ConfigurationError
from ._core.json_value import fast_parser
from ._core.lifecycle import ClientLifecycle
from ._core.logs import configure_from_environment
from ._core.rate_limit import RateLimit
from ._core.retry.policy import RetryEvent, RetryPolicy, WaitEvent
from ._core.retry.rate_limiter import RateLimiter
from ._core.secret import wrap_secret
from ._core.sender import Options, Sender
from ._core.settings import validate_bool, validate_limit, validate_timeout
from ._core.timeout import Timeout
from ._core.transports import Transport, TransportName, prepare_transport
from .api import BASE_URL, Resources
from .configuration import (
    base_url_problem,
    check_base_url,
    check_callbacks,
    check_services,
    from_environment,
    make_credentials,
    make_instrumentation,
    make_semaphore,
    make_transport,
    user_agent,
    with_headers,
    with_query,
)
from .views import ClientOptions, changed_sender, copy_client, wrap_credentials

if TYPE_CHECKING:
    import httpx
    import httpx2

    from ._core.instrumentation import Instrumentation

TIMEOUT: Final = 30.0
"""Default number of seconds for one attempt."""

MAX_RESPONSE_BYTES: Final = 64 * 1024 * 1024
"""Default length of the longest accepted body, after decompression."""

MAX_CONCURRENCY: Final = 16
"""Default number of requests in flight."""


class AsyncActuallyCare(Resources, CustomRequests):
    """An asynchronous client of the ActuallyCare API, for asyncio and trio.

        async with AsyncActuallyCare() as client:
            async for listing in client.listings.list(status="active"):
                print(listing.address, listing.list_price)

    One client is enough for a process: it keeps connections open, and many tasks of one event loop
    may use it at the same time. Close it with `async with` or `aclose()`. Calls in progress then
    raise APIConnectionError, later ones ConfigurationError.

    Args:
        api_key: 64 hexadecimal characters; default: the environment's ACTUALLYCARE_API_KEY. Sent as
            `X-API-Key` to operations that accept a key. Or an async function that returns the key
            to use now, for keys that rotate. It is called for each attempt, and once more after a
            401: another key is then tried.
        token: a JWT, sent as a bearer token to operations that accept no key, or when there is
            none; or `Login(email, password)`, which logs in on first need and keeps the tokens
            fresh; or an async function that returns the JWT to use now.
        token_store: shares the tokens of a `Login` among processes; see `TokenStore`.
        base_url: default: the environment's ACTUALLYCARE_BASE_URL, else the vendor's.
        timeout: seconds for each attempt, from connecting to the last byte; None for no limit. Or
            a `timedelta`, or an `httpx.Timeout`, of which the longest part counts.
        retry: when to retry and how long to wait first; see `RetryPolicy`.
        on_retry: called before each retry; an exception that it raises ends the call. The logger
            `actuallycare` also logs each retry at INFO.
        on_wait: called when a call starts to wait for the rate limit, because of a `Pacer` or
            another task's 429. The logger logs that at INFO too.
        rate_limiter: `Pacer()` stays inside the rate limit, so that no 429 happens; default: off.
        max_response_bytes: longest body to accept, decompressed; None for no limit. A longer one
            raises DecodeError.
        max_concurrency: requests in flight; others wait, and their timeout starts after that. None
            for no limit.
        default_headers: sent with each request, unless the call sets the header itself.
        default_query: query parameters of each request, unless the call sets them itself.
        app_info: added to the User-Agent, such as `my-service/1.2`.
        http_client: an `httpx.AsyncClient` (or `httpx2.AsyncClient`) with your proxies,
            TLS, event hooks and limits. You close it, after this client. Its own timeout and
            redirect settings do not apply. Its User-Agent is sent in front of the SDK's.
        transport: `"httpx"` (the default), `"httpx2"` or `"aiohttp"`, which the extras of these
            names install; or a `Transport`, such as
            `AiohttpTransport(session)`, which you close.
        clock: time, for tests that should not wait; see `actuallycare.testing`.
        telemetry: OpenTelemetry spans and metrics. Default: on if `opentelemetry-api` is installed;
            False: off; True: ConfigurationError if it is not installed; or an
            `actuallycare.telemetry.OpenTelemetry` with your providers.
        strict: whether a value that is not of its declared type raises DecodeError. By default, its
            attribute is None, the value is in `additional_properties`, and the logger
            `actuallycare` logs one WARNING per operation and field.

    Raises:
        ConfigurationError: an argument of another type, a malformed key, token or base URL, both
            `http_client` and `transport`, a proxy or certificates of the environment that cannot be
            used, a transport that is not installed, or a `token_store` without a `Login`.
    """

    def __init__(
        self,
        api_key: str | CredentialProvider | None = None,
        *,
        token: str | Login | TokenProvider | None = None,
        token_store: TokenStore | None = None,
        base_url: str | None = None,
        timeout: Timeout | None = TIMEOUT,
        retry: RetryPolicy | None = None,
        on_retry: Callable[[RetryEvent], None] | None = None,
        on_wait: Callable[[WaitEvent], None] | None = None,
        rate_limiter: RateLimiter | None = None,
        max_response_bytes: int | None = MAX_RESPONSE_BYTES,
        max_concurrency: int | None = MAX_CONCURRENCY,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, Any] | None = None,
        app_info: str | None = None,
        http_client: httpx.AsyncClient | httpx2.AsyncClient | None = None,
        transport: Transport | TransportName | None = None,
        clock: Clock | None = None,
        telemetry: Instrumentation | bool | None = None,
        strict: bool = False,
    ) -> None:
        configure_from_environment()
        if api_key is None:
            api_key = from_environment("ACTUALLYCARE_API_KEY")
        key = wrap_secret(api_key)
        token_or_login = wrap_secret(token)
        # After this, no local of this frame shows a credential in a traceback with locals.
        del api_key, token
        check_services(rate_limiter, clock)
        check_callbacks(on_retry=on_retry, on_wait=on_wait)
        url = base_url if base_url is not None else from_environment("ACTUALLYCARE_BASE_URL")
        if (problem := base_url_problem(BASE_URL if url is None else url)) is not None:
            # It may be a key by mistake, so neither the message nor a frame shows it.
            del base_url, url
            raise ConfigurationError(problem)
        self._is_view = False
        self._owns_transport = transport is None or isinstance(transport, str)
        sending = make_transport(transport, http_client)
        agent = {"User-Agent": user_agent(app_info, http_client)}
        sender = Sender(
            transport=sending,
            base_url=check_base_url(BASE_URL if url is None else url),
            headers=with_headers(agent, "default_headers", default_headers),
            query=with_query({}, "default_query", default_query),
            credentials=Credentials(),
            options=Options(
                timeout=validate_timeout(timeout),
                retry=RetryPolicy() if retry is None else retry,
                max_response_bytes=validate_limit("max_response_bytes", max_response_bytes),
            ),
            clock=clock or SystemClock(),
            lifecycle=ClientLifecycle(loop_bound=self._owns_transport),
            semaphore=make_semaphore(max_concurrency),
            rate_limiter=rate_limiter,
            on_retry=on_retry,
            on_wait=on_wait,
            decode_policy=DecodePolicy(strict=validate_bool("strict", strict)),
        )
        prepare_transport(sender.transport, sender.base_url)
        fast_parser()
        sender = evolve(sender, instrumentation=make_instrumentation(telemetry))
        credentials = make_credentials(key, token_or_login, token_store, sender)
        self._sender = evolve(sender, credentials=credentials)

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
        """Return a view of this client with other options and the same connections and rate limit::

            tenant = client.with_options(api_key=key_of_the_tenant)
            fast = client.with_options(timeout=2.0, retry=RetryPolicy(max_attempts=1))

        Options that are omitted do not change. Close the original client, not the view.

        Args:
            options: every option of the client, and `extra_headers`, `extra_query` and
                `extra_body` for each call of the view; see `ClientOptions`.

        Raises:
            ConfigurationError: an invalid option, as for the client itself, or a `base_url` of
                another server without credentials of its own.
        """
        wrap_credentials(options)
        return copy_client(self, changed_sender(self._sender, options))

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
        return f"<{type(self).__name__} {describe(sender)}>"


def describe(sender: Sender) -> str:
    """Return the base URL and the kinds of credentials, for reprs."""
    credentials = sender.credentials
    names = [
        name
        for name, value in (("api_key", credentials.keys), ("token", credentials.tokens))
        if value is not None
    ]
    return f"{sender.base_url} ({' and '.join(names) or 'no key'})"


expand_signature(AsyncActuallyCare.with_options, ClientOptions)
