"""Spans and metrics of each call with OpenTelemetry. Needs the extra `otel`.

Source: OpenTelemetry's semantic conventions for HTTP clients (opentelemetry.io/docs/specs/semconv/
http), docs/observability.md lists what the SDK follows and where it differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from time import perf_counter_ns, time_ns
from typing import Final
from urllib.parse import urlsplit

from opentelemetry import baggage, context, metrics, propagate, trace

from ._core.errors import ActuallyCareError, APIConnectionError, APIStatusError
from ._core.http import Request
from ._core.retry.policy import RetryEvent
from ._version import __version__

NAME: Final = "actuallycare"
"""The instrumentation scope, in vendored copies too: as with the logger."""
SCHEMA: Final = "https://opentelemetry.io/schemas/1.40.0"
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Seconds; what the conventions advise for `http.client.request.duration`."""

_MIN_RECORDED_WAIT = 0.01
"""Seconds. Shorter waits are scheduling noise and are not recorded."""

Attributes = dict[str, str | int | float]


class OpenTelemetry:
    """Records calls with OpenTelemetry. Clients create one by default; pass your own as
    `telemetry=` to use providers other than the global ones.

    Create one for all clients, because it owns the instruments (histogram and counter).
    """

    def __init__(
        self,
        *,
        tracer_provider: trace.TracerProvider | None = None,
        meter_provider: metrics.MeterProvider | None = None,
    ) -> None:
        self._by_default = tracer_provider is None and meter_provider is None
        self._tracer = trace.get_tracer(NAME, __version__, tracer_provider, SCHEMA)
        meter = metrics.get_meter(NAME, __version__, meter_provider, SCHEMA)
        self.duration: metrics.Histogram = _histogram(meter)
        self.resends: metrics.Counter = meter.create_counter(
            "actuallycare.client.resends",
            unit="{request}",
            description="Requests that were sent again after a failed attempt.",
        )

    def start_call(self, request: Request, base_url: str) -> CallSpan | None:
        """Start the span of a call and make it current; None when nothing would record it."""
        if self._by_default and _is_noop():
            return None
        operation = request.operation
        common = _common_attributes(base_url, operation.method, operation.path)
        # One clock for the span and the metric, so that both have the same duration.
        started = time_ns()
        span = self._tracer.start_span(
            f"{operation.method} {common['url.template']}",
            kind=trace.SpanKind.CLIENT,
            attributes={
                **common,
                "actuallycare.operation": operation.name,
                "url.full": redact_query(request.url),
            },
            start_time=started,
        )
        return CallSpan(self, span, common, started)


class CallSpan:
    """One call: a span, which ends with a measured duration."""

    def __init__(
        self, parent: OpenTelemetry, span: trace.Span, common: Mapping[str, str | int], started: int
    ) -> None:
        self._parent = parent
        self._span = span
        self._common = common
        self._started = started
        self._started_monotonic = perf_counter_ns()
        self._resends = 0
        self._throttled = 0.0
        self._status: int | None = None
        current = context.get_current()
        if span.get_span_context().is_valid:  # without an SDK, older APIs lose the parent's
            current = trace.set_span_in_context(span, current)
        self._token = context.attach(current)
        carrier: dict[str, str] = {}
        # Baggage is internal to the application, and the API belongs to another company.
        propagate.inject(carrier, baggage.clear(current))
        self._headers = carrier

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers that propagate the trace, from the propagators of the application."""
        return self._headers

    def on_throttled(self, seconds: float) -> None:
        if seconds >= _MIN_RECORDED_WAIT:
            self._throttled += seconds

    def on_response(self, status: int) -> None:
        self._status = status

    def on_retry(self, event: RetryEvent) -> None:
        self._status = None
        self._resends = event.attempt
        why = error_type(event.error)
        attributes: Attributes = {
            "http.request.resend_count": event.attempt,
            "error.type": why,
            "actuallycare.retry.wait": event.wait,
        }
        if event.status is not None:
            attributes["http.response.status_code"] = event.status
        if event.status == 429:
            self._throttled += event.wait
        if event.correlation_id is not None:
            attributes["actuallycare.correlation_id"] = event.correlation_id
        self._span.add_event("actuallycare.retry", attributes)
        self._parent.resends.add(1, {**self._common, "error.type": why})

    def on_end(self, error: BaseException | None) -> None:
        span = self._span
        measured: Attributes = {**self._common}
        if self._status is not None:
            measured["http.response.status_code"] = self._status
        if error is not None:
            measured["error.type"] = error_type(error)
            span.set_status(trace.Status(trace.StatusCode.ERROR, _description(error)))
            if isinstance(error, APIStatusError) and error.correlation_id is not None:
                span.set_attribute("actuallycare.correlation_id", error.correlation_id)
        if self._resends:
            span.set_attribute("http.request.resend_count", self._resends)
        if self._throttled:
            span.set_attribute("actuallycare.rate_limit.wait", self._throttled)
        span.set_attributes(measured)
        elapsed = perf_counter_ns() - self._started_monotonic
        self._parent.duration.record(elapsed / 1e9, measured)
        span.end(self._started + elapsed)
        context.detach(self._token)


@cache
def default_instrumentation() -> OpenTelemetry:
    """Return the instrumentation that clients use by default, with the global providers."""
    return OpenTelemetry()


def _is_noop() -> bool:
    """Whether no OpenTelemetry SDK is configured (yet) and there is no current trace to continue.

    Often the API is installed only because another library depends on it.
    """
    return (
        trace.get_current_span() is trace.INVALID_SPAN
        and _is_noop_provider(trace.get_tracer_provider())
        and _is_noop_provider(metrics.get_meter_provider())
    )


def _is_noop_provider(provider: object) -> bool:
    """Whether it is one of the API's own providers, which do nothing."""
    return type(provider).__module__.startswith(("opentelemetry.trace", "opentelemetry.metrics"))


def error_type(error: BaseException) -> str:
    """Return `error.type`: the status of an error response, the class, or `cancelled`."""
    if isinstance(error, APIStatusError) and error.status_code >= 400:
        return str(error.status_code)
    if isinstance(error, ActuallyCareError):
        return type(error).__name__
    return type(error).__qualname__ if isinstance(error, Exception) else "cancelled"


def redact_query(url: str) -> str:
    """Redact the values in the query of a URL: they may be names or search terms of a client."""
    base, mark, query = url.partition("?")
    if not mark:
        return url
    names = (pair.partition("=")[0] for pair in query.split("&"))
    return f"{base}?{'&'.join(f'{name}=REDACTED' for name in names)}"


@lru_cache(maxsize=1024)
def _common_attributes(base_url: str, method: str, path: str) -> Mapping[str, str | int]:
    """Return the attributes that the span and the metrics of an operation share."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return {
        "http.request.method": method,
        "server.address": parts.hostname or "",
        "server.port": port,
        "url.template": parts.path + path,
    }


def _description(error: BaseException) -> str | None:
    """Describe what the attributes do not contain, and never a body."""
    return str(error) if isinstance(error, APIConnectionError) else None


def _histogram(meter: metrics.Meter) -> metrics.Histogram:
    name, unit = "http.client.request.duration", "s"
    description = "Duration of HTTP client requests."
    try:
        return meter.create_histogram(
            name, unit, description, explicit_bucket_boundaries_advisory=BUCKETS
        )
    except TypeError:
        # Before 1.30 the API does not have this argument, and the application chooses the version.
        return meter.create_histogram(name, unit, description)
