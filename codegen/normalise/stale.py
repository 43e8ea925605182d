"""Overlay entries about classes, fields and places that do not exist."""

from __future__ import annotations

from ..findings import Findings
from ..source.overlay import Overlay
from .schemas import SchemaNormaliser
from .types import TypeBuilder


def report_stale(
    overlay: Overlay, types: TypeBuilder, schemas: SchemaNormaliser, findings: Findings
) -> None:
    """Report the entries that matched nothing in this run."""
    for place in sorted(overlay.names.keys() - types.names.by_place.keys()):
        reason = "there is no inline schema at this place"
        findings.note(f"overlay.toml name {place}", reason, kind="stale")
    for model, wire in sorted(overlay.secrets):
        fields = types.models[model].fields if model in types.models else ()
        if wire not in {field.wire.unescaped for field in fields}:
            place = f"overlay.toml secret {model}.{wire}"
            findings.note(place, "there is no such field", kind="stale")
    for place in sorted(overlay.any_places.keys() - schemas.any_used):
        findings.note(f"overlay.toml any {place}", "there is no such place", kind="stale")
