"""What watching a call costs: `make bench-telemetry`.

One call over a transport that answers from memory at once, so that nothing else is measured, and
any network makes the shares smaller. The ways to run it take turns within each round, in an order
that moves on; a round gives ratios to the first way. CPU time of this process: other processes do
no harm.
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

from actuallycare import AsyncActuallyCare, Request, Response, client

BODY = b'{"success": true, "data": {"id": "0d4f8a9c", "address": "1 Main St", "status": "active"}}'


class Answers:
    """A transport without a network."""

    async def send(self, request: Request) -> Response:
        return Response(200, {"Content-Type": "application/json"}, BODY)

    async def aclose(self) -> None: ...


def connect(**options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare("ab" * 32, transport=Answers(), **options)


def not_installed() -> AsyncActuallyCare:
    """A client made where `opentelemetry` cannot be imported."""
    client._open_telemetry.cache_clear()
    try:
        with mock.patch.dict(sys.modules, {"opentelemetry": None}):
            sys.modules.pop("actuallycare.telemetry", None)
            made = connect()
    finally:
        client._open_telemetry.cache_clear()
    assert made._sender.instrumentation is None
    return made


def with_sdk(*, sampled: bool) -> AsyncActuallyCare:
    """A client that the real SDK watches; what it records is dropped rather than exported."""
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON

    from actuallycare.telemetry import OpenTelemetry

    traces = TracerProvider(sampler=ALWAYS_ON if sampled else ALWAYS_OFF)
    traces.add_span_processor(SpanProcessor())
    metrics = MeterProvider([InMemoryMetricReader()])
    return connect(telemetry=OpenTelemetry(tracer_provider=traces, meter_provider=metrics))


WAYS: dict[str, Callable[[], AsyncActuallyCare]] = {
    "telemetry=False": lambda: connect(telemetry=False),
    "opentelemetry-api not installed": not_installed,
    "API installed, no SDK configured": connect,
    "SDK, span sampled out": lambda: with_sdk(sampled=False),
    "SDK, span recorded": lambda: with_sdk(sampled=True),
}


async def seconds(target: AsyncActuallyCare, calls: int) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    for _ in range(calls):
        await target.listings.get("0d4f8a9c")
    return (time.process_time() - begun) / calls


async def measure(rounds: int, calls: int) -> dict[str, list[float]]:
    """CPU seconds of one call, for each way and round."""
    clients = {name: make() for name, make in WAYS.items()}
    names = list(clients)
    for target in clients.values():
        await seconds(target, calls)
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        at = number % len(names)
        for name in names[at:] + names[:at]:
            found[name].append(await seconds(clients[name], calls))
    return found


IMPORTS = """
from time import perf_counter
begun = perf_counter()
from actuallycare import AsyncActuallyCare
AsyncActuallyCare(telemetry=False)
made = perf_counter()
AsyncActuallyCare()
print(made - begun, perf_counter() - made)
"""


def first_client(times: int) -> str:
    """What the first client of a process takes, and what OpenTelemetry's API adds."""
    pairs: list[list[float]] = []
    for _ in range(times):
        command = [sys.executable, "-c", IMPORTS]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        pairs.append([float(word) for word in done.stdout.split()])
    without, more = (statistics.median(column) * 1e3 for column in zip(*pairs, strict=True))
    return f"The first client: {without:.0f} ms, imports included; the API adds {more:.0f} ms"


def report(found: dict[str, list[float]]) -> str:
    """A table: the median of the ratios of the rounds, and their middle half."""
    base = next(iter(found.values()))
    lines = [f"{'':34} {'µs a call':>9}  {'ratio':>6}  middle half"]
    for name, times in found.items():
        ratios = [time / first for time, first in zip(times, base, strict=True)]
        low, middle, high = statistics.quantiles(ratios, n=4)
        micros = statistics.median(times) * 1e6
        lines.append(f"{name:34} {micros:9.1f}  {middle:6.3f}  {low:.3f} to {high:.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--calls", type=int, default=500, help="calls of each way in a round")
    given = parser.parse_args()
    print(report(asyncio.run(measure(given.rounds, given.calls))))
    print(first_client(11))


if __name__ == "__main__":
    main()
