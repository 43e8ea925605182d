"""OpenTelemetry's own SDK in memory, and what it exported as plain values and as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader, Metric
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import Sampler

from actuallycare.telemetry import OpenTelemetry


class Exported:
    """Providers of their own, and `observer`, which uses them: `telemetry=exported.observer`."""

    def __init__(self, sampler: Sampler | None = None) -> None:
        self._spans = InMemorySpanExporter()
        self.tracer_provider = TracerProvider(sampler=sampler)
        self.tracer_provider.add_span_processor(SimpleSpanProcessor(self._spans))
        self._metrics = InMemoryMetricReader()
        self.meter_provider = MeterProvider([self._metrics])
        self.observer = OpenTelemetry(
            tracer_provider=self.tracer_provider, meter_provider=self.meter_provider
        )

    @property
    def spans(self) -> list[ReadableSpan]:
        """The spans that ended, in that order."""
        return list(self._spans.get_finished_spans())

    @property
    def span(self) -> ReadableSpan:
        """The only one."""
        [span] = self.spans
        return span

    def metrics(self) -> dict[str, Metric]:
        """The metrics as of now, by name."""
        data = self._metrics.get_metrics_data()
        if data is None:
            return {}
        return {
            metric.name: metric
            for resource in data.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }

    def durations(self) -> list[HistogramDataPoint]:
        """The points of `http.client.request.duration`."""
        points = self.metrics()["http.client.request.duration"].data.data_points
        assert all(isinstance(point, HistogramDataPoint) for point in points)
        return list(points)  # type: ignore[arg-type]

    def everything(self) -> str:
        """All that any exporter could write."""
        data = self._metrics.get_metrics_data()
        texts = [span.to_json() for span in self.spans]
        return "\n".join([*texts, data.to_json() if data is not None else ""])


def attributes(span: ReadableSpan) -> dict[str, Any]:
    """The attributes of a span."""
    return dict(span.attributes or {})


def duration(span: ReadableSpan) -> float:
    """Seconds."""
    assert span.start_time is not None
    assert span.end_time is not None
    return (span.end_time - span.start_time) / 1e9


def span_text(span: ReadableSpan) -> str:
    """A span as docs/observability.md shows it."""
    lines = [f"{span.kind.name} span {span.name!r}, status {span.status.status_code.name}"]
    lines += _lines(span.attributes or {}, "    ")
    for event in span.events:
        lines.append(f"    event {event.name!r}")
        lines += _lines(event.attributes or {}, "        ")
    return "\n".join(lines)


def metrics_text(metrics: Mapping[str, Metric]) -> str:
    """Metrics as docs/observability.md shows them: without what was measured."""
    lines: list[str] = []
    for name, metric in sorted(metrics.items(), reverse=True):
        for point in metric.data.data_points:
            count = point.count if isinstance(point, HistogramDataPoint) else point.value  # type: ignore[union-attr]
            kind = type(metric.data).__name__
            lines.append(f"{kind} {name!r} in {metric.unit!r}: {count}")
            lines += _lines(point.attributes or {}, "    ")
    return "\n".join(lines)


def _lines(values: Mapping[str, Any], indent: str) -> list[str]:
    return [f"{indent}{name} = {value!r}" for name, value in sorted(values.items())]
