"""The blocking client: its configuration, resources and lifecycle."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

from .._core.auth.login import Login
from .._core.call_options import check_names, expand_signature
from .._core.clock import Clock
from .._core.rate_limit import RateLimit
from .._core.retry.policy import RetryEvent, RetryPolicy, WaitEvent
from .._core.retry.rate_limiter import RateLimiter
from .._core.timeout import Timeout
from .._core.transports import Transport, TransportName
from ..client import MAX_CONCURRENCY, MAX_RESPONSE_BYTES, TIMEOUT
from ..views import drop_cached
from .api import Resources
from .options import (
    BlockingClientOptions,
    BlockingProvider,
    BlockingTokenStore,
    check_providers,
    survive_fork,
    wrap_options,
)
from .requests import BlockingRequests
from .runner import AsyncClient, CallRunner, LoopClient, check_deadline

if TYPE_CHECKING:
    import httpx
    import httpx2

    from .._core.instrumentation import Instrumentation

_OPTIONS = frozenset(BlockingClientOptions.__annotations__)


class ActuallyCare(Resources, BlockingRequests):
    """A blocking client of the ActuallyCare API, for programs without asyncio.

        with ActuallyCare() as client:
            for listing in client.listings.list(status="active"):
                print(listing.address, listing.list_price)

    It has the methods of `AsyncActuallyCare` without `await`. One client is enough for a process:
    any number of threads may use it at the same time, and share its connections and rate limit.
    Close it with `with` or `close()`. Calls in progress then raise APIConnectionError, later ones
    ConfigurationError. In a forked process it opens connections of its own.

    Every method takes `deadline`: seconds for the whole call, with all attempts and waits, after
    which it raises DeadlineExceededError. `timeout` limits each attempt.

    Calls run on an event loop in a background thread, which all clients share. Callbacks
    (`on_retry`, a `rate_limiter`, a `transport`) run there too, and must not wait.

    Args:
        api_key: as in AsyncActuallyCare, like all arguments that are not listed here. Or a function
            that returns the key to use now.
        token: a JWT, or `Login(email, password)`, or a function that returns the JWT to use now.
        token_store: shares the tokens of a `Login` among processes; see `BlockingTokenStore`.
        deadline: default for all calls; None for no limit.
        http_client: an `httpx.AsyncClient` (or `httpx2.AsyncClient`), which only this client uses.

    Raises:
        ConfigurationError: as AsyncActuallyCare.
    """

    def __init__(
        self,
        api_key: str | BlockingProvider | None = None,
        *,
        token: str | Login | BlockingProvider | None = None,
        token_store: BlockingTokenStore | None = None,
        base_url: str | None = None,
        timeout: Timeout | None = TIMEOUT,
        deadline: float | None = None,
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
        options = wrap_options({"api_key": api_key, "token": token, "token_store": token_store})
        # After this, no local of this frame shows a credential in a traceback with locals.
        del api_key, token
        check_providers(options)
        options |= {
            "base_url": base_url,
            "timeout": timeout,
            "retry": retry,
            "on_retry": on_retry,
            "on_wait": on_wait,
            "rate_limiter": rate_limiter,
            "max_response_bytes": max_response_bytes,
            "max_concurrency": max_concurrency,
            "default_headers": default_headers,
            "default_query": default_query,
            "app_info": app_info,
            "http_client": http_client,
            "transport": transport,
            "clock": clock,
            "telemetry": telemetry,
            "strict": strict,
        }
        self._is_view = False
        self._loop_client = LoopClient(
            lambda: AsyncClient(**options), survives_fork=survive_fork(options)
        )
        self._runner = CallRunner(self._loop_client, check_deadline(deadline))

    def with_options(self, **options: Unpack[BlockingClientOptions]) -> Self:
        """Return a view of this client with other options and the same connections and rate limit.

        Omitted options do not change. Close the original client, not the view. See
        `AsyncActuallyCare.with_options`.
        """
        wrapped = wrap_options(options)
        # Before the names are checked: a traceback with locals would show a credential.
        del options
        check_names(wrapped, "with_options", _OPTIONS)
        check_providers(wrapped)
        view = copy.copy(self)
        view._runner = self._runner.with_options(wrapped)
        view._is_view = True
        drop_cached(view)
        return view

    @property
    def rate_limit(self) -> RateLimit | None:
        """Rate limit reported by the last response; None before the first."""
        return self._runner.configured.rate_limit

    def close(self) -> None:
        """Cancel the calls in progress and close the connections that this client opened.

        Does nothing on a view, and the second time.
        """
        if not self._is_view:
            self._loop_client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        name = type(self).__name__
        runner: CallRunner | None = getattr(self, "_runner", None)
        if runner is None:  # __init__ raised; a traceback with locals still asks for the repr
            return f"<{name} (unconfigured)>"
        return f"<{name} {runner.configured.description}>"


expand_signature(ActuallyCare.with_options, BlockingClientOptions)
