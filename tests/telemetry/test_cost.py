"""`nox -s bench-telemetry` measures every configuration."""

from __future__ import annotations

import asyncio

from benchmarks import telemetry


def test_benchmark_measures_every_configuration() -> None:
    found = asyncio.run(telemetry.measure(rounds=2, calls=2))
    lines = telemetry.report(found).splitlines()[1:]
    assert [line[:34].rstrip() for line in lines] == list(telemetry.CONFIGURATIONS)
