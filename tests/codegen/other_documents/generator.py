"""The only call of the generator: what it is given, and what it reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import frozen

from codegen.errors import CodegenError
from codegen.lock import Lock
from codegen.output.install import FOLDERS, replace_folders
from codegen.pipeline import describe, generate
from codegen.source.overlay import Overlay


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
        description = describe(document, Overlay(), Lock())
        files = generate(description)
    except CodegenError as error:
        problems = tuple(Finding(p.place, p.reason) for p in error.problems)
        return Generated(accepted=False, findings=problems)
    out.mkdir(parents=True)
    replace_folders(files, out, FOLDERS)
    found = description.findings.all
    return Generated(accepted=True, findings=tuple(Finding(f.place, f.reason) for f in found))
