"""Everything that ends in an error which a user can read, each case by its name.

The other tests check the type of an error, its fields and its code. The English is checked here
alone, against `messages.txt`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from actuallycare import UNSET, AsyncActuallyCare, Login, Response, RetryPolicy
from actuallycare.testing import InstantClock
from actuallycare.webhooks import verify
from actuallycare.webhooks.asgi import WebhookReceiver
from tests.conftest import KEY
from tests.fakes import ScriptedTransport, Step, answer, failure, success
from tests.webhooks.deliveries import NOW, SECRET, tampered

Case = Callable[[], Awaitable[Any]]
ONCE = RetryPolicy(max_attempts=1)


def configured(**arguments: Any) -> Case:
    """Create a client."""

    async def case() -> None:
        AsyncActuallyCare(**arguments)

    return case


def called(
    make: Callable[[AsyncActuallyCare], Awaitable[Any]], *steps: Step, **options: Any
) -> Case:
    """Make a call that gets these responses."""

    async def case() -> None:
        transport = ScriptedTransport(*steps)
        arguments = {"api_key": KEY, "transport": transport, "retry": ONCE, **options}
        async with AsyncActuallyCare(**arguments) as client:
            await make(client)

    return case


def got(*steps: Step, **options: Any) -> Case:
    """Call `listings.get`."""
    return called(lambda client: client.listings.get("1"), *steps, **options)


def listed(*steps: Step, **arguments: Any) -> Case:
    """Call `contacts.list().collect`."""
    return called(lambda client: client.contacts.list().collect(**arguments), *steps, token="a.b.c")


def logged_in(*steps: Step) -> Case:
    """Log in, for `contacts.list().collect`."""
    login = Login("sample@example.com", "sample password")
    return called(lambda client: client.contacts.list().collect(), *steps, token=login)


def raised(error: httpx.RequestError) -> Case:
    """Call `listings.get` where httpx raises this."""

    async def case() -> None:
        def fail(request: httpx.Request) -> httpx.Response:
            raise error

        async with (
            httpx.AsyncClient(transport=httpx.MockTransport(fail)) as http,
            AsyncActuallyCare(KEY, http_client=http, retry=ONCE) as client,
        ):
            await client.listings.get("1")

    return case


async def closed_client() -> None:
    client = AsyncActuallyCare(KEY, transport=ScriptedTransport(success({"id": "1"})))
    await client.aclose()
    await client.listings.get("1")


async def closed_http_client() -> None:
    http = httpx.AsyncClient()
    async with AsyncActuallyCare(KEY, http_client=http) as client:
        await http.aclose()
        await client.listings.get("1")


async def prefetch_nothing() -> None:
    client = AsyncActuallyCare(KEY, transport=ScriptedTransport())
    async with client, client.listings.list().prefetch(0):
        pass


async def receiver_entered_twice() -> None:
    async with WebhookReceiver(_ignore, SECRET) as receiver:
        await receiver.__aenter__()


async def _ignore(_: Any) -> None:
    pass


def received(case: Any) -> Case:
    """Verify a delivery."""

    async def run() -> None:
        verify(case.delivery.body, case.delivery.headers, SECRET, now=NOW)

    return run


def at_once(function: Callable[[], Any]) -> Case:
    """Call a function that is not async."""

    async def run() -> None:
        function()

    return run


META = {"page": 1, "limit": 2, "total": 9, "totalPages": 5, "hasMore": True}
SAME_PAGE = success({"contacts": [{"id": "1"}, {"id": "2"}], "meta": META})
DETAILS = [{"field": "price", "message": "must be positive", "value": -1}, "plain"]

CASES: dict[str, Case] = {
    # Creating a client.
    "key: too short": configured(api_key="abc"),
    "token: malformed": configured(token="Bearer x"),
    "base_url: relative": configured(base_url="api.example.com"),
    "base_url: credentials": configured(base_url="https://user:pass@example.com/v1"),
    "base_url: query": configured(base_url="https://example.com/v1?x=1"),
    "base_url: port": configured(base_url="https://example.com:http/v1"),
    "timeout: zero": configured(timeout=0),
    "max_concurrency: zero": configured(api_key=KEY, max_concurrency=0),
    "transport: unknown": configured(transport="requests"),
    "transport: two": configured(http_client=httpx.AsyncClient, transport=ScriptedTransport()),
    # Before anything is sent.
    "call: no key": got(api_key=None),
    "call: needs a JWT": called(lambda client: client.contacts.list().collect()),
    "call: empty path argument": called(lambda client: client.listings.get("")),
    "call: client is closed": closed_client,
    "call: http_client is closed": closed_http_client,
    "call: token provider": got(token=lambda: _number(), api_key=None),  # noqa: PLW0108 - defined below
    "call: naive datetime": called(
        lambda client: client.appointments.create(
            title="Showing",
            appointment_type="showing",
            start_time=dt.datetime(2026, 1, 1),
            end_time=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        )
    ),
    "call: UNSET in a list": called(
        lambda client: client.webhooks.create(
            url="https://example.com", events=[UNSET], secret=SECRET
        )  # type: ignore[list-item]
    ),
    "list: limit": listed(limit=-1),
    "list: concurrency": listed(concurrency=0),
    "list: prefetch": prefetch_nothing,
    # Error responses.
    "400 with details": got(failure(400, "VALIDATION_ERROR", "Validation failed", details=DETAILS)),
    **{
        f"{status}": got(failure(status, "SAMPLE", "the server's own words"))
        for status in (401, 403, 404, 409, 418, 422, 423, 429, 500, 503)
    },
    "429 with Retry-After": got(failure(429, headers={"Retry-After": "840"})),
    "302": got(Response(302, {"Location": "https://www.example.com/"})),
    "302 without a location": got(Response(302, {})),
    "500 without a body": got(Response(500, {})),
    "500 with a blank body": got(Response(500, {}, b" ")),
    "login: 502 with HTML": logged_in(
        Response(502, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>")
    ),
    "login: 502 with a body of no type": logged_in(Response(502, {}, b"bad gateway")),
    "502 with HTML": got(Response(502, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>")),
    "200 with success false": got(answer({"success": False, "error": {"code": "NOT_READY"}})),
    # Successful responses that do not follow the document.
    "200 with HTML": got(Response(200, {"Content-Type": "text/html"}, b"<html>It works</html>")),
    "200 with invalid JSON": got(Response(200, {"Content-Type": "application/json"}, b'{"data": ')),
    "200 with an invalid text": got(Response(200, {}, b"it works")),
    "200 with an empty body": got(Response(200, {})),
    "200 with deep nesting": got(Response(200, {}, b"[" * 100_000)),
    "200 with too many values": got(
        Response(200, {}, b"[" + b"0," * 1_000_001), max_response_bytes=64_000_000
    ),
    "200 without data": got(answer({"success": True})),
    "200 with an array": got(success([])),
    "200 with an invalid date": got(success({"id": "1", "created_at": "yesterday"}), strict=True),
    "200 with a page that repeats": listed(SAME_PAGE),
    "200 with a page without items": listed(success({"contacts": {}})),
    "login without a token": logged_in(success({"refreshToken": "x"})),
    # No response.
    "connection refused": raised(httpx.ConnectError("Connection refused")),
    "connection lost": raised(httpx.ReadError("Connection reset by peer")),
    "connect timeout": raised(httpx.ConnectTimeout("")),
    "read timeout": raised(httpx.ReadTimeout("")),
    # Deliveries.
    **{f"delivery: {case.reason}": received(case) for case in tampered()},
    "delivery: parsed body": at_once(lambda: verify({}, {}, SECRET)),  # type: ignore[arg-type]
    "receiver: short secret": at_once(lambda: WebhookReceiver(_ignore, "short")),
    "receiver: entered twice": receiver_entered_twice,
    "testing: time goes back": at_once(lambda: InstantClock().advance(-1)),
}


async def _number() -> Any:
    return 7
