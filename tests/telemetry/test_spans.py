"""One span for each call, as docs/observability.md tells, on both event loops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest
from opentelemetry import baggage, context, trace
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import SpanKind, StatusCode

from actuallycare import (
    ActuallyCareError,
    APIConnectionError,
    APITimeoutError,
    AsyncActuallyCare,
    ConfigurationError,
    Login,
    Pacer,
    Request,
    Response,
    RetryEvent,
    RetryPolicy,
)
from actuallycare.telemetry import BUCKETS, NAME, SCHEMA, without_values
from tests.conftest import KEY
from tests.doubles import ManualClock, ScriptedTransport, answer, failure, success
from tests.telemetry.exported import Exported, attributes, duration

Run = Callable[[Callable[[], Awaitable[Any]]], Any]

FOUND = success({"id": "1"})
LATER = failure(429, headers={"Retry-After": "7"})
DOWN = failure(503, correlation_id="unused", headers={"Retry-After": "2"})
ALWAYS = {
    "actuallycare.operation": "listings.get",
    "http.request.method": "GET",
    "server.address": "api.actuallycare.com",
    "server.port": 443,
    "url.full": "https://api.actuallycare.com/v1/listings/1",
    "url.template": "/v1/listings/{id}",
}


def lost(request: Request) -> Response:
    raise APIConnectionError("ReadError: it broke", request=request.without_auth(), sent=True)


def slow(request: Request) -> Response:
    raise APITimeoutError("no complete answer", request=request.without_auth(), sent=True)


@pytest.fixture
def exported() -> Exported:
    return Exported()


def connect(exported: Exported, *steps: Any, **options: Any) -> AsyncActuallyCare:
    options = {"transport": ScriptedTransport(*steps), "clock": ManualClock(), **options}
    return AsyncActuallyCare(KEY, telemetry=exported.observer, **options)


def get(run: Run, client: AsyncActuallyCare) -> ActuallyCareError | None:
    """One call; what it raised."""

    async def main() -> ActuallyCareError | None:
        async with client:
            try:
                await client.listings.get("1")
            except ActuallyCareError as error:
                return error
            return None

    return run(main)


STATUS, TYPE = "http.response.status_code", "error.type"
RESENT, LIMITED = "http.request.resend_count", "actuallycare.rate_limit.wait"
ID = "actuallycare.correlation_id"

ENDINGS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "success": ([FOUND], {STATUS: 200}),
    "success after 429": ([LATER, FOUND], {STATUS: 200, RESENT: 1, LIMITED: 7.0}),
    "success after 429 twice": ([LATER, LATER, FOUND], {STATUS: 200, RESENT: 2, LIMITED: 14.0}),
    "success after 429 with a correlation id": (
        [
            answer(
                {"success": False, "error": {}, "correlationId": "req-7"}, 429, {"Retry-After": "7"}
            ),
            FOUND,
        ],
        {STATUS: 200, RESENT: 1, LIMITED: 7.0},
    ),
    "success after 503": ([DOWN, FOUND], {STATUS: 200, RESENT: 1}),
    "success after a lost connection": ([lost, FOUND], {STATUS: 200, RESENT: 1}),
    "404": ([failure(404)], {STATUS: 404, TYPE: "404"}),
    "404 with a correlation id": (
        [answer({"success": False, "error": {}, "correlationId": "req-1"}, 404)],
        {STATUS: 404, TYPE: "404", ID: "req-1"},
    ),
    "429 for too long": (
        [failure(429, headers={"Retry-After": "900"})],
        {STATUS: 429, TYPE: "429"},
    ),
    "503 to the end": ([DOWN], {STATUS: 503, TYPE: "503", RESENT: 4}),
    "connection lost after 503": ([DOWN, lost], {TYPE: "APIConnectionError", RESENT: 4}),
    "timeout": ([slow], {TYPE: "APITimeoutError", RESENT: 4}),
    "302": ([Response(302, {"Location": "/"})], {STATUS: 302, TYPE: "APIStatusError"}),
    "200 with success false": (
        [answer({"success": False, "error": {}})],
        {STATUS: 200, TYPE: "APIStatusError"},
    ),
    "200 with HTML": ([Response(200, {}, b"<html>")], {STATUS: 200, TYPE: "DecodeError"}),
}


@pytest.mark.parametrize("case", ENDINGS)
def test_a_span_tells_how_the_call_ended(run: Run, exported: Exported, case: str) -> None:
    steps, beside = ENDINGS[case]
    error = get(run, connect(exported, *steps))
    span = exported.span
    assert (span.name, span.kind) == ("GET /v1/listings/{id}", SpanKind.CLIENT)
    assert attributes(span) == ALWAYS | beside
    assert (error is not None) == (TYPE in beside)
    assert span.status.status_code is (StatusCode.ERROR if error else StatusCode.UNSET)
    # What the attributes tell is not told twice, and a body never.
    told = isinstance(error, APIConnectionError)
    assert span.status.description == (str(error) if told else None)
    assert len(span.events) == beside.get(RESENT, 0)


def test_each_retry_is_an_event(run: Run, exported: Exported) -> None:
    busy = answer(
        {"success": False, "error": {}, "correlationId": "req-7"}, 429, {"Retry-After": "7"}
    )
    get(run, connect(exported, busy, lost, FOUND, retry=RetryPolicy(backoff_base=0)))
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


def test_waiting_for_the_rate_limiter_is_an_attribute(run: Run, exported: Exported) -> None:
    spent = answer(
        {"success": True, "data": {"id": "1"}},
        headers={"RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "600"},
    )
    clock = ManualClock()
    client = connect(exported, spent, FOUND, clock=clock, rate_limiter=Pacer(clock))

    async def main() -> None:
        async with client:
            await client.listings.get("1")
            await client.listings.get("1")

    run(main)
    first, second = exported.spans
    assert LIMITED not in attributes(first)
    assert attributes(second)[LIMITED] == 600


def test_waiting_for_what_another_task_was_told_is_an_attribute(
    run: Run, exported: Exported
) -> None:
    # Two tasks run into the limit; the second keeps back until the time that the first was told.
    spent = {"RateLimit-Limit": "1", "RateLimit-Remaining": "0", "RateLimit-Reset": "20"}
    refusal = failure(429, headers={"Retry-After": "20", **spent})
    found = answer({"success": True, "data": {"id": "1"}}, headers=spent)
    clock = ManualClock()

    async def main() -> None:
        async with connect(exported, refusal, found, FOUND, clock=clock) as client:
            await client.listings.get("1")
            await client.listings.get("1")

    run(main)
    first, second = exported.spans
    assert attributes(first)[LIMITED] == 20
    assert attributes(second)[LIMITED] == 20
    assert len(second.events) == 0


def test_a_cancelled_call_is_an_error_of_its_own(run: Run, exported: Exported) -> None:
    class Never:
        async def send(self, request: Request) -> Response:
            await anyio.sleep_forever()
            raise AssertionError

        async def aclose(self) -> None: ...

    async def main() -> None:
        client = connect(exported, transport=Never())
        with anyio.move_on_after(0.01):
            await client.listings.get("1")
        async with anyio.create_task_group() as tasks:

            async def call() -> None:
                with pytest.raises(APIConnectionError, match="closed"):
                    await client.listings.get("1")

            tasks.start_soon(call)
            await anyio.sleep(0.01)
            await client.aclose()

    run(main)
    assert len(exported.spans) == 2
    for span in exported.spans:
        assert attributes(span) == ALWAYS | {TYPE: "cancelled"}
        assert span.status.status_code is StatusCode.ERROR


def test_what_the_callers_own_code_raises_is_told_by_its_class(
    run: Run, exported: Exported
) -> None:
    def stop(_: RetryEvent) -> None:
        raise LookupError("not told: it may quote anything")

    async def main() -> None:
        client = connect(exported, LATER, on_retry=stop)
        with pytest.raises(LookupError):
            await client.listings.get("1")

    run(main)
    assert attributes(exported.span)[TYPE] == "LookupError"
    assert exported.span.status.description is None
    # The caller's function is told after the span.
    assert len(exported.span.events) == 1


def test_what_is_not_sent_has_no_span(run: Run, exported: Exported) -> None:
    async def main() -> None:
        client = connect(exported, FOUND)
        with pytest.raises(ConfigurationError):
            await client.contacts.list()

    run(main)
    assert exported.spans == []
    assert exported.metrics() == {}


def test_calls_are_children_of_the_callers_span(run: Run, exported: Exported) -> None:
    tracer = exported.tracer_provider.get_tracer("program")

    async def main() -> None:
        async with connect(exported, FOUND) as client:
            with tracer.start_as_current_span("program") as outer:
                async with anyio.create_task_group() as tasks:
                    for id in ("1", "2", "3"):
                        tasks.start_soon(client.listings.get, id)
                await client.listings.get("4")
                assert trace.get_current_span() is outer
        assert trace.get_current_span() is trace.INVALID_SPAN

    run(main)
    *calls, outer = exported.spans
    assert len(calls) == 4
    for call in calls:
        assert call.parent is not None
        assert call.parent.span_id == outer.context.span_id
        scope = call.instrumentation_scope
        assert scope is not None
        assert (scope.name, scope.schema_url) == (NAME, SCHEMA)


def test_a_login_is_a_child_of_the_call_that_needed_it(run: Run, exported: Exported) -> None:
    steps = (
        success({"token": "a.secret.c", "refreshToken": "r", "expiresIn": 900}),
        failure(401),
        success({"token": "d.secret.f", "refreshToken": "r", "expiresIn": 900}),
        success({"contacts": []}),
    )

    async def main() -> None:
        client = AsyncActuallyCare(
            token=Login("sample@example.com", "secret"),
            transport=ScriptedTransport(*steps),
            clock=ManualClock(),
            telemetry=exported.observer,
        )
        async with client:
            await client.contacts.list()

    run(main)
    login, refresh, call = exported.spans
    names = [span.name for span in (login, refresh, call)]
    assert names == ["POST /v1/auth/login", "POST /v1/auth/refresh", "GET /v1/contacts"]
    for part in (login, refresh):
        assert part.parent is not None
        assert part.parent.span_id == call.context.span_id
    [event] = call.events
    assert (event.attributes or {})[TYPE] == "401"
    assert "secret" not in exported.everything()


def test_log_records_belong_to_the_span(
    run: Run, exported: Exported, caplog: pytest.LogCaptureFixture
) -> None:
    seen: set[int] = set()

    def note(_: object) -> bool:
        seen.add(trace.get_current_span().get_span_context().span_id)
        return True

    caplog.set_level("DEBUG", logger="actuallycare")
    caplog.handler.addFilter(note)
    try:
        get(run, connect(exported, LATER, FOUND))
    finally:
        caplog.handler.removeFilter(note)
    assert seen == {exported.span.context.span_id}


def test_libraries_below_are_children_of_the_span(run: Run, exported: Exported) -> None:
    # Such as opentelemetry-instrumentation-httpx, which makes a span for each attempt.
    tracer = exported.tracer_provider.get_tracer("below")

    def answers(request: Request) -> Response:
        with tracer.start_as_current_span("attempt"):
            return FOUND

    get(run, connect(exported, answers))
    below, call = exported.spans
    assert below.parent is not None
    assert below.parent.span_id == call.context.span_id


def test_each_attempt_carries_the_trace_on_and_no_baggage(run: Run, exported: Exported) -> None:
    transport = ScriptedTransport(LATER, FOUND)
    client = connect(exported, transport=transport)
    token = context.attach(baggage.set_baggage("customer", "of ours"))
    try:
        get(run, client)
    finally:
        context.detach(token)
    made = exported.span.context
    expected = f"00-{made.trace_id:032x}-{made.span_id:016x}-"
    for request in transport.requests:
        assert request.headers["traceparent"].startswith(expected)
        assert "baggage" not in request.headers
    assert len(transport.requests) == 2


def test_what_is_sampled_out_costs_no_span_and_is_measured_still(run: Run) -> None:
    exported = Exported(sampler=ALWAYS_OFF)
    transport = ScriptedTransport(LATER, FOUND)
    get(run, connect(exported, transport=transport))
    assert exported.spans == []
    assert [point.count for point in exported.durations()] == [1]
    # The decision travels on: bit 0 of the flags (W3C Trace Context, section 3.2.2.5).
    flags = transport.requests[0].headers["traceparent"].rpartition("-")[2]
    assert int(flags, 16) & 1 == 0


def test_the_duration_is_that_of_the_span(run: Run, exported: Exported) -> None:
    get(run, connect(exported, LATER, FOUND))
    [point] = exported.durations()
    assert point.sum == pytest.approx(duration(exported.span), abs=1e-9)
    assert tuple(point.explicit_bounds) == BUCKETS
    assert exported.metrics()["http.client.request.duration"].unit == "s"


def test_metrics_have_no_value_of_a_call(run: Run, exported: Exported) -> None:
    async def main() -> None:
        async with connect(exported, LATER, success({"id": "1", "listings": []})) as client:
            for id in ("1", "2", "3"):
                await client.listings.get(id)
            await client.listings.list(min_price=300_000)

    run(main)
    found, listed = sorted(exported.durations(), key=lambda p: -p.count)
    assert (found.count, listed.count) == (3, 1)
    for point in (found, listed):
        assert set(point.attributes or {}) == {
            "http.request.method",
            STATUS,
            "server.address",
            "server.port",
            "url.template",
        }
    [resent] = exported.metrics()["actuallycare.client.resends"].data.data_points
    assert (resent.value, (resent.attributes or {})[TYPE]) == (1, "429")  # type: ignore[union-attr]


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
    assert without_values(url) == shown


@pytest.mark.parametrize(
    ("base_url", "address", "port"),
    [
        ("https://api.example.com/v1", "api.example.com", 443),
        ("http://api.example.com", "api.example.com", 80),
        ("http://127.0.0.1:8123/v1", "127.0.0.1", 8123),
        ("http://[::1]:8123/v1", "::1", 8123),
    ],
)
def test_the_server_is_that_of_the_base_url(
    run: Run, exported: Exported, base_url: str, address: str, port: int
) -> None:
    get(run, connect(exported, FOUND, base_url=base_url))
    facts = attributes(exported.span)
    assert (facts["server.address"], facts["server.port"]) == (address, port)
    assert facts["url.full"] == base_url + "/listings/1"
    assert base_url.endswith(facts["url.template"].removesuffix("/listings/{id}"))
