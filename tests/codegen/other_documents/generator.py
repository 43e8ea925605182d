"""The only call of the generator: what it is given, and what it reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import frozen

from codegen.generate import generate
from codegen.names import Lock
from codegen.normalise import normalise
from codegen.overlay import Overlay
from codegen.refusal import Refused


@frozen
class Finding:
    """One place of a document that was not taken as it is."""

    place: str
    reason: str


@frozen
class Generated:
    """What the generator says of a document."""

    accepted: bool
    findings: tuple[Finding, ...]


def run_generator(document: dict[str, Any], out: Path) -> Generated:
    """Write `api/` and `models/` below `out`, without overlay, lock and reference."""
    try:
        normalised = normalise(document, Overlay(), Lock())
        generate(normalised, out)
    except Refused as refused:
        problems = tuple(Finding(p.place, p.reason) for p in refused.problems)
        return Generated(accepted=False, findings=problems)
    notes = (note.partition(": ") for note in normalised.report.notes())
    return Generated(
        accepted=True, findings=tuple(Finding(place, reason) for place, _, reason in notes)
    )
