"""How much a watched call pays is `make bench-telemetry`; here, that it measures every way."""

from __future__ import annotations

import asyncio

from benchmarks import telemetry


def test_the_benchmark_runs_every_way() -> None:
    found = asyncio.run(telemetry.measure(rounds=2, calls=2))
    lines = telemetry.report(found).splitlines()[1:]
    assert [line[:34].rstrip() for line in lines] == list(telemetry.WAYS)
