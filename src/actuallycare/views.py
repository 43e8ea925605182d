"""Views of a client: other options, the same connections and rate limit."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast
from urllib.parse import urlsplit

from attrs import evolve

from ._core.auth.credentials import CredentialProvider, Credentials
from ._core.auth.login import Login
from ._core.auth.tokens import TokenProvider, TokenStore
from ._core.call_options import CallOptions, check_names
from ._core.clock import Clock, SystemClock
from ._core.decode_policy import DecodePolicy
from ._core.errors import ConfigurationError
from ._core.extras import NO_EXTRAS, read_extras
from ._core.resource import lazy_resource
from ._core.retry.policy import RetryEvent, RetryPolicy, WaitEvent
from ._core.retry.rate_limiter import RateLimiter
from ._core.secret import wrap_secret
from ._core.sender import Options, Sender
from ._core.serialize import encode_query, format_json, name_errors
from ._core.settings import validate_bool, validate_limit, validate_timeout
from ._core.timeout import Timeout
from ._core.transports import Transport, prepare_transport
from .configuration import (
    PRODUCT,
    check_base_url,
    check_callbacks,
    check_services,
    make_credentials,
    make_instrumentation,
    make_semaphore,
    make_transport,
    user_agent,
    with_headers,
    with_query,
)

if TYPE_CHECKING:
    import httpx
    import httpx2

    from ._core.instrumentation import Instrumentation

C = TypeVar("C")

_CACHED = (lazy_resource, cached_property)


class ClientOptions(TypedDict, total=False):
    """Keyword arguments of `client.with_options`. Those that are omitted do not change.

    The options of the client are described there; this is how they differ.
    """

    api_key: str | CredentialProvider | None
    """With `api_key` or `token`, the view has no other credential than these two."""
    token: str | Login | TokenProvider | None
    token_store: TokenStore | None
    base_url: str
    """Another server needs credentials of its own."""
    timeout: Timeout | None
    retry: RetryPolicy | None
    on_retry: Callable[[RetryEvent], None] | None
    on_wait: Callable[[WaitEvent], None] | None
    rate_limiter: RateLimiter | None
    max_response_bytes: int | None
    max_concurrency: int | None
    """Limits the requests of the view only."""
    default_headers: Mapping[str, str | None] | None
    """Added to those of the client; None as a value removes one."""
    default_query: Mapping[str, Any] | None
    """Added to those of the client; None as a value removes one."""
    app_info: str | None
    http_client: httpx.AsyncClient | httpx2.AsyncClient | None
    """Sends the requests of the view. You close it. None changes nothing."""
    transport: Transport | None
    """Sends the requests of the view. You close it. None changes nothing."""
    clock: Clock | None
    telemetry: Instrumentation | bool | None
    strict: bool
    extra_headers: Mapping[str, str | None] | None
    """Headers of each request; they win over those of the call. None as a value removes one."""
    extra_query: Mapping[str, Any] | None
    """Query parameters of each request; they win over those of the call."""
    extra_body: Mapping[str, Any] | None
    """Members to add to each body; they win over those of the call. A body that is no object, such
    as a list, raises ConfigurationError. A call without a body gets none."""


_NAMES = frozenset(ClientOptions.__annotations__)


def wrap_credentials(options: ClientOptions) -> None:
    """Wrap the credentials among the options, which tracebacks with locals would show."""
    for name in options.keys() & {"api_key", "token"}:
        cast("dict[str, Any]", options)[name] = wrap_secret(options.get(name))
    check_names(options, "with_options", _NAMES)


def copy_client(client: C, sender: Sender) -> C:
    """Return a copy of a client, with the attributes of a subclass, that sends with `sender`."""
    view: Any = copy.copy(client)
    view._sender = sender
    view._is_view = True
    view._owns_transport = False
    drop_cached(view)
    return cast("C", view)


def drop_cached(view: object) -> None:
    """Delete what a copy of a client has cached: it uses the options of the original."""
    for name in [*view.__dict__]:
        if isinstance(inspect.getattr_static(type(view), name, None), _CACHED):
            del view.__dict__[name]


def changed_sender(before: Sender, options: ClientOptions) -> Sender:
    """Return the sender with other options, whose credentials `wrap_credentials` has wrapped."""
    changes: dict[str, Any] = {"options": _changed_options(before.options, options)}
    check_services(options.get("rate_limiter"), options.get("clock"))
    check_callbacks(on_retry=options.get("on_retry"), on_wait=options.get("on_wait"))
    same = options.keys() & {"on_retry", "on_wait", "rate_limiter"}
    changes |= {name: options.get(name) for name in same}
    if "clock" in options:
        changes["clock"] = options["clock"] or SystemClock()
    if "max_concurrency" in options:
        changes["semaphore"] = make_semaphore(options["max_concurrency"])
    if "strict" in options:
        changes["decode_policy"] = DecodePolicy(strict=validate_bool("strict", options["strict"]))
    if "telemetry" in options:
        changes["instrumentation"] = make_instrumentation(options["telemetry"])
    transport = _changed_transport(options)
    if transport is not None:
        changes["transport"] = transport
    if "base_url" in options:
        changes["base_url"] = check_base_url(options["base_url"])
    headers = before.headers
    if "app_info" in options or options.get("http_client") is not None:
        agent = _changed_user_agent(before, options)
        headers = with_headers(headers, "app_info", {"User-Agent": agent})
    changes["headers"] = with_headers(headers, "default_headers", options.get("default_headers"))
    changes["query"] = with_query(before.query, "default_query", options.get("default_query"))
    sender = evolve(before, **changes)
    prepare_transport(sender.transport, sender.base_url)
    return evolve(sender, credentials=_changed_credentials(before, sender, options))


def _changed_user_agent(before: Sender, options: ClientOptions) -> str:
    """Return the User-Agent of a view; what the options do not change stays."""
    own, product, info = before.headers.get("User-Agent", "").partition(PRODUCT)
    agent = user_agent(options.get("app_info", info), options.get("http_client"))
    # Without a product, `default_headers` has replaced the whole.
    keeps_own = product and options.get("http_client") is None
    return f"{own}{agent}" if keeps_own else agent


def _changed_transport(options: ClientOptions) -> Transport | None:
    """Return the transport of a view; None for that of the client."""
    chosen: Any = options.get("transport")
    client = options.get("http_client")
    if isinstance(chosen, str):
        raise ConfigurationError(
            f"transport is {chosen!r:.40}; for a view, a Transport that you close was expected, "
            "such as HttpxTransport(), AiohttpTransport() or Httpx2Transport()."
        )
    return None if chosen is None and client is None else make_transport(chosen, client)


def _changed_options(before: Options, options: ClientOptions) -> Options:
    changes: dict[str, Any] = {}
    if "retry" in options:
        retry = options["retry"]
        changes["retry"] = RetryPolicy() if retry is None else retry
    if "timeout" in options:
        changes["timeout"] = validate_timeout(options["timeout"])
    if "max_response_bytes" in options:
        limit = options["max_response_bytes"]
        changes["max_response_bytes"] = validate_limit("max_response_bytes", limit)
    extras = CallOptions(
        extra_headers=options.get("extra_headers"),
        extra_query=options.get("extra_query"),
        extra_body=options.get("extra_body"),
    )
    added = read_extras(extras)
    name_errors("extra_query", lambda: encode_query(added.query))
    name_errors("extra_body", lambda: format_json(added.body))
    return evolve(before, extras=before.extras.merged(added), **changes)


def _changed_credentials(before: Sender, sender: Sender, options: ClientOptions) -> Credentials:
    """Return the credentials of a view: those of the client, or only those that were passed."""
    if options.keys() & {"api_key", "token"} or options.get("token_store") is not None:
        # A login is not one of the calls that the extras are for.
        plain = evolve(
            sender, credentials=Credentials(), options=evolve(sender.options, extras=NO_EXTRAS)
        )
        return make_credentials(
            options.get("api_key"), options.get("token"), options.get("token_store"), plain
        )
    same_server = urlsplit(sender.base_url)[:2] == urlsplit(before.base_url)[:2]
    if not same_server and before.credentials != Credentials():
        raise ConfigurationError(
            "base_url leads to another server than that of the client, which would get the "
            "client's credentials. Pass api_key= or token= for it too, or api_key=None for none."
        )
    return before.credentials
