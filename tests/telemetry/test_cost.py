"""What is not watched pays nothing for it; how much the rest pays is `make bench-telemetry`."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections import Counter
from types import FrameType

import pytest
from benchmarks import telemetry

from actuallycare import AsyncActuallyCare


async def functions_called(client: AsyncActuallyCare) -> Counter[str]:
    """Every function, of Python and of C, that one call enters."""
    entered: Counter[str] = Counter()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            entered[frame.f_code.co_name] += 1
        elif event == "c_call":
            entered[getattr(argument, "__qualname__", "?")] += 1

    await client.listings.get("1")
    gc.disable()
    try:
        sys.setprofile(note)
        await client.listings.get("1")
    finally:
        sys.setprofile(None)
        gc.enable()
    return entered


@pytest.mark.parametrize("way", ["opentelemetry-api not installed", "telemetry=False"])
def test_an_unwatched_call_does_what_it_did_without_the_seam(way: str) -> None:
    bare = asyncio.run(functions_called(telemetry.without_the_seam()))
    made = asyncio.run(functions_called(telemetry.WAYS[way]()))
    assert made == bare
    assert bare["_attempt"] == 1
    watched = asyncio.run(functions_called(telemetry.with_sdk(sampled=True)))
    assert watched.total() > bare.total()


def test_the_benchmark_runs_every_way() -> None:
    found = asyncio.run(telemetry.measure(rounds=2, calls=2))
    lines = telemetry.report(found).splitlines()[1:]
    assert [line[:34].rstrip() for line in lines] == list(telemetry.WAYS)
