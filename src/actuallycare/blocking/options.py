"""Options of the blocking client, and those that its async client gets."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, TypeVar, cast, runtime_checkable

from anyio.to_thread import run_sync
from attrs import field, frozen

from .._core.async_function import is_async_function
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
    retry: RetryPolicy | None
    on_retry: Callable[[RetryEvent], None] | None
    on_wait: Callable[[WaitEvent], None] | None
    rate_limiter: RateLimiter | None
    max_response_bytes: int | None
    max_concurrency: int | None
    default_headers: Mapping[str, str | None] | None
    default_query: Mapping[str, Any] | None
    app_info: str | None
    http_client: httpx.AsyncClient | httpx2.AsyncClient | None
    transport: Transport | None
    clock: Clock | None
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


@frozen
class _ThreadedProvider:
    """A `CredentialProvider` that calls a blocking one in a worker thread."""

    setting: str
    provider: BlockingProvider = field(repr=False)

    async def __call__(self) -> str:
        return await _in_thread(self.setting, self.provider)


async def _in_thread(setting: str, function: Callable[[], T]) -> T:
    return plain_result(await run_sync(function), _is_async(setting))


def _is_async(setting: str) -> str:
    return (
        f"{setting} is an async function: pass a function without `async` to the blocking client, "
        "or use AsyncActuallyCare."
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
        is_function = callable(value) and not isinstance(value, type)
        if is_function and not is_async_function(value):
            wrapped[name] = _ThreadedProvider(name, cast("Any", value))
        else:
            wrapped[name] = wrap_secret(value)
    store = options.get("token_store")
    # The async client rejects anything else. No error may have this frame, which has credentials.
    if isinstance(store, BlockingTokenStore) and not isinstance(store, type):
        wrapped["token_store"] = _ThreadedTokenStore(store)
    return wrapped


def check_providers(wrapped: Mapping[str, Any]) -> None:
    """Raise ConfigurationError for an async function among options from `wrap_options`."""
    for name in ("api_key", "token"):
        value = wrapped.get(name)
        if not isinstance(value, _ThreadedProvider) and is_async_function(value):
            raise ConfigurationError(_is_async(name))


def survive_fork(options: Mapping[str, Any]) -> bool:
    """Whether none of the options belongs to one event loop."""
    transport = options.get("transport")
    bound = (options.get("http_client"), options.get("rate_limiter"))
    return bound == (None, None) and (transport is None or isinstance(transport, str))
