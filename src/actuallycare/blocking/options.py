"""Options of the blocking client, and those that its async client gets."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, TypeVar, cast, runtime_checkable

from anyio.to_thread import run_sync
from attrs import field, frozen

from .._core.auth.credentials import CredentialProvider
from .._core.auth.login import Login
from .._core.auth.tokens import Tokens
from .._core.clock import Clock
from .._core.errors import ConfigurationError
from .._core.retry.policy import RetryEvent, RetryPolicy, WaitEvent
from .._core.retry.rate_limiter import RateLimiter
from .._core.secret import wrap_secret
from .._core.timeout import Timeout
from .._core.transports import Transport

if TYPE_CHECKING:
    import httpx
    import httpx2

    from .._core.instrumentation import Instrumentation

T = TypeVar("T")

BlockingProvider = Callable[[], str]
"""A function that returns the API key or the JWT to use now. It may block: it runs in a thread."""


@runtime_checkable
class BlockingTokenStore(Protocol):
    """Shares the tokens of one user among processes: a `TokenStore` without `async`."""

    def load(self) -> Tokens | None:
        """Return the tokens saved last, or None."""
        ...

    def save(self, tokens: Tokens) -> None:
        """Replace the saved tokens."""
        ...


class BlockingClientOptions(TypedDict, total=False):
    """Keyword arguments of `with_options`: those of `ClientOptions`, for the blocking client."""

    api_key: str | BlockingProvider | None
    token: str | Login | BlockingProvider | None
    token_store: BlockingTokenStore | None
    base_url: str
    timeout: Timeout | None
    deadline: float | None
    """Seconds for a whole call, with all attempts and waits."""
    retry: RetryPolicy
    on_retry: Callable[[RetryEvent], None] | None
    on_wait: Callable[[WaitEvent], None] | None
    rate_limiter: RateLimiter | None
    max_response_bytes: int | None
    max_concurrency: int | None
    default_headers: Mapping[str, str | None] | None
    default_query: Mapping[str, Any] | None
    app_info: str | None
    http_client: httpx.AsyncClient | httpx2.AsyncClient
    transport: Transport
    clock: Clock
    telemetry: Instrumentation | bool | None
    strict: bool
    extra_headers: Mapping[str, str | None] | None
    extra_query: Mapping[str, Any] | None
    extra_body: Mapping[str, Any] | None


@frozen
class _ThreadedTokenStore:
    """A `TokenStore` that calls a blocking one in a worker thread, as it may wait for a disk."""

    store: BlockingTokenStore = field(repr=False)

    async def load(self) -> Tokens | None:
        return await _in_thread("token_store.load", self.store.load)

    async def save(self, tokens: Tokens) -> None:
        await _in_thread("token_store.save", partial(self.store.save, tokens))


def _threaded(setting: str, provider: BlockingProvider) -> CredentialProvider:
    async def provide() -> str:
        return await _in_thread(setting, provider)

    return provide


async def _in_thread(setting: str, function: Callable[[], T]) -> T:
    return plain_result(
        await run_sync(function),
        f"{setting} is an async function: pass a function without `async` to the blocking client, "
        "or use AsyncActuallyCare.",
    )


def plain_result(value: T, message: str) -> T:
    """Return what a function returned; ConfigurationError if it must be awaited."""
    if not inspect.isawaitable(value):
        return value
    if inspect.iscoroutine(value):
        value.close()
    raise ConfigurationError(message)


def wrap_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options for the async client, with credentials that no traceback shows."""
    wrapped = dict(options)
    for name in options.keys() & {"api_key", "token"}:
        value = options[name]
        is_plain = isinstance(value, Login) or not callable(value)
        wrapped[name] = wrap_secret(value) if is_plain else _threaded(name, cast("Any", value))
    store = options.get("token_store")
    # The async client rejects anything else. No error may have this frame, which has credentials.
    if isinstance(store, BlockingTokenStore) and not isinstance(store, type):
        wrapped["token_store"] = _ThreadedTokenStore(store)
    return wrapped


def survive_fork(options: Mapping[str, Any]) -> bool:
    """Whether none of the options belongs to one event loop."""
    transport = options.get("transport")
    bound = (options.get("http_client"), options.get("rate_limiter"))
    return bound == (None, None) and (transport is None or isinstance(transport, str))
