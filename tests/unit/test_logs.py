"""Log records: their fields, whatever the application adds, and ACTUALLYCARE_LOG."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from actuallycare import (
    AsyncActuallyCare,
    ConfigurationError,
    Pacer,
    Response,
    RetryPolicy,
    WaitEvent,
    bulk,
)
from actuallycare._core.logs import log, logger
from tests.fakes import ManualClock, ScriptedTransport, failure, success


@pytest.fixture
def handlers() -> Iterator[None]:
    before, level = [*logger.handlers], logger.level
    yield
    logger.handlers[:] = before
    logger.setLevel(level)


@pytest.mark.anyio
async def test_an_applications_own_record_attributes_do_not_break_a_call(
    key: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory = logging.getLogRecordFactory()

    def with_request(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = factory(*args, **kwargs)
        record.path = "/my/own/page"
        record.status = None
        return record

    caplog.set_level(logging.DEBUG, "actuallycare")
    transport = ScriptedTransport(failure(429, headers={"Retry-After": "0"}), success({"id": "1"}))
    client = AsyncActuallyCare(key, transport=transport, clock=ManualClock(), telemetry=False)
    logging.setLogRecordFactory(with_request)
    try:
        await client.listings.get("1")
    finally:
        logging.setLogRecordFactory(factory)
    first: Any = caplog.records[0]
    assert first.path == "/my/own/page"
    assert (first.actuallycare_path, first.actuallycare_status) == ("/listings/{id}", 429)
    assert first.method == "GET"


class _Broken(logging.Handler, logging.Filter):
    def emit(self, record: logging.LogRecord) -> None:
        raise ValueError("broken")

    def filter(self, record: logging.LogRecord) -> bool:
        raise ValueError("broken")


def _broken_factory(*_args: Any, **_kwargs: Any) -> logging.LogRecord:
    raise ValueError("broken")


@pytest.mark.parametrize("part", ["factory", "filter", "handler"])
@pytest.mark.anyio
async def test_a_broken_part_of_the_applications_logging_does_not_end_a_call(
    part: str,
    key: str,
    capsys: pytest.CaptureFixture[str],
    handlers: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logger.setLevel(logging.DEBUG)
    if part == "factory":
        monkeypatch.setattr(logging, "_logRecordFactory", _broken_factory)
    if part == "filter":
        monkeypatch.setattr(logger, "filters", [_Broken()])
    if part == "handler":
        monkeypatch.setattr(_Broken, "filter", lambda *_: True)
        logger.addHandler(_Broken())
    client = AsyncActuallyCare(key, transport=ScriptedTransport(success({"id": "1"})))
    assert (await client.listings.get("1")).id == "1"
    assert "ValueError: broken" in capsys.readouterr().err


def test_a_record_names_the_line_that_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "actuallycare")
    log(logging.INFO, "%d things", 3, fields={"things": 3})
    (record,) = caplog.records
    assert record.getMessage() == "3 things"
    assert (record.funcName, record.pathname) == (
        "test_a_record_names_the_line_that_logs",
        __file__,
    )


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize(("value", "level"), [("debug", 10), (" INFO ", 20)])
def test_the_environment_configures_the_logger_of_scripts(
    value: str, level: int, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setenv("ACTUALLYCARE_LOG", value)
    AsyncActuallyCare(key)
    AsyncActuallyCare(key)
    assert logger.level == level
    assert len(logger.handlers) == 1


@pytest.mark.usefixtures("handlers")
def test_an_empty_variable_changes_nothing_and_a_wrong_one_is_named(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = logger.level
    monkeypatch.setenv("ACTUALLYCARE_LOG", "")
    AsyncActuallyCare(key)
    assert logger.level == level
    monkeypatch.setenv("ACTUALLYCARE_LOG", "verbose")
    with pytest.raises(ConfigurationError, match="ACTUALLYCARE_LOG is 'verbose'"):
        AsyncActuallyCare(key)


LIMIT = {"RateLimit-Limit": "500", "RateLimit-Remaining": "0", "RateLimit-Reset": "60"}


@pytest.mark.anyio
async def test_a_wait_of_the_pacer_is_logged_and_reported(
    key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "actuallycare")
    clock = ManualClock()
    events: list[WaitEvent] = []
    transport = ScriptedTransport(failure(404, headers=LIMIT), success({"id": "1"}))
    client = AsyncActuallyCare(
        key, transport=transport, clock=clock, rate_limiter=Pacer(clock), on_wait=events.append,
        telemetry=False,
    )  # fmt: skip
    with pytest.raises(Exception, match="404"):
        await client.listings.get("1")
    await client.listings.get("1")
    assert events == [WaitEvent(operation="listings.get", wait=clock.slept[0])]
    (record,) = caplog.records
    assert record.getMessage() == "GET /listings/{id}: waiting 60.00 s for the rate limit"


class Waiting:
    """A rate limiter of the application, which reports its waits."""

    async def acquire(self) -> None:
        raise AssertionError("acquire_reporting is called instead")

    async def acquire_reporting(self, on_wait: Callable[[float], None]) -> None:
        on_wait(7)

    def release(self, response: Response | None) -> None:
        pass


@pytest.mark.anyio
@pytest.mark.parametrize("in_bulk", [False, True])
async def test_a_wait_of_any_limiter_is_logged_and_reported(
    key: str, caplog: pytest.LogCaptureFixture, in_bulk: bool
) -> None:
    caplog.set_level(logging.INFO, "actuallycare")
    events: list[WaitEvent] = []
    client = AsyncActuallyCare(
        key, transport=ScriptedTransport(success({"id": "1"})), rate_limiter=Waiting(),
        on_wait=events.append, telemetry=False,
    )  # fmt: skip
    if in_bulk:
        assert all([bool(result) async for result in bulk.run(["1"], client.listings.get)])
    else:
        await client.listings.get("1")
    assert events == [WaitEvent(operation="listings.get", wait=7)]
    (record,) = caplog.records
    assert record.getMessage() == "GET /listings/{id}: waiting 7.00 s for the rate limit"


@pytest.mark.anyio
async def test_a_wait_of_a_bulk_run_is_reported(key: str) -> None:
    clock = ManualClock()
    events: list[WaitEvent] = []
    transport = ScriptedTransport(failure(404, headers=LIMIT), success({"id": "1"}))
    client = AsyncActuallyCare(
        key, transport=transport, clock=clock, on_wait=events.append, telemetry=False
    )
    run = bulk.run(["1", "2"], client.listings.get, concurrency=1)
    assert [bool(result) async for result in run] == [False, True]
    assert [event.wait for event in events] == [60.0]


@pytest.mark.anyio
async def test_a_wait_for_another_tasks_429_is_reported(key: str) -> None:
    clock = ManualClock()
    events: list[WaitEvent] = []
    limited = failure(429, headers={"Retry-After": "20"})
    transport = ScriptedTransport(limited, success({"id": "1"}))
    client = AsyncActuallyCare(key, transport=transport, clock=clock, telemetry=False)
    with pytest.raises(Exception, match="429"):
        await client.with_options(retry=RetryPolicy(max_attempts=1)).listings.get("1")
    await client.with_options(on_wait=events.append).listings.get("1")
    assert [event.wait for event in events] == [20.0]
