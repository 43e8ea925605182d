"""`with_options`: other options and credentials over the same connections."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from actuallycare import (
    AsyncActuallyCare,
    AuthenticationError,
    ConfigurationError,
    Login,
    Pacer,
    Request,
    Response,
    RetryPolicy,
)
from actuallycare.views import ClientOptions
from tests.fakes import ManualClock, ScriptedTransport, Step, failure, success

OTHER = "f" * 64
LISTING = {"id": "1"}


def client(
    key: str | None, *steps: Step, **options: Any
) -> tuple[AsyncActuallyCare, ScriptedTransport]:
    transport = ScriptedTransport(*(steps or [success(LISTING)]))
    return AsyncActuallyCare(key, transport=transport, telemetry=False, **options), transport


def sent_credentials(transport: ScriptedTransport) -> list[dict[str, str]]:
    names = ("X-API-Key", "Authorization")
    return [
        {n: v for n, v in request.wire_headers().items() if n in names}
        for request in transport.requests
    ]


@pytest.mark.anyio
async def test_tenants_share_connections_and_never_credentials(key: str) -> None:
    made, transport = client(key, token="jwt")
    by_key = made.with_options(api_key=OTHER)
    by_token = made.with_options(token="other-jwt")
    nobody = made.with_options(api_key=None)
    for view in (made, by_key, by_token):
        await view.listings.get("1")
    with pytest.raises(ConfigurationError, match="needs a JWT"):
        await by_key.api_keys.list()
    with pytest.raises(ConfigurationError, match="needs a credential"):
        await nobody.listings.get("1")
    await nobody.billing.get_public_plans(extra_headers={"X": "1"})
    assert sent_credentials(transport) == [
        {"X-API-Key": key}, {"X-API-Key": OTHER}, {"Authorization": "Bearer other-jwt"}, {},
    ]  # fmt: skip


@pytest.mark.anyio
async def test_a_login_of_a_view_is_its_own(key: str) -> None:
    tokens = success({"token": "tenant-jwt", "expiresIn": 900})
    made, transport = client(key, tokens, success([]), token="jwt")
    view = made.with_options(
        token=Login("a@example.com", "pw"), extra_headers={"X-A": "1"}, extra_body={"b": 1}
    )
    await view.request("GET", "/x", auth="bearer")
    login, call = transport.requests
    assert (login.operation.name, login.auth) == ("auth.login", None)
    assert login.content == b'{"email":"a@example.com","password":"pw"}'
    assert "X-A" not in login.headers
    assert call.wire_headers()["Authorization"] == "Bearer tenant-jwt"


# Neither value can be part of an address in memory, which a repr shows in hexadecimal.
@pytest.mark.parametrize("options", [{"api_key": "not-a-key"}, {"token": "Bearer x"}])
def test_a_malformed_credential_shows_in_no_frame(options: Any, key: str) -> None:
    made, _ = client(key)
    with pytest.raises(ConfigurationError) as caught:
        made.with_options(**options)
    entry = caught.traceback[1:]  # the first frame is this test's
    (value,) = options.values()
    for frame in entry:
        assert value not in repr(frame.frame.f_locals)


def test_another_server_gets_no_credential_of_this_one(key: str) -> None:
    made, _ = client(key)
    with pytest.raises(ConfigurationError, match="another server"):
        made.with_options(base_url="https://evil.example/v1")
    made.with_options(base_url="https://api.actuallycare.com/v2")
    made.with_options(base_url="https://eu.example.com/v1", api_key=OTHER)
    client(None)[0].with_options(base_url="https://eu.example.com/v1")


class Tenant(AsyncActuallyCare):
    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.name = name

    @cached_property
    def own(self) -> Any:
        return self.listings


@pytest.mark.anyio
async def test_a_view_keeps_the_attributes_of_a_subclass(key: str) -> None:
    transport = ScriptedTransport(success(LISTING))
    made = Tenant("t", api_key=key, transport=transport, telemetry=False)
    assert made.own is made.listings
    view = made.with_options(timeout=2, api_key=OTHER)
    assert (type(view), view.name) == (Tenant, "t")
    assert view.own is view.listings
    await view.own.get("1")
    assert transport.requests[0].timeout == 2
    assert sent_credentials(transport) == [{"X-API-Key": OTHER}]


OPTIONS: dict[str, Any] = {
    "api_key": OTHER, "token": "jwt", "token_store": None,
    "base_url": "https://api.actuallycare.com/v2", "timeout": 1, "retry": RetryPolicy(),
    "on_retry": print, "rate_limiter": Pacer(), "max_response_bytes": 5, "max_concurrency": 2,
    "default_headers": {"X-A": "1"}, "default_query": {"a": 1}, "app_info": "app/1",
    "transport": ScriptedTransport(), "clock": ManualClock(), "telemetry": False, "strict": True,
    "extra_headers": {"X-B": "1"}, "extra_query": {"b": 1}, "extra_body": {"c": 1},
}  # fmt: skip


def test_every_option_of_the_client_is_one_of_its_views(key: str) -> None:
    import inspect

    of_client = {*inspect.signature(AsyncActuallyCare).parameters}
    assert of_client <= {*ClientOptions.__annotations__}
    assert {*ClientOptions.__annotations__} == {*OPTIONS, "http_client"} | of_client
    made, _ = client(key)
    before = made._sender
    view = made.with_options(**OPTIONS)
    assert made._sender is before
    after = view._sender
    assert after.base_url.endswith("/v2")
    assert (after.options.timeout, after.options.max_response_bytes) == (1, 5)
    assert after.semaphore is not before.semaphore
    assert (after.on_retry, after.clock) == (print, OPTIONS["clock"])
    assert (after.rate_limiter, after.transport) == (OPTIONS["rate_limiter"], OPTIONS["transport"])
    assert after.headers["X-A"] == "1"
    assert after.headers["User-Agent"].endswith(" app/1")
    assert after.query == {"a": 1}
    assert after.rate_limit_state is before.rate_limit_state
    assert after.cooldown is before.cooldown
    assert after.lifecycle is before.lifecycle


@pytest.mark.anyio
async def test_none_is_the_default_of_an_option_or_changes_nothing(key: str) -> None:
    made, transport = client(key, retry=RetryPolicy(max_attempts=1), clock=ManualClock())
    view = made.with_options(
        clock=None, retry=None, transport=None, http_client=None, token_store=None
    )
    await view.listings.get("1")
    assert view._sender.options.retry == RetryPolicy()
    assert sent_credentials(transport) == [{"X-API-Key": key}]


def test_a_view_opens_no_connections_of_its_own(key: str) -> None:
    made, _ = client(key)
    with pytest.raises(ConfigurationError, match=r"transport is 'httpx'; .* HttpxTransport\(\)"):
        made.with_options(transport="httpx")  # type: ignore[arg-type]


def test_mappings_are_added_to_those_of_the_client(key: str) -> None:
    made, _ = client(key, default_headers={"X-A": "1", "X-B": "1"}, default_query={"a": 1, "b": 2})
    view = made.with_options(default_headers={"x-a": None}, default_query={"b": None, "c": 3})
    assert {*view._sender.headers} == {"User-Agent", "X-B"}
    assert view._sender.query == {"a": 1, "c": 3}
    extras = view.with_options(extra_query={"a": 1}).with_options(extra_query={"b": 2})
    assert extras._sender.options.extras.query == {"a": 1, "b": 2}


def test_the_user_agent_names_the_application_and_keeps_the_callers(key: str) -> None:
    product = AsyncActuallyCare(key)._sender.headers["User-Agent"]
    assert product.startswith("actuallycare-python/")
    http_client = httpx.AsyncClient(headers={"User-Agent": "gateway/3"})
    made = AsyncActuallyCare(key, app_info="my-service/1.2", http_client=http_client)
    assert made._sender.headers["User-Agent"] == f"gateway/3 {product} my-service/1.2"
    default = AsyncActuallyCare(key, http_client=httpx.AsyncClient())
    assert default._sender.headers["User-Agent"] == product
    with pytest.raises(ConfigurationError, match="app_info"):
        AsyncActuallyCare(key, app_info="a\nb")
    view = made.with_options(app_info="other/1")
    assert view._sender.headers["User-Agent"] == f"gateway/3 {product} other/1"
    view = made.with_options(http_client=httpx.AsyncClient())
    assert view._sender.headers["User-Agent"] == f"{product} my-service/1.2"
    view = made.with_options(default_headers={"User-Agent": "a"}).with_options(app_info="b")
    assert view._sender.headers["User-Agent"] == f"{product} b"


def _numbered(request: Request) -> Response:
    query = parse_qs(urlsplit(request.url).query)
    page, limit = (int(query.get(name, [default])[0]) for name, default in _PAGING)
    rows = [{"id": f"{page}-{row}"} for row in range(limit if page < 4 else 0)]
    return success({"listings": rows})


_PAGING = (("page", "1"), ("limit", "25"))


@pytest.mark.parametrize("option", ["default_query", "extra_query"])
@pytest.mark.anyio
async def test_pages_continue_from_the_query_of_a_view(option: str, key: str) -> None:
    made, transport = client(key, _numbered)
    view = made.with_options(**{option: {"page": 2, "limit": 2}})  # type: ignore[misc]
    items = [listing.id async for listing in view.listings.list()]
    assert items == ["2-0", "2-1", "3-0", "3-1"]
    queries = [dict(parse_qsl(urlsplit(r.url).query)) for r in transport.requests]
    assert queries == [{"page": page, "limit": "2"} for page in ("2", "3", "4")]
    transport.requests.clear()
    assert len(await view.pages("/houses").collect()) == 4


class Rotating:
    """An API key that changes."""

    def __init__(self, *keys: str) -> None:
        self.keys = [*keys]
        self.calls = 0

    async def __call__(self) -> str:
        self.calls += 1
        return self.keys[min(self.calls, len(self.keys)) - 1]


@pytest.mark.anyio
async def test_a_key_comes_from_an_async_function_for_each_attempt(key: str) -> None:
    rotating = Rotating(key, OTHER)
    made, transport = client(rotating, failure(503), success(LISTING), clock=ManualClock())  # type: ignore[arg-type]
    await made.listings.get("1")
    assert sent_credentials(transport) == [{"X-API-Key": key}, {"X-API-Key": OTHER}]


@pytest.mark.anyio
async def test_another_key_is_tried_once_after_a_401(key: str) -> None:
    rotating = Rotating(key, OTHER)
    made, transport = client(rotating, failure(401), success(LISTING), clock=ManualClock())  # type: ignore[arg-type]
    await made.listings.create(address="1 Main St", list_price=1)
    assert sent_credentials(transport) == [{"X-API-Key": key}, {"X-API-Key": OTHER}]
    same, transport = client(Rotating(key), failure(401), clock=ManualClock())  # type: ignore[arg-type]
    with pytest.raises(AuthenticationError):
        await same.listings.get("1")
    assert len(transport.requests) == 1


@pytest.mark.parametrize("value", ["abc", 3, None])
@pytest.mark.anyio
async def test_what_the_function_returns_is_checked(value: Any) -> None:
    async def wrong() -> Any:
        return value

    made, transport = client(wrong)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError) as caught:
        await made.listings.get("1")
    assert "abc" not in str(caught.value)
    assert transport.requests == []


@pytest.mark.anyio
async def test_a_function_that_is_not_async_is_named(key: str) -> None:
    made, _ = client(lambda: key)  # type: ignore[arg-type,return-value]
    with pytest.raises(ConfigurationError, match=r"api_key=.*async def"):
        await made.listings.get("1")


@pytest.mark.anyio
async def test_a_view_has_one_user_agent_in_any_case(key: str) -> None:
    made, transport = client(key, default_headers={"user-agent": "mine"})
    await made.with_options(app_info="x/1").listings.get("1")
    names = [name.lower() for name in transport.requests[0].wire_headers()]
    assert names.count("user-agent") == 1
