"""docs/observability.md against what is exported and written: its tables and its outputs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from actuallycare import AsyncActuallyCare
from tests.conftest import KEY
from tests.fakes import ManualClock
from tests.telemetry.calls import ENDINGS, connect, get
from tests.telemetry.exported import Exported, attributes, metrics_text, span_text

TEXT = (Path(__file__).resolve().parents[2] / "docs/observability.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """The text under a heading, up to the next one."""
    match = re.search(rf"(?ms)^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", TEXT)
    assert match is not None, heading
    return match[1]


def blocks(heading: str, language: str) -> list[str]:
    """The fenced blocks of a section."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)\n```$", section(heading))


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table of a section, without its head."""
    lines = section(heading).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| --- |"))
    found: list[list[str]] = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    """A 429 that asks for 7 seconds, then the record."""
    refusal = {"code": "RATE_LIMIT_EXCEEDED", "message": "Too many requests"}
    with respx.mock(base_url="https://api.actuallycare.com/v1") as router:
        router.get("/listings/0d4f8a9c").mock(
            side_effect=[
                httpx.Response(
                    429,
                    json={"success": False, "error": refusal, "correlationId": "req-7f3a"},
                    headers={"Retry-After": "7"},
                ),
                httpx.Response(200, json={"success": True, "data": {"id": "0d4f8a9c"}}),
            ]
        )
        yield router


async def make_the_call(**options: Any) -> None:
    async with AsyncActuallyCare(KEY, clock=ManualClock(), **options) as client:
        scope: dict[str, Any] = {"client": client}
        [code] = blocks("A call with a retry", "python")
        exec(f"async def call():\n    {code}\n    return listing", scope)  # noqa: S102
        assert (await scope["call"]()).id == "0d4f8a9c"


@pytest.mark.anyio
async def test_the_trace_of_a_call_with_a_retry_is_the_one_shown(api: respx.MockRouter) -> None:
    exported = Exported()
    await make_the_call(telemetry=exported.observer)
    trace, metrics = blocks("A call with a retry", "text")
    assert span_text(exported.span) == trace
    assert metrics_text(exported.metrics()) == metrics


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("heading", "number"), [("With logging", 0), ("With logging", 1), ("With structlog", 0)]
)
async def test_logs_read_as_shown(
    api: respx.MockRouter,
    logger: logging.Logger,
    capsys: pytest.CaptureFixture[str],
    heading: str,
    number: int,
) -> None:
    code, written = blocks(heading, "python")[number], blocks(heading, "text")[number]
    exec(code, {})  # noqa: S102
    await make_the_call(telemetry=False)
    assert capsys.readouterr().err.splitlines() == written.splitlines()


@pytest.mark.anyio
async def test_the_attributes_of_log_records_are_those_listed(
    api: respx.MockRouter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="actuallycare")
    await make_the_call()
    listed = set(re.findall(r"(?m)^\| `(\w+)` \|", section("Log records")))
    plain = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
    records = [record for record in caplog.records if record.name == "actuallycare"]
    assert len(records) == 2
    for record in records:
        assert set(vars(record)) - plain == listed


async def every_ending() -> Exported:
    """One span for each way to end."""
    exported = Exported()
    for steps, _ in ENDINGS.values():
        await get(connect(exported, *steps))
    return exported


def check(heading: str, seen: list[dict[str, Any]]) -> None:
    """Every attribute that was seen is listed, each listed one was seen, and `always` is true."""
    listed = {row[0].strip("`"): row[1] for row in rows(heading)}
    assert set().union(*seen) == set(listed)
    for name, when in listed.items():
        assert (when == "always") == all(name in values for values in seen), name


@pytest.mark.anyio
async def test_attributes_are_exactly_those_listed() -> None:
    spans = (await every_ending()).spans
    check("Attributes of the span", [attributes(span) for span in spans])
    retries = [event for span in spans for event in span.events]
    assert {event.name for event in retries} == {"actuallycare.retry"}
    check(
        "Attributes of the event `actuallycare.retry`",
        [dict(event.attributes or {}) for event in retries],
    )


@pytest.mark.anyio
async def test_metrics_are_exactly_those_listed() -> None:
    metrics = (await every_ending()).metrics()
    kinds = {"Histogram": "histogram", "Sum": "counter"}
    made = {(name, kinds[type(m.data).__name__], m.unit) for name, m in metrics.items()}
    assert made == {(row[0].strip("`"), row[1], row[2]) for row in rows("Metrics")}
    named = set(re.findall(r"`([a-z_.]+)`", section("Metrics").rpartition("|")[2]))
    seen = [set(p.attributes or {}) for m in metrics.values() for p in m.data.data_points]
    assert set().union(*seen) == named


def test_docs_list_the_cost_of_every_configuration() -> None:
    from benchmarks.telemetry import CONFIGURATIONS

    assert len(rows("What it costs")) == len(CONFIGURATIONS)
