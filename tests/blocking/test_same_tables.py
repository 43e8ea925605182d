"""Both clients, from the same tables: operations, published examples, random programs of calls."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actuallycare import (
    ActuallyCare,
    ActuallyCareError,
    APIStatusError,
    AsyncActuallyCare,
    Page,
    Request,
    Response,
    RetryPolicy,
)
from actuallycare._core.errors import error_class
from actuallycare.blocking import BlockingPager
from tests.fakes import ScriptedTransport, answer, failure, success
from tests.integration import document
from tests.integration.test_operations import IDS, OPERATIONS, bound, python_name, python_value
from tests.integration.test_published_examples import ERRORS, EXAMPLES, SUCCESSES

BASE = "https://api.example.com/v1"
KEY = "0123456789abcdef" * 4
ONCE = RetryPolicy(max_attempts=1)


def both(respond: Callable[[], Any], call: Callable[[Any], Any]) -> list[tuple[Any, list[Any]]]:
    """Make a call on both clients; return each outcome and the requests that were sent."""
    outcomes: list[tuple[Any, list[Any]]] = []

    async def with_async() -> Any:
        async with AsyncActuallyCare(transport=transport, **options) as client:
            result = call(client)
            return await result if inspect.isawaitable(result) else result

    def with_blocking() -> Any:
        with ActuallyCare(transport=transport, **options) as client:
            result = call(client)
            return result.first_page() if isinstance(result, BlockingPager) else result

    options: dict[str, Any] = {
        "api_key": KEY, "token": "jwt", "base_url": BASE, "retry": ONCE, "telemetry": False,
    }  # fmt: skip
    for run in (lambda: asyncio.run(with_async()), with_blocking):
        transport = ScriptedTransport(respond())
        outcomes.append((outcome(run), [wire(request) for request in transport.requests]))
    return outcomes


def outcome(run: Callable[[], Any]) -> Any:
    """Return the result, or the class and the text of the error."""
    try:
        return run()
    except ActuallyCareError as error:
        return type(error), str(error)


def wire(request: Request) -> Any:
    return request.method, request.url, dict(request.wire_headers()), request.content


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_both_clients_send_and_read_each_operation_alike(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    status, headers, body = document.success((method, path, operation))
    in_path = document.parameters(operation, "path")
    keywords = document.parameters(operation, "query") | (document.body(operation) or {})
    values = {python_name(name): python_value(v, name) for name, v in keywords.items()}

    def call(client: Any) -> Any:
        return bound(client, f"{method} {path}")(*in_path.values(), **values)

    (theirs, sent), (ours, ours_sent) = both(
        lambda: Response(status, headers, json.dumps(body).encode()), call
    )
    assert ours == theirs
    assert ours_sent == sent
    assert len(sent) == 1


@pytest.mark.parametrize("name", [*SUCCESSES, *ERRORS])
def test_both_clients_read_each_published_example_alike(name: str) -> None:
    example = EXAMPLES[name]
    content = json.dumps(example["body"]).encode()
    place = example["operation"]

    def call(client: Any) -> Any:
        return bound(client, place)() if place else client.clients.get("1")

    (theirs, sent), (ours, ours_sent) = both(
        lambda: Response(example["status"], example["headers"], content), call
    )
    assert ours == theirs
    assert ours_sent == sent
    if place is None:
        assert ours[0] is error_class(example["status"])
        assert issubclass(ours[0], APIStatusError)
    elif isinstance(ours, Page):
        assert ours.raw_items == theirs.raw_items


# A random program: a few calls, against a server that answers each with a random response. Without
# `prefetch`: how far it gets while the program works is not the same on both.

CALLS = ["get", "create", "update", "delete", "page", "iterate", "pages", "collect", "raw"]
ROWS = st.lists(st.fixed_dictionaries({"id": st.sampled_from("abcdef")}), max_size=3)
PAGES = st.builds(
    lambda rows, number, more: success(
        {"listings": rows, "meta": {"page": number, "hasMore": more, "totalPages": 4}}
    ),
    ROWS,
    st.integers(1, 3),
    st.booleans(),
)
RESPONSES = st.one_of(
    PAGES,
    PAGES,
    st.builds(lambda row: success({"id": row}), st.sampled_from("abc")),
    st.sampled_from([404, 409, 422, 429, 500, 503]).map(failure),
    st.sampled_from([b"", b"{", b"[]", b'{"success": false}', b'{"data": 5}']).map(answer),
)


class Replay:
    """Answers from a list, over and over; the same for the same sequence of requests."""

    def __init__(self, responses: list[Response]) -> None:
        self._responses = responses
        self.sent: list[Any] = []

    async def send(self, request: Request) -> Response:
        self.sent.append(wire(request))
        if len(self.sent) > 40:
            return success({"listings": [], "meta": {"hasMore": False}})
        return self._responses[(len(self.sent) - 1) % len(self._responses)]

    async def aclose(self) -> None:
        pass


async def use_async(client: AsyncActuallyCare, name: str) -> Any:
    listings = client.listings
    match name:
        case "get":
            return await listings.get("1")
        case "create":
            return await listings.create(address="1 Sample St", list_price=1)
        case "update":
            return await listings.update("1", city=None)
        case "delete":
            return await listings.delete("1")
        case "page":
            return await listings.list(limit=2)
        case "iterate":
            return [listing async for listing in listings.list()]
        case "pages":
            return [page async for page in listings.list(limit=3).pages()]
        case "collect":
            return await listings.list().collect(limit=5)
        case _:
            return await listings.with_raw_response.list()


def use_blocking(client: ActuallyCare, name: str) -> Any:
    listings = client.listings
    match name:
        case "get":
            return listings.get("1")
        case "create":
            return listings.create(address="1 Sample St", list_price=1)
        case "update":
            return listings.update("1", city=None)
        case "delete":
            return listings.delete("1")
        case "page":
            return listings.list(limit=2).first_page()
        case "iterate":
            return list(listings.list())
        case "pages":
            return list(listings.list(limit=3).pages())
        case "collect":
            return listings.list().collect(limit=5)
        case _:
            return listings.with_raw_response.list()


def comparable(value: Any) -> Any:
    return (value.data, value.status_code, dict(value.headers)) if hasattr(value, "data") else value


@settings(max_examples=40)
@given(
    calls=st.lists(st.sampled_from(CALLS), min_size=1, max_size=4),
    responses=st.lists(RESPONSES, min_size=1, max_size=6),
)
def test_a_random_program_ends_alike_on_both_clients(
    calls: list[str], responses: list[Response]
) -> None:
    retry = RetryPolicy(max_attempts=2, backoff_base=0.0001, max_wait=0.001)
    options: dict[str, Any] = {"base_url": BASE, "retry": retry, "telemetry": False}

    async def program() -> tuple[list[Any], list[Any]]:
        replay, found = Replay(responses), []
        async with AsyncActuallyCare(KEY, transport=replay, **options) as client:
            for name in calls:
                try:
                    found.append(comparable(await use_async(client, name)))
                except ActuallyCareError as error:
                    found.append((type(error), str(error)))
        return found, replay.sent

    theirs, sent = asyncio.run(program())
    replay = Replay(responses)
    with ActuallyCare(KEY, transport=replay, **options) as client:
        ours = [outcome(lambda n=name: comparable(use_blocking(client, n))) for name in calls]  # type: ignore[misc]
    assert ours == theirs
    assert replay.sent == sent
