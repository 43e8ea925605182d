"""The blocking client: lists, options, deadlines, credentials, and closing."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from unittest.mock import create_autospec

import pytest

from actuallycare import (
    ActuallyCare,
    ActuallyCareError,
    APIConnectionError,
    APIResponse,
    ConfigurationError,
    DeadlineExceededError,
    Login,
    NotFoundError,
    Pacer,
    RateLimitError,
    Request,
    Response,
    RetryPolicy,
    Tokens,
)
from actuallycare.models import Listing
from tests.fakes import ScriptedTransport, failure, success
from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving

BASE = "https://api.example.com/v1"


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """The last client ends the background thread, whether it was closed or collected."""
    yield
    gc.collect()
    for _ in range(300):
        if not any(thread.name == "actuallycare" for thread in threading.enumerate()):
            return
        time.sleep(0.01)
    raise AssertionError("the background thread is left")


def page(number: int, count: int, pages: int) -> Response:
    """A page of listings, whose ids continue from page to page."""
    rows = [{"id": f"{number}-{index}"} for index in range(count)]
    meta = {"page": number, "totalPages": pages, "hasMore": number < pages}
    return success({"listings": rows, "meta": meta})


def three_pages(request: Request) -> Response:
    number = int(request.url.partition("page=")[2] or 1)
    return page(number, 2, 3)


def client(*steps: Any, **options: Any) -> ActuallyCare:
    transport = ScriptedTransport(*steps)
    made = ActuallyCare("0" * 64, base_url=BASE, transport=transport, telemetry=False, **options)
    made.transport = transport  # type: ignore[attr-defined]
    return made


def sent(made: ActuallyCare) -> list[Request]:
    transport: ScriptedTransport = made.transport  # type: ignore[attr-defined]
    return transport.requests


IDS = [f"{number}-{index}" for number in (1, 2, 3) for index in (0, 1)]


def test_a_list_gives_every_item_of_every_page() -> None:
    with client(three_pages) as made:
        pager = made.listings.list()
        assert [listing.id for listing in pager] == IDS
        assert [listing.id for listing in pager] == IDS  # from the start again
        assert [len(found) for found in pager.pages()] == [2, 2, 2]
        assert len(pager.first_page()) == 2
        assert [listing.id for listing in pager.collect(concurrency=2)] == IDS
        assert len(pager.collect(limit=3)) == 3
        assert repr(pager) == "<BlockingPager of GET /listings>"


def test_pages_are_requested_when_needed() -> None:
    with client(three_pages) as made:
        for listing in made.listings.list():
            if listing.id == "1-1":
                break
        assert len(sent(made)) == 1


def test_prefetch_requests_pages_during_blocking_work() -> None:
    with client(three_pages) as made:
        with made.listings.list().prefetch(2) as listings:
            assert next(listings).id == "1-0"
            for _ in range(500):  # this thread never awaits anything
                if len(sent(made)) == 3:
                    break
                time.sleep(0.01)
            assert len(sent(made)) == 3
            assert [listing.id for listing in listings] == IDS[1:]
        with (
            pytest.raises(ConfigurationError, match="pages is 0"),
            made.listings.list().prefetch(0),
        ):
            raise AssertionError("unreachable")


def test_prefetch_stops_with_the_block() -> None:
    with client(three_pages) as made:
        with pytest.raises(KeyError), made.listings.list().prefetch():
            raise KeyError
        assert made.listings.list().first_page().items


def test_raw_responses() -> None:
    with client(three_pages) as made:
        response = made.listings.with_raw_response.list(limit=2)
        assert isinstance(response, APIResponse)
        assert response.data.items[0].id == "1-0"
    with client(success({"id": "1"}), success(None)) as made:
        one = made.listings.with_raw_response.get("1")
        assert (one.status_code, one.data) == (200, Listing(id="1"))


def test_errors_are_those_of_the_async_client() -> None:
    with client(failure(404, "NOT_FOUND", "no such record")) as made:
        with pytest.raises(NotFoundError) as caught:
            made.listings.get("1")
        assert caught.value.message == "no such record"
        with pytest.raises(ConfigurationError, match="`id` is ''"):
            made.listings.get("")


def test_options_of_a_view() -> None:
    with client(failure(503)) as made:
        view = made.with_options(retry=RetryPolicy(max_attempts=1), timeout=2.0)
        with pytest.raises(ActuallyCareError):
            view.listings.get("1")
        assert len(sent(made)) == 1
        assert view.with_options(deadline=3.0).rate_limit is None
        view.close()  # does nothing
        with pytest.raises(ConfigurationError, match="timeout is -1"):
            made.with_options(timeout=-1)
        with pytest.raises(ConfigurationError, match="deadline is 0"):
            made.with_options(deadline=0)


@pytest.mark.parametrize("where", ["call", "view", "client"])
def test_a_deadline_ends_the_whole_call(where: str) -> None:
    with serving(bad.never_answers) as server:
        given = {"deadline": 0.2}
        made = ActuallyCare("0" * 64, base_url=f"{server.origin}/v1", **given if where == "client" else {})  # fmt: skip  # noqa: E501
        with made:
            view = made.with_options(**given) if where == "view" else made
            started = time.monotonic()
            with pytest.raises(DeadlineExceededError, match=r"deadline of 0\.2 s") as caught:
                view.listings.get("1", **given if where == "call" else {})
            assert time.monotonic() - started < 5
            assert isinstance(caught.value, (ActuallyCareError, TimeoutError))


def test_no_wait_starts_that_would_exceed_the_deadline() -> None:
    slow = failure(429, headers={"Retry-After": "20"})
    with client(slow, retry=RetryPolicy(max_wait=60, max_elapsed=60)) as made:
        started = time.monotonic()
        with pytest.raises(RateLimitError):
            made.listings.get("1", deadline=5)
        assert time.monotonic() - started < 4


def test_an_invalid_deadline_is_rejected() -> None:
    with client(success({"id": "1"})) as made, pytest.raises(ConfigurationError, match="above 0"):
        made.listings.get("1", deadline=-1)
    with pytest.raises(ConfigurationError, match="deadline is 0"):
        ActuallyCare("0" * 64, deadline=0)


def test_a_token_comes_from_a_blocking_function() -> None:
    threads: list[threading.Thread] = []

    def token() -> str:
        threads.append(threading.current_thread())
        return "abc.def.ghi"

    transport = ScriptedTransport(success({"id": "1"}))
    with ActuallyCare(token=token, base_url=BASE, transport=transport) as made:
        made.listings.get("1")
    assert transport.requests[0].wire_headers()["Authorization"] == "Bearer abc.def.ghi"
    assert threads[0].name != "actuallycare"  # it may wait without stopping other calls


class Store:
    """A store without async."""

    def __init__(self) -> None:
        self.saved: list[Tokens] = []

    def load(self) -> Tokens | None:
        return self.saved[-1] if self.saved else None

    def save(self, tokens: Tokens) -> None:
        self.saved.append(tokens)


def test_a_login_is_shared_by_threads_and_stored() -> None:
    def respond(request: Request) -> Response:
        if request.url.endswith("/auth/login"):
            return success({"token": "abc.def.ghi", "refreshToken": "r", "expiresIn": 900})
        return success({"id": "1"})

    transport = ScriptedTransport(respond)
    store = Store()
    login = Login("me@example.com", "password")
    with ActuallyCare(
        token=login, token_store=store, base_url=BASE, transport=transport, telemetry=False
    ) as made:
        threads = [threading.Thread(target=made.listings.get, args=("1",)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    urls = [request.url for request in transport.requests]
    assert len(urls) == 21
    assert len([url for url in urls if url.endswith("/auth/login")]) == 1
    assert len(store.saved) == 1


def test_close_twice_and_use_after_close() -> None:
    made = client(three_pages)
    view = made.with_options(timeout=1)
    pager = made.listings.list()
    assert pager.first_page().items
    made.close()
    made.close()
    for use in (pager.first_page, lambda: view.listings.get("1"), lambda: list(pager)):
        with pytest.raises(ConfigurationError, match="client is closed"):
            use()


def test_close_before_use() -> None:
    made = client()
    made.close()
    with pytest.raises(ConfigurationError, match="client is closed"):
        made.listings.get("1")


def test_close_ends_calls_in_progress() -> None:
    with serving(bad.never_answers) as server:
        made = ActuallyCare("0" * 64, base_url=f"{server.origin}/v1")
        errors: list[Exception] = []

        def call() -> None:
            try:
                made.listings.get("1")
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=call) for _ in range(3)]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 10
        while len(server.requests) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(server.requests) == 3
        made.close()
        for thread in threads:
            thread.join()
        assert [type(error) for error in errors] == [APIConnectionError] * 3


def test_clients_share_one_thread() -> None:
    pacer = Pacer()  # also one rate limiter
    first, second = (client(success({"id": "1"}), rate_limiter=pacer) for _ in range(2))
    first.listings.get("1")
    second.listings.get("1")
    named = [thread for thread in threading.enumerate() if thread.name == "actuallycare"]
    assert len(named) == 1
    first.close()
    assert second.listings.get("1").id == "1"
    second.close()


def test_a_callback_must_not_call_the_client() -> None:
    errors: list[Exception] = []

    def on_retry(_: Any) -> None:
        for use in (lambda: made.listings.get("1"), made.close):
            try:
                use()
            except ConfigurationError as error:
                errors.append(error)

    retry = RetryPolicy(backoff_base=0.001)
    made = client(failure(503), success({"id": "1"}), on_retry=on_retry, retry=retry)
    with made:
        assert made.listings.get("1").id == "1"
    assert ["event loop" in str(error) for error in errors] == [True, True]


def test_the_repr_shows_no_credential(key: str) -> None:
    made = ActuallyCare(key, base_url=BASE)
    assert repr(made) == f"<ActuallyCare {BASE} (api_key)>"
    assert repr(object.__new__(ActuallyCare)) == "<ActuallyCare (unconfigured)>"


def test_green_threads_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    patched = SimpleNamespace(is_module_patched=lambda name: name == "threading")
    monkeypatch.setitem(sys.modules, "gevent.monkey", patched)
    made = client(success({"id": "1"}))
    with pytest.raises(ConfigurationError, match="gevent has replaced the threads"):
        made.listings.get("1")
    made.close()

    def fail(*_: object) -> None:
        raise AttributeError("module 'select' has no attribute 'epoll'")

    monkeypatch.setattr("actuallycare.client.make_transport", fail)
    with pytest.raises(ConfigurationError, match="gevent has replaced the threads"):
        ActuallyCare("0" * 64)


def test_requests_without_a_method() -> None:
    with client(three_pages) as made:
        payload = made.request("GET", "/listings", params={"page": 1}, deadline=5)
        assert [row["id"] for row in payload["listings"]] == IDS[:2]
        raw = made.request_raw("GET", "/listings", cast_to=dict)
        assert raw.status_code == 200
        pager = made.pages("/listings", items="listings", cast_to=Listing)
        assert [listing.id for listing in pager] == IDS
        with pytest.raises(ConfigurationError, match="deadline is 0"):
            made.request("GET", "/listings", deadline=0)


def test_every_option_of_a_view_and_of_a_call() -> None:
    with client(success({"id": "1"})) as made:
        view = made.with_options(api_key=lambda: "1" * 64, extra_headers={"X-View": "1"})
        view.listings.get("1", extra_headers={"X-Call": "2"}, timeout=3.0)
        assert made.listings is not view.listings
        made.listings.get("1")
        with pytest.raises(TypeError, match="colour"):
            made.with_options(colour="red")  # type: ignore[call-arg]
    first, second = (request.wire_headers() for request in sent(made))
    assert (first["X-API-Key"], first["X-View"], first["X-Call"]) == ("1" * 64, "1", "2")
    assert second["X-API-Key"] == "0" * 64
    assert "X-View" not in second


def test_a_mock_has_the_methods_of_resources() -> None:
    mock = create_autospec(ActuallyCare)
    mock.listings.get("1", deadline=2)
    with pytest.raises(TypeError):
        mock.listings.get("1", colour="red")


class Tenant(ActuallyCare):
    @cached_property
    def own(self) -> Any:
        return self.listings


def test_a_view_caches_nothing_of_its_client(key: str) -> None:
    transport = ScriptedTransport(success({"id": "1"}))
    with Tenant(key, transport=transport) as client:
        assert client.own is client.listings
        view = client.with_options(api_key="f" * 64)
        assert view.own is view.listings
        view.own.get("1")
    assert transport.requests[0].wire_headers()["X-API-Key"] == "f" * 64


def test_a_misspelled_option_shows_no_credential(key: str) -> None:
    misspelled: dict[str, Any] = {"api_key": "f" * 64, "timeuot": 1}
    with (
        ActuallyCare(key, transport=ScriptedTransport()) as client,
        pytest.raises(TypeError) as caught,
    ):
        client.with_options(**misspelled)
    frames = [entry.frame.f_locals for entry in caught.traceback[1:]]
    assert frames
    assert "f" * 64 not in repr(frames)
