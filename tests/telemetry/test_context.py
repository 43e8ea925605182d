"""Trace context: the parent of a span, its children, and what is sent to the server."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from opentelemetry import baggage, context, trace
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF

from actuallycare import (
    AsyncActuallyCare,
    Login,
    Request,
    Response,
)
from actuallycare.telemetry import NAME, SCHEMA, OpenTelemetry
from tests.conftest import KEY
from tests.fakes import ManualClock, ScriptedTransport, failure, success
from tests.telemetry.calls import (
    FOUND,
    LATER,
    TYPE,
    connect,
    get,
)
from tests.telemetry.exported import Exported


@pytest.mark.anyio
async def test_calls_are_children_of_the_callers_span(exported: Exported) -> None:
    tracer = exported.tracer_provider.get_tracer("program")

    async with connect(exported, FOUND) as client:
        with tracer.start_as_current_span("program") as program:
            async with anyio.create_task_group() as tasks:
                for id in ("1", "2", "3"):
                    tasks.start_soon(client.listings.get, id)
            await client.listings.get("4")
            assert trace.get_current_span() is program
    assert trace.get_current_span() is trace.INVALID_SPAN
    *calls, outer = exported.spans
    assert len(calls) == 4
    for call in calls:
        assert call.parent is not None
        assert call.parent.span_id == outer.context.span_id
        scope = call.instrumentation_scope
        assert scope is not None
        assert (scope.name, scope.schema_url) == (NAME, SCHEMA)


@pytest.mark.anyio
async def test_a_login_is_a_child_of_the_call_that_needed_it(exported: Exported) -> None:
    steps = (
        success({"token": "a.secret.c", "refreshToken": "r", "expiresIn": 900}),
        failure(401),
        success({"token": "d.secret.f", "refreshToken": "r", "expiresIn": 900}),
        success({"contacts": []}),
    )

    client = AsyncActuallyCare(
        token=Login("sample@example.com", "secret"),
        transport=ScriptedTransport(*steps),
        clock=ManualClock(),
        telemetry=exported.observer,
    )
    async with client:
        await client.contacts.list()
    login, refresh, call = exported.spans
    names = [span.name for span in (login, refresh, call)]
    assert names == ["POST /v1/auth/login", "POST /v1/auth/refresh", "GET /v1/contacts"]
    for part in (login, refresh):
        assert part.parent is not None
        assert part.parent.span_id == call.context.span_id
    [event] = call.events
    assert (event.attributes or {})[TYPE] == "401"
    assert "secret" not in exported.everything()


@pytest.mark.anyio
async def test_log_records_belong_to_the_span(
    exported: Exported, caplog: pytest.LogCaptureFixture
) -> None:
    seen: set[int] = set()

    def note(_: object) -> bool:
        seen.add(trace.get_current_span().get_span_context().span_id)
        return True

    caplog.set_level("DEBUG", logger="actuallycare")
    caplog.handler.addFilter(note)
    try:
        await get(connect(exported, LATER, FOUND))
    finally:
        caplog.handler.removeFilter(note)
    assert seen == {exported.span.context.span_id}


@pytest.mark.anyio
async def test_libraries_below_are_children_of_the_span(exported: Exported) -> None:
    # Such as opentelemetry-instrumentation-httpx, which makes a span for each attempt.
    tracer = exported.tracer_provider.get_tracer("below")

    def answers(request: Request) -> Response:
        with tracer.start_as_current_span("attempt"):
            return FOUND

    await get(connect(exported, answers))
    below, call = exported.spans
    assert below.parent is not None
    assert below.parent.span_id == call.context.span_id


@pytest.mark.anyio
async def test_each_attempt_sends_the_trace_and_no_baggage(exported: Exported) -> None:
    transport = ScriptedTransport(LATER, FOUND)
    client = connect(exported, transport=transport)
    token = context.attach(baggage.set_baggage("customer", "of ours"))
    try:
        await get(client)
    finally:
        context.detach(token)
    made = exported.span.context
    expected = f"00-{made.trace_id:032x}-{made.span_id:016x}-"
    for request in transport.requests:
        assert request.headers["traceparent"].startswith(expected)
        assert "baggage" not in request.headers
    assert len(transport.requests) == 2


@pytest.mark.anyio
async def test_an_unsampled_call_has_metrics_but_no_span() -> None:
    exported = Exported(sampler=ALWAYS_OFF)
    transport = ScriptedTransport(LATER, FOUND)
    await get(connect(exported, transport=transport))
    assert exported.spans == []
    assert [point.count for point in exported.durations()] == [1]
    # The decision travels on: bit 0 of the flags (W3C Trace Context, section 3.2.2.5).
    flags = transport.requests[0].headers["traceparent"].rpartition("-")[2]
    assert int(flags, 16) & 1 == 0


@pytest.mark.anyio
async def test_a_tracer_without_spans_keeps_the_callers_span() -> None:
    class Tracer(trace.NoOpTracer):
        """As `opentelemetry-api` had it for long."""

        def start_span(self, *_: Any, **__: Any) -> trace.Span:
            return trace.INVALID_SPAN

    class Provider(trace.TracerProvider):
        def get_tracer(self, *_: Any, **__: Any) -> trace.Tracer:
            return Tracer()

    transport = ScriptedTransport(FOUND)
    parent = trace.NonRecordingSpan(trace.SpanContext(1, 2, is_remote=True))
    observer = OpenTelemetry(tracer_provider=Provider())
    token = context.attach(trace.set_span_in_context(parent))
    try:
        await get(AsyncActuallyCare(KEY, transport=transport, telemetry=observer))
    finally:
        context.detach(token)
    assert transport.requests[0].headers["traceparent"] == f"00-{1:032x}-{2:016x}-00"
