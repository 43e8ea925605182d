"""Mistakes in the configuration are accepted or rejected when the client is created."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest

from actuallycare import AsyncActuallyCare, ConfigurationError, Pacer, RetryPolicy
from actuallycare import configuration as configuration_module
from tests.fakes import ManualClock, ScriptedTransport, failure, success

KEY = "0123456789abcdef" * 4
URL = "https://api.example.com/v1"


@pytest.fixture
def record_factory() -> Iterator[Callable[..., logging.LogRecord]]:
    """Restore the record factory after a test."""
    factory = logging.getLogRecordFactory()
    yield factory
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        (2, 2),
        (0.5, 0.5),
        (float("inf"), None),
        (timedelta(seconds=5), 5),
        (httpx.Timeout(5.0), 5),
        (httpx.Timeout(5.0, connect=1.0, read=30.0), 30),
        (httpx.Timeout(5.0, read=None), None),
        (httpx2.Timeout(7.0), 7),
    ],
)
def test_a_timeout_has_several_forms(value: Any, seconds: float | None) -> None:
    client = AsyncActuallyCare(KEY, timeout=value)
    assert client._sender.options.timeout == seconds
    view = AsyncActuallyCare(KEY).with_options(timeout=value)
    assert view._sender.options.timeout == seconds


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("timeout", "30"),
        ("timeout", True),
        ("timeout", 0),
        ("timeout", float("nan")),
        ("timeout", timedelta(0)),
        ("timeout", (5, 30)),
        ("timeout", object()),
        ("max_response_bytes", "1"),
        ("max_concurrency", "1"),
        ("max_concurrency", True),
        ("on_retry", 3),
        ("on_wait", 3),
        ("api_key", 3),
        ("token", 3),
        ("retry", 3),
        ("retry", False),
        ("retry", RetryPolicy),
        ("rate_limiter", Pacer),
        ("rate_limiter", 5),
        ("on_retry", "log"),
        ("clock", 5),
    ],
)
def test_a_wrong_option_names_the_setting(setting: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=setting):
        AsyncActuallyCare(**{"api_key": KEY, setting: value})
    with pytest.raises(ConfigurationError, match=setting):
        AsyncActuallyCare(KEY).with_options(**{setting: value})


@pytest.mark.parametrize(
    ("setting", "value", "advice"),
    [
        ("http_client", httpx.Client(), "AsyncClient"),
        ("http_client", httpx2.Client(), "AsyncClient"),
        ("http_client", "httpx", "AsyncClient"),
        ("http_client", httpx.AsyncClient, "AsyncClient"),
        ("transport", "requests", "aiohttp"),
        ("transport", httpx.AsyncHTTPTransport(), "Transport"),
        ("transport", ScriptedTransport, "the class ScriptedTransport"),
        ("base_url", 5, "absolute URL"),
        ("base_url", "https://api.example.com/v 1", "white space"),
        ("base_url", "https://api.example.com/v\x001", "white space"),
        ("base_url", "", "https:"),
    ],
)
def test_a_wrong_client_transport_or_url_says_what_was_expected(
    setting: str, value: Any, advice: str
) -> None:
    with pytest.raises(ConfigurationError, match=advice) as caught:
        AsyncActuallyCare(KEY, **{setting: value})
    assert setting in str(caught.value)


@pytest.mark.asyncio
async def test_an_aiohttp_session_as_http_client_says_where_to_pass_it() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ConfigurationError, match="AiohttpTransport"):
            AsyncActuallyCare(KEY, http_client=session)  # type: ignore[arg-type]


def test_a_key_as_base_url_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as caught:
        AsyncActuallyCare(KEY, base_url=KEY)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("text", [f"{URL}\n", f" {URL}", f"{URL}/ ", f"\t{URL}\r\n"])
def test_white_space_around_values_is_removed(text: str) -> None:
    assert AsyncActuallyCare(KEY, base_url=text)._sender.base_url == URL


@pytest.mark.anyio
async def test_white_space_around_credentials_is_removed() -> None:
    transport = ScriptedTransport(success({"id": "1"}))
    client = AsyncActuallyCare(f" {KEY}\n", transport=transport)
    await client.listings.get("1")
    assert transport.requests[0].wire_headers()["X-API-Key"] == KEY


@pytest.mark.parametrize("value", ["", " ", "\n"])
def test_empty_variables_of_the_environment_are_absent(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTUALLYCARE_API_KEY", value)
    monkeypatch.setenv("ACTUALLYCARE_BASE_URL", value)
    assert repr(AsyncActuallyCare()).endswith("(no key)>")


def test_variables_of_the_environment_may_end_with_a_newline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACTUALLYCARE_API_KEY", f"{KEY}\n")
    monkeypatch.setenv("ACTUALLYCARE_BASE_URL", f"{URL}\n")
    assert repr(AsyncActuallyCare()) == f"<AsyncActuallyCare {URL} (api_key)>"


@pytest.mark.anyio
async def test_attributes_of_the_applications_records_stay(
    record_factory: Callable[..., logging.LogRecord], caplog: pytest.LogCaptureFixture
) -> None:
    def factory(*arguments: Any, **options: Any) -> logging.LogRecord:
        record = record_factory(*arguments, **options)
        record.path = "/page/of/the/application"
        return record

    logging.setLogRecordFactory(factory)
    caplog.set_level(logging.DEBUG, "actuallycare")
    transport = ScriptedTransport(failure(503), success({"id": "1"}))
    clock = ManualClock()
    await AsyncActuallyCare(KEY, transport=transport, clock=clock).listings.get("1")
    retried, served = (record.__dict__ for record in caplog.records)
    assert retried["path"] == served["path"] == "/page/of/the/application"
    assert retried["actuallycare_path"] == served["actuallycare_path"] == "/listings/{id}"
    assert (retried["status"], served["status"]) == (503, 200)
    assert retried["filename"] == "attempt_log.py"


def test_broken_telemetry_settings_do_not_prevent_a_client(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("Propagator b3 not found")

    monkeypatch.setattr(configuration_module, "_open_telemetry", fail)
    client = AsyncActuallyCare(KEY)
    assert client._sender.instrumentation is None
    assert "Propagator b3 not found" in caplog.text
    with pytest.raises(ConfigurationError, match="Propagator b3 not found"):
        AsyncActuallyCare(KEY, telemetry=True)


class Broken:
    """A trace that fails in one of its hooks."""

    def __init__(self, hook: str) -> None:
        self._hook = hook

    def _report(self, hook: str) -> None:
        if hook == self._hook:
            raise RuntimeError(f"{hook} is broken")

    def start_call(self, request: object, base_url: str) -> Any:
        self._report("start_call")
        return self

    @property
    def headers(self) -> dict[str, str]:
        self._report("headers")
        return {}

    def on_throttled(self, seconds: float) -> None:
        self._report("on_throttled")

    def on_response(self, status: int) -> None:
        self._report("on_response")

    def on_retry(self, event: object) -> None:
        self._report("on_retry")

    def on_end(self, error: object) -> None:
        self._report("on_end")


@pytest.mark.anyio
@pytest.mark.parametrize(
    "hook", ["start_call", "headers", "on_throttled", "on_response", "on_retry", "on_end"]
)
async def test_a_failing_instrumentation_loses_no_result(
    hook: str, caplog: pytest.LogCaptureFixture
) -> None:
    transport = ScriptedTransport(failure(503), success({"id": "1"}))
    client = AsyncActuallyCare(
        KEY, transport=transport, telemetry=Broken(hook), clock=ManualClock()
    )
    assert (await client.listings.get("1")).id == "1"
    assert f"{hook} is broken" in caplog.text
