"""Telemetry is on if `opentelemetry-api` is installed and can be switched off; what each loads.

In processes of their own: the providers of OpenTelemetry and the modules of Python are global.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare
from actuallycare._core.instrumentation import Instrumentation
from actuallycare.telemetry import OpenTelemetry, default_instrumentation

START = """
import asyncio, sys
from actuallycare import AsyncActuallyCare, ConfigurationError, Request, Response

sent = []

class Found:
    async def send(self, request: Request) -> Response:
        sent.append(request.headers)
        return Response(200, {}, b'{"success": true, "data": {"id": "1"}}')
    async def aclose(self) -> None: ...

def client(**options):
    return AsyncActuallyCare("ab" * 32, transport=Found(), **options)

def call(client):
    assert asyncio.run(client.listings.get("1")).id == "1"

def loaded():
    return sorted(name for name in sys.modules if name.split(".")[0] == "opentelemetry")
"""

SDK = """
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

spans, reader = InMemorySpanExporter(), InMemoryMetricReader()

def configure():
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    trace.set_tracer_provider(provider)
    metrics.set_meter_provider(MeterProvider([reader]))

def exported():
    data = reader.get_metrics_data()
    points = 0 if data is None else sum(
        point.count
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
        for point in metric.data.data_points
    )
    return len(spans.get_finished_spans()), points
"""

MISSING = "sys.modules['opentelemetry'] = None\n"

CASES = {
    "on by itself": SDK + "configure(); call(client()); assert exported() == (1, 1)",
    "on before the SDK is configured": (
        SDK + "early = client(); configure(); call(early); assert exported() == (1, 1)"
    ),
    "on when asked for": SDK + "configure(); call(client(telemetry=True)); assert exported()[0]",
    "off": SDK + "configure(); call(client(telemetry=False)); assert exported() == (0, 0)",
    "many clients have one set of instruments": (
        "import logging; logging.raiseExceptions = True\n"
        + SDK
        + "configure(); [call(client()) for _ in range(3)]; assert exported() == (3, 3)"
    ),
    "without an SDK nothing is done": (
        "made = client(); call(made); assert loaded(); assert 'traceparent' not in sent[0];"
        "hooks = made._sender.instrumentation; assert hooks.start_call(None, '') is None"
    ),
    "without an SDK another's trace is propagated": """
from opentelemetry import context, trace
parent = trace.NonRecordingSpan(trace.SpanContext(1, 2, is_remote=True))
context.attach(trace.set_span_in_context(parent))
call(client())
assert sent[0]["traceparent"] == f"00-{1:032x}-{2:016x}-00"
""",
    "with metrics alone": """
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
reader = InMemoryMetricReader()
metrics.set_meter_provider(MeterProvider([reader]))
call(client())
assert "http.client.request.duration" in reader.get_metrics_data().to_json()
""",
    "off loads nothing": (
        "call(client(telemetry=False)); assert not loaded();"
        "assert not [m for m in sys.modules if m.endswith(('.observer', '.telemetry'))]"
    ),
    "importing loads nothing": "import actuallycare.testing; assert not loaded()",
    "not installed": MISSING + "call(client())",
    "not installed and asked for": (
        MISSING
        + "try: client(telemetry=True)\n"
        + "except ConfigurationError as error: message = str(error)\n"
        + "assert \"pip install 'actuallycare[otel]'\" in message"
    ),
    "another distribution of the namespace without the API": (
        "import types; sys.modules['opentelemetry'] = types.ModuleType('opentelemetry')\n"
        "call(client())"
    ),
    "an unrelated import error turns it off, and is raised if it is required": (
        "import logging\nlogging.getLogger('actuallycare').addHandler(logging.NullHandler())\n"
        "sys.modules['actuallycare._version'] = None\n"
        "call(client())\n"
        "try: client(telemetry=True)\nexcept ConfigurationError: pass\nelse: raise AssertionError"
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_switch(case: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", START + CASES[case]],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("OTEL_")},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_views_share_their_clients_instrumentation() -> None:
    observer = OpenTelemetry()
    client = AsyncActuallyCare(telemetry=observer)
    assert observer_of(client) is observer
    assert observer_of(client.with_options(timeout=1)) is observer
    assert observer_of(AsyncActuallyCare()) is default_instrumentation()


def test_a_client_without_telemetry_has_no_instrumentation() -> None:
    assert AsyncActuallyCare(telemetry=False)._sender.instrumentation is None
    assert AsyncActuallyCare()._sender.instrumentation is not None


def observer_of(client: AsyncActuallyCare) -> Instrumentation | None:
    return client._sender.instrumentation


def test_an_api_without_bucket_advice_is_supported() -> None:
    class Meter:
        """As `opentelemetry-api` had it before 1.30."""

        made: list[tuple[str, str]]

        def __init__(self) -> None:
            self.made = []

        def create_histogram(self, name: str, unit: str = "", description: str = "") -> object:
            self.made.append((name, unit))
            return object()

        def create_counter(self, name: str, unit: str = "", description: str = "") -> object:
            self.made.append((name, unit))
            return object()

    class Provider:
        meter = Meter()

        def get_meter(self, *_: Any, **__: Any) -> Meter:
            return self.meter

    provider: Any = Provider()
    OpenTelemetry(meter_provider=provider)
    assert provider.meter.made == [
        ("http.client.request.duration", "s"),
        ("actuallycare.client.resends", "{request}"),
    ]
