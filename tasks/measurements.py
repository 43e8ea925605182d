"""Benchmarks and other measurements."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nox

from .environment import install
from .modules import register

MODULES: dict[str, tuple[str, str]] = {
    "sandbox-load": (
        "benchmarks.sandbox_load",
        "Load the sandbox with 200 clients for 20 s; write benchmarks/sandbox-load.md.",
    ),
    "bench-instructions": (
        "benchmarks.instructions",
        "Count the instructions of a call (--record: record them; needs valgrind).",
    ),
    "bench-rate-limit": (
        "benchmarks.rate_limit",
        "Measure 50 tasks against a rate limit, with and without a Pacer.",
    ),
    "bench-telemetry": (
        "benchmarks.telemetry",
        "Measure what OpenTelemetry adds to a call.",
    ),
    "bulk-bench": (
        "benchmarks.bulk_import",
        "Import 1,000 rows at 500 requests per 15 s.",
    ),
    "fleet-bench": (
        "benchmarks.fleet",
        "Measure 20 processes that share a rate limit, also while Redis is killed.",
    ),
    "fleet-simulation": (
        "benchmarks.fleet_simulation",
        "Simulate 10,000 workers behind one rate limit; write docs/scale.md.",
    ),
}

register(MODULES)


def _bench(session: nox.Session, *modules: str, options: Sequence[str] = ()) -> None:
    install(session, "bench")
    # Only the SDK gets the extra `fast`: other clients run with what their installation includes.
    install(session, "fast", "--target", str(Path(session.virtualenv.location) / "fast"))
    for module in modules:
        session.run("python", "-m", module, *options, *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the SDK against other clients; write benchmarks/RESULTS.md."""
    _bench(session, "benchmarks")


@nox.session(name="bench-smoke")
def bench_smoke(session: nox.Session) -> None:
    """Check that the benchmarks work, without comparing times."""
    _bench(session, "benchmarks", "benchmarks.profile_layers", options=["--smoke"])


@nox.session(name="bench-layers")
def bench_layers(session: nox.Session) -> None:
    """Show what each layer of a call costs."""
    _bench(session, "benchmarks.profile_layers")


@nox.session(name="bench-scaling")
def bench_scaling(session: nox.Session) -> None:
    """Measure how the cost grows; write docs/internals/performance.md."""
    _bench(session, "benchmarks.scaling")
