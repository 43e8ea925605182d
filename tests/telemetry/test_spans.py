"""One span for each call, as docs/observability.md describes, on both event loops."""

from __future__ import annotations

import anyio
import pytest
from opentelemetry.trace import SpanKind, StatusCode

from actuallycare import (
    APIConnectionError,
    ConfigurationError,
    Pacer,
    Request,
    Response,
    RetryEvent,
    RetryPolicy,
)
from actuallycare.telemetry import redact_query
from tests.fakes import ManualClock, answer, failure
from tests.telemetry.calls import (
    ALWAYS,
    ENDINGS,
    FOUND,
    ID,
    LATER,
    LIMITED,
    RESENT,
    STATUS,
    TYPE,
    connect,
    get,
    lost,
)
from tests.telemetry.exported import Exported, attributes


@pytest.mark.anyio
@pytest.mark.parametrize("case", ENDINGS)
async def test_a_span_records_how_the_call_ended(exported: Exported, case: str) -> None:
    steps, beside = ENDINGS[case]
    error = await get(connect(exported, *steps))
    span = exported.span
    assert (span.name, span.kind) == ("GET /v1/listings/{id}", SpanKind.CLIENT)
    assert attributes(span) == ALWAYS | beside
    assert (error is not None) == (TYPE in beside)
    assert span.status.status_code is (StatusCode.ERROR if error else StatusCode.UNSET)
    # The description repeats no attribute and never contains a body.
    described = isinstance(error, APIConnectionError)
    assert span.status.description == (str(error) if described else None)
    assert len(span.events) == beside.get(RESENT, 0)


@pytest.mark.anyio
async def test_each_retry_is_an_event(exported: Exported) -> None:
    busy = answer(
        {"success": False, "error": {}, "correlationId": "req-7"}, 429, {"Retry-After": "7"}
    )
    await get(connect(exported, busy, lost, FOUND, retry=RetryPolicy(backoff_base=0)))
    first, second = exported.span.events
    assert {first.name, second.name} == {"actuallycare.retry"}
    assert dict(first.attributes or {}) == {
        TYPE: "429",
        STATUS: 429,
        RESENT: 1,
        ID: "req-7",
        "actuallycare.retry.wait": 7.0,
    }
    assert dict(second.attributes or {}) == {
        TYPE: "APIConnectionError",
        RESENT: 2,
        "actuallycare.retry.wait": 0.0,
    }


@pytest.mark.anyio
async def test_waiting_for_the_rate_limiter_is_an_attribute(exported: Exported) -> None:
    spent = answer(
        {"success": True, "data": {"id": "1"}},
        headers={"RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "600"},
    )
    clock = ManualClock()
    client = connect(exported, spent, FOUND, clock=clock, rate_limiter=Pacer(clock))

    async with client:
        await client.listings.get("1")
        await client.listings.get("1")
    first, second = exported.spans
    assert LIMITED not in attributes(first)
    assert attributes(second)[LIMITED] == 600


@pytest.mark.anyio
async def test_waiting_for_a_shared_cooldown_is_an_attribute(exported: Exported) -> None:
    # Two tasks run into the limit; the second waits until the reset that the first received.
    spent = {"RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "20"}
    refusal = failure(429, headers={"Retry-After": "20", **spent})
    found = answer({"success": True, "data": {"id": "1"}}, headers=spent)
    clock = ManualClock()

    async with connect(exported, refusal, found, FOUND, clock=clock) as client:
        await client.listings.get("1")
        await client.listings.get("1")
    first, second = exported.spans
    assert attributes(first)[LIMITED] == 20
    assert attributes(second)[LIMITED] == 20
    assert len(second.events) == 0


@pytest.mark.anyio
async def test_a_cancelled_call_is_recorded_as_cancelled(exported: Exported) -> None:
    class Never:
        async def send(self, request: Request) -> Response:
            await anyio.sleep_forever()
            raise AssertionError

        async def aclose(self) -> None: ...

    client = connect(exported, transport=Never())
    with anyio.move_on_after(0.01):
        await client.listings.get("1")
    async with anyio.create_task_group() as tasks:

        async def call() -> None:
            with pytest.raises(APIConnectionError):
                await client.listings.get("1")

        tasks.start_soon(call)
        await anyio.sleep(0.01)
        await client.aclose()
    assert len(exported.spans) == 2
    for span in exported.spans:
        assert attributes(span) == ALWAYS | {TYPE: "cancelled"}
        assert span.status.status_code is StatusCode.ERROR


@pytest.mark.anyio
async def test_an_error_of_the_callers_code_is_recorded_by_class(exported: Exported) -> None:
    def stop(_: RetryEvent) -> None:
        raise LookupError("not recorded: it may quote anything")

    client = connect(exported, LATER, on_retry=stop)
    with pytest.raises(LookupError):
        await client.listings.get("1")
    assert attributes(exported.span)[TYPE] == "LookupError"
    assert exported.span.status.description is None
    # The caller's function is called after the span ended.
    assert len(exported.span.events) == 1


@pytest.mark.anyio
async def test_a_call_that_is_not_sent_has_no_span(exported: Exported) -> None:
    client = connect(exported, FOUND)
    with pytest.raises(ConfigurationError):
        await client.contacts.list()
    assert exported.spans == []
    assert exported.metrics() == {}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/v1/leads", "https://example.com/v1/leads"),
        ("https://example.com/v1/leads?q=Alfa", "https://example.com/v1/leads?q=REDACTED"),
        (
            "https://example.com/?a=1&a=2&b=",
            "https://example.com/?a=REDACTED&a=REDACTED&b=REDACTED",
        ),
        ("https://example.com/?a=x=y?z", "https://example.com/?a=REDACTED"),
    ],
)
def test_the_url_has_no_value_of_the_query(url: str, shown: str) -> None:
    assert redact_query(url) == shown


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("base_url", "address", "port"),
    [
        ("https://api.example.com/v1", "api.example.com", 443),
        ("http://api.example.com", "api.example.com", 80),
        ("http://127.0.0.1:8123/v1", "127.0.0.1", 8123),
        ("http://[::1]:8123/v1", "::1", 8123),
    ],
)
async def test_the_server_is_that_of_the_base_url(
    exported: Exported, base_url: str, address: str, port: int
) -> None:
    await get(connect(exported, FOUND, base_url=base_url))
    facts = attributes(exported.span)
    assert (facts["server.address"], facts["server.port"]) == (address, port)
    assert facts["url.full"] == base_url + "/listings/1"
    assert base_url.endswith(facts["url.template"].removesuffix("/listings/{id}"))
