"""Measure what instrumentation adds to the CPU time of a call: `nox -s bench-telemetry`.

The transport responds from memory, so nothing else is measured; with a network the ratios are
smaller. Each round measures all configurations, starting with another one each time, and yields
their ratios to the first.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

from actuallycare import AsyncActuallyCare, Request, Response, configuration

BODY = b'{"success": true, "data": {"id": "0d4f8a9c", "address": "1 Main St", "status": "active"}}'


class MemoryTransport:
    """A transport that returns one prepared body."""

    async def send(self, request: Request) -> Response:
        return Response(200, {"Content-Type": "application/json"}, BODY)

    async def aclose(self) -> None: ...


def connect(**options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare("ab" * 32, transport=MemoryTransport(), **options)


def not_installed() -> AsyncActuallyCare:
    """Create a client while `opentelemetry` cannot be imported."""
    configuration._open_telemetry.cache_clear()
    try:
        with mock.patch.dict(sys.modules, {"opentelemetry": None}):
            sys.modules.pop("actuallycare.telemetry", None)
            created = connect()
    finally:
        configuration._open_telemetry.cache_clear()
    assert created._sender.instrumentation is None
    return created


def with_sdk(*, sampled: bool) -> AsyncActuallyCare:
    """Create a client instrumented by OpenTelemetry's SDK; recorded spans are not exported."""
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON

    from actuallycare.telemetry import OpenTelemetry

    traces = TracerProvider(sampler=ALWAYS_ON if sampled else ALWAYS_OFF)
    traces.add_span_processor(SpanProcessor())
    metrics = MeterProvider([InMemoryMetricReader()])
    return connect(telemetry=OpenTelemetry(tracer_provider=traces, meter_provider=metrics))


CONFIGURATIONS: dict[str, Callable[[], AsyncActuallyCare]] = {
    "telemetry=False": lambda: connect(telemetry=False),
    "opentelemetry-api not installed": not_installed,
    "API installed, no SDK configured": connect,
    "SDK, span sampled out": lambda: with_sdk(sampled=False),
    "SDK, span recorded": lambda: with_sdk(sampled=True),
}


async def cpu_per_call(target: AsyncActuallyCare, calls: int) -> float:
    """Return the seconds of CPU of one call."""
    started = time.process_time()
    for _ in range(calls):
        await target.listings.get("0d4f8a9c")
    return (time.process_time() - started) / calls


async def measure(rounds: int, calls: int) -> dict[str, list[float]]:
    """Return the seconds of CPU of one call, for each configuration and round."""
    clients = {name: create() for name, create in CONFIGURATIONS.items()}
    names = list(clients)
    for target in clients.values():
        await cpu_per_call(target, calls)  # fills the caches
    measured: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            measured[name].append(await cpu_per_call(clients[name], calls))
    return measured


IMPORTS = """
from time import perf_counter
started = perf_counter()
from actuallycare import AsyncActuallyCare
AsyncActuallyCare(telemetry=False)
created = perf_counter()
AsyncActuallyCare()
print(created - started, perf_counter() - created)
"""


def first_client(times: int) -> str:
    """Return how long the first client of a process takes, and what OpenTelemetry's API adds."""
    pairs: list[list[float]] = []
    for _ in range(times):
        command = [sys.executable, "-c", IMPORTS]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        pairs.append([float(word) for word in result.stdout.split()])
    without, added = (statistics.median(column) * 1e3 for column in zip(*pairs, strict=True))
    return f"The first client: {without:.0f} ms, imports included; the API adds {added:.0f} ms"


def report(measured: dict[str, list[float]]) -> str:
    """Return a table with the median and the quartiles of the ratios."""
    base = next(iter(measured.values()))
    lines = [f"{'':34} {'µs per call':>11}  {'ratio':>6}  quartiles"]
    for name, times in measured.items():
        ratios = [time / first for time, first in zip(times, base, strict=True)]
        low, middle, high = statistics.quantiles(ratios, n=4)
        micros = statistics.median(times) * 1e6
        lines.append(f"{name:34} {micros:11.1f}  {middle:6.3f}  {low:.3f} to {high:.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--calls", type=int, default=500, help="calls per configuration and round")
    options = parser.parse_args()
    print(report(asyncio.run(measure(options.rounds, options.calls))))
    print(first_client(11))


if __name__ == "__main__":
    main()
