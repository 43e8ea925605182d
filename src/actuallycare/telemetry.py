"""Spans and metrics of each call, by OpenTelemetry's API. Needs the extra `otel`.

Source: OpenTelemetry's semantic conventions for HTTP clients (opentelemetry.io/docs/specs/semconv/
http), of which docs/observability.md tells what is followed, and where a choice was made.
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

_NOTICED = 0.01
"""Seconds below which a turn came at once: what passed is the event loop's business."""

Attributes = dict[str, str | int | float]


class OpenTelemetry:
    """Watches calls for OpenTelemetry. Clients make one by themselves; pass your own as
    `telemetry=` where not the global providers but others shall be used.

    Make one for all clients: it holds the instruments, of which there is one each.
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

    def begin(self, request: Request, base_url: str) -> CallSpan | None:
        """Start the span of a call, as the current one; None when that would change nothing."""
        if self._by_default and _nobody_listens():
            return None
        operation = request.operation
        facts = _facts(base_url, operation.method, operation.path)
        # One clock for the span and the metric, so that both tell the same duration.
        began = time_ns()
        span = self._tracer.start_span(
            f"{operation.method} {facts['url.template']}",
            kind=trace.SpanKind.CLIENT,
            attributes={
                **facts,
                "actuallycare.operation": operation.name,
                "url.full": without_values(request.url),
            },
            start_time=began,
        )
        return CallSpan(self, span, facts, began)


class CallSpan:
    """One call: a span, which ends with a measured duration."""

    def __init__(
        self, parent: OpenTelemetry, span: trace.Span, facts: Mapping[str, str | int], began: int
    ) -> None:
        self._parent, self._span, self._facts = parent, span, facts
        self._began, self._since = began, perf_counter_ns()
        self._resends = 0
        self._limited = 0.0
        self._status: int | None = None
        here = context.get_current()
        if span.get_span_context().is_valid:  # without an SDK, older APIs lose the parent's
            here = trace.set_span_in_context(span, here)
        self._token = context.attach(here)
        carrier: dict[str, str] = {}
        # Baggage is the application's own, and the API another party.
        propagate.inject(carrier, baggage.clear(here))
        self._headers = carrier

    @property
    def headers(self) -> Mapping[str, str]:
        """What carries the trace on, by the propagators of the application."""
        return self._headers

    def waited(self, seconds: float) -> None:
        if seconds >= _NOTICED:
            self._limited += seconds

    def answered(self, status: int) -> None:
        self._status = status

    def retrying(self, event: RetryEvent) -> None:
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
            self._limited += event.wait
        if event.correlation_id is not None:
            attributes["actuallycare.correlation_id"] = event.correlation_id
        self._span.add_event("actuallycare.retry", attributes)
        self._parent.resends.add(1, {**self._facts, "error.type": why})

    def ended(self, error: BaseException | None) -> None:
        span = self._span
        measured: Attributes = {**self._facts}
        if self._status is not None:
            measured["http.response.status_code"] = self._status
        if error is not None:
            measured["error.type"] = error_type(error)
            span.set_status(trace.Status(trace.StatusCode.ERROR, _description(error)))
            if isinstance(error, APIStatusError) and error.correlation_id is not None:
                span.set_attribute("actuallycare.correlation_id", error.correlation_id)
        if self._resends:
            span.set_attribute("http.request.resend_count", self._resends)
        if self._limited:
            span.set_attribute("actuallycare.rate_limit.wait", self._limited)
        span.set_attributes(measured)
        elapsed = perf_counter_ns() - self._since
        self._parent.duration.record(elapsed / 1e9, measured)
        span.end(self._began + elapsed)
        context.detach(self._token)


@cache
def shared() -> OpenTelemetry:
    """The one of all clients that were given none, with the global providers."""
    return OpenTelemetry()


def _nobody_listens() -> bool:
    """Whether no SDK is configured (yet), and there is no trace of somebody else's to carry on.

    Many have the API installed for the sake of another library, and no use for it.
    """
    return (
        trace.get_current_span() is trace.INVALID_SPAN
        and _of_the_api(trace.get_tracer_provider())
        and _of_the_api(metrics.get_meter_provider())
    )


def _of_the_api(provider: object) -> bool:
    """Whether it is one of the API's own providers, none of which does anything."""
    return type(provider).__module__.startswith(("opentelemetry.trace", "opentelemetry.metrics"))


def error_type(error: BaseException) -> str:
    """`error.type`: the status of an error answer, else the class; `cancelled`."""
    if isinstance(error, APIStatusError) and error.status_code >= 400:
        return str(error.status_code)
    if isinstance(error, ActuallyCareError):
        return type(error).__name__
    return type(error).__qualname__ if isinstance(error, Exception) else "cancelled"


def without_values(url: str) -> str:
    """The URL with the values in its query redacted: they may be names, or a search of a client."""
    bare, mark, query = url.partition("?")
    if not mark:
        return url
    names = (pair.partition("=")[0] for pair in query.split("&"))
    return f"{bare}?{'&'.join(f'{name}=REDACTED' for name in names)}"


@lru_cache(maxsize=1024)
def _facts(base_url: str, method: str, path: str) -> Mapping[str, str | int]:
    """What the span and the metrics of an operation have in common."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return {
        "http.request.method": method,
        "server.address": parts.hostname or "",
        "server.port": port,
        "url.template": parts.path + path,
    }


def _description(error: BaseException) -> str | None:
    """Only what the attributes do not tell, and never of a body."""
    return str(error) if isinstance(error, APIConnectionError) else None


def _histogram(meter: metrics.Meter) -> metrics.Histogram:
    name, unit = "http.client.request.duration", "s"
    description = "Duration of HTTP client requests."
    try:
        return meter.create_histogram(
            name, unit, description, explicit_bucket_boundaries_advisory=BUCKETS
        )
    except TypeError:
        # Before 1.30 the API takes no advice; the application has it installed for other reasons.
        return meter.create_histogram(name, unit, description)
