"""A wrong setting raises ConfigurationError where the object is created, and names the setting."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import aiohttp
import anyio
import httpx
import httpx2
import pytest
import redis
from redis.asyncio import Redis

from actuallycare import (
    ActuallyCare,
    AsyncActuallyCare,
    ConfigurationError,
    Login,
    Pacer,
    RetryPolicy,
    bulk,
    testing,
    webhooks,
)
from actuallycare.redis import RedisIdempotencyStore, RedisRateLimiter, RedisTokenStore
from actuallycare.transports import AiohttpTransport, Httpx2Transport, HttpxTransport
from actuallycare.webhooks.asgi import InMemoryIdempotencyStore, WebhookReceiver

SECRET = "0123456789abcdef" * 4
PASSWORD = "Sample-Passw0rd"
_client = partial(AsyncActuallyCare, SECRET)
_server: Any = Redis()  # connects to nothing


async def handler(_: Any) -> None: ...


class Called:
    async def __call__(self, _: Any) -> None: ...


async def _closed_client() -> httpx.AsyncClient:
    client = httpx.AsyncClient()
    await client.aclose()
    return client


def login(email: Any, password: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare(token=Login(email, password))


def receiver(**options: Any) -> WebhookReceiver:
    return WebhookReceiver(**{"handler": handler, "secret": SECRET, **options})


def limiter(**options: Any) -> RedisRateLimiter:
    return RedisRateLimiter(**{"client": _server, **options})


def store(**options: Any) -> RedisIdempotencyStore:
    return RedisIdempotencyStore(**{"client": _server, **options})


def tokens(**options: Any) -> RedisTokenStore:
    options = {"client": _server, "account": "sample", "plaintext": True, **options}
    return RedisTokenStore(**options)


def rows(**options: Any) -> Any:
    return bulk.run([1], handler, **options)


def page(**options: Any) -> Any:
    return testing.page([1], **options)


def pager(**options: Any) -> Any:
    return testing.pager([1], **options)


def verify(**options: Any) -> None:
    webhooks.verify(b"{}", {}, SECRET, **options)


@pytest.mark.parametrize(
    ("make", "setting", "value"),
    [
        (_client, "max_concurrency", 1.5),
        (_client, "max_response_bytes", 0.5),
        (_client, "timeout", 10**400),
        (_client, "timeout", httpx.Timeout(5, connect="3")),
        (RetryPolicy, "max_elapsed", 10**400),
        (RetryPolicy, "statuses", ""),
        (RetryPolicy, "statuses", b"x"),
        (RetryPolicy, "statuses", {503: 1}),
        (verify, "now", datetime(2026, 6, 11)),
        (verify, "now", "2026-06-11"),
        (_client, "strict", "yes"),
        (_client, "telemetry", 3),
        (_client, "app_info", 3),
        (_client, "app_info", 0),
        (_client, "on_retry", handler),
        (_client, "on_retry", partial(handler)),
        (_client, "on_wait", Called()),
        (_client, "on_wait", Called),
        (_client, "retry", SECRET),
        (_client, "transport", ""),
        (_client, "transport", httpx.AsyncClient()),
        (_client, "http_client", anyio.run(_closed_client)),
        (AsyncActuallyCare, "api_key", Login),
        (AsyncActuallyCare, "token", Login),
        (ActuallyCare, "api_key", Login),
        (ActuallyCare, "api_key", handler),
        (ActuallyCare, "token", 3),
        (partial(AsyncActuallyCare, token=Login("sample", PASSWORD)), "token_store", 3),
        (Pacer, "clock", 5),
        (receiver, "handler", "sample"),
        (receiver, "store", 3),
        (receiver, "clock", 3),
        (receiver, "tolerance", "300"),
        (receiver, "clock_skew", None),
        (receiver, "response_timeout", None),
        (receiver, "read_timeout", "30"),
        (receiver, "max_body_bytes", True),
        (receiver, "max_concurrency", 1.5),
        (receiver, "max_queue", "3"),
        (verify, "tolerance", "300"),
        (verify, "clock_skew", None),
        (InMemoryIdempotencyStore, "retention", math.nan),
        (InMemoryIdempotencyStore, "retention", 0),
        (InMemoryIdempotencyStore, "max_entries", 0),
        (InMemoryIdempotencyStore, "monotonic", 3),
        (limiter, "client", "redis://127.0.0.1"),
        (limiter, "client", redis.Redis()),
        (limiter, "address", 3),
        (limiter, "reserve", "0.1"),
        (limiter, "share", math.nan),
        (limiter, "timeout", "1"),
        (store, "client", redis.Redis()),
        (store, "label", None),
        (store, "handling_timeout", True),
        (store, "retention", math.nan),
        (store, "timeout", None),
        (tokens, "client", redis.Redis()),
        (tokens, "account", 3),
        (tokens, "renew_timeout", 0),
        (HttpxTransport, "client", httpx.Client()),
        (HttpxTransport, "client", httpx2.AsyncClient()),
        (Httpx2Transport, "client", httpx.AsyncClient()),
        (AiohttpTransport, "session", aiohttp),
        (rows, "concurrency", 1.5),
        (rows, "deadline", math.nan),
        (rows, "shutdown_timeout", -1),
        (rows, "progress_interval", "1"),
        (rows, "on_progress", 3),
        (page, "limit", -1),
        (pager, "page_size", 0),
    ],
)
def test_a_wrong_setting_is_named(make: Callable[..., Any], setting: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=rf"^{setting} is ") as caught:
        make(**{setting: value})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("default_query", {"a": object()}),
        ("default_query", {"a": math.nan}),
        ("default_query", {"a": [{}]}),
        ("default_headers", {"X-A": "caf\u00e9"}),
        ("app_info", "caf\u00e9"),
        ("app_info", "a\nb"),
        ("extra_query", {"a": object()}),
        ("extra_body", {"a": object()}),
        ("extra_body", {"a": math.nan}),
    ],
)
def test_what_cannot_be_sent_is_rejected_at_once(setting: str, value: Any) -> None:
    client = _client()
    with pytest.raises(ConfigurationError, match=rf"^{setting}: "):
        client.with_options(**{setting: value})  # type: ignore[misc]
    if not setting.startswith("extra"):
        with pytest.raises(ConfigurationError, match=rf"^{setting}: "):
            _client(**{setting: value})


@pytest.mark.parametrize(
    "url",
    ["https://a.example/v1?", "https://a.example/v1#", "https://@a.example", "https://:@a.example"],
)
def test_an_empty_query_or_user_name_is_rejected(url: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url "):
        _client(base_url=url)


def test_white_space_around_app_info_is_removed() -> None:
    assert _client(app_info=" a/1\n")._sender.headers["User-Agent"].endswith(" a/1")
    assert _client(app_info=" ")._sender.headers["User-Agent"].strip().count(" ") == 0


def test_a_callback_of_the_instant_clock_is_a_function() -> None:
    with pytest.raises(ConfigurationError, match="on_advance"):
        testing.InstantClock(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("email", "password", "setting"),
    [
        (None, PASSWORD, "email"),
        ("", PASSWORD, "email"),
        (" ", PASSWORD, "email"),
        ("sample", PASSWORD.encode(), "password"),
        ("sample", f"{PASSWORD}\ud800", "password"),
        ("sample", "", "password"),
        ("sample", None, "password"),
    ],
)
def test_a_wrong_login_is_named_and_not_shown(email: Any, password: Any, setting: str) -> None:
    with pytest.raises(ConfigurationError, match=f"Login: {setting}") as caught:
        login(email, password)
    assert PASSWORD not in str(caught.value)


@pytest.mark.anyio
async def test_a_pacer_without_a_clock_uses_the_real_time() -> None:
    await Pacer(None).acquire()


def test_an_infinite_retention_is_cut() -> None:
    assert store(retention=math.inf)._retention_ms == 10 * 365 * 86_400 * 1000
