"""From the vendor's document to `Api`. Pure; the order of the steps matters.

1. `apply_overlay`: corrections come first, they speak of the document as the vendor serves it.
2. `rename_components`: before references are followed, because copies keep the references in them.
3. `inline_references`: before paths change, because references may point into them.
4. `normalise_paths`: before names are chosen, which come from the paths.
5. `SchemaNormaliser`, `TypeBuilder`, `OperationBuilder`: on demand, from the operations down, so
   that nothing is built, or reported, that no operation reaches.
"""

from __future__ import annotations

import copy
from typing import Any

from attrs import frozen

from ..api import Api
from ..document import Json, as_object, is_object
from ..errors import Problem, UnsupportedDocument
from ..findings import Findings
from ..lock import Lock
from ..source.overlay import Overlay, apply_overlay
from ..source.references import inline_references
from .components import rename_components
from .inline_names import InlineNames
from .modules import assign_modules
from .operations import OperationBuilder, mark_sensitive
from .paths import normalise_paths
from .schemas import SchemaNormaliser
from .types import TypeBuilder


@frozen
class Description:
    """What a document describes, the names that were chosen, and what was noticed."""

    api: Api
    lock: Lock
    findings: Findings


def describe(document: Any, overlay: Overlay, lock: Lock) -> Description:
    """Read a document into the model of its API.

    Raises `UnsupportedDocument` only when it is no OpenAPI 3 document with paths, or when no
    operation of it can be supported; everything else falls back by place, with a finding.
    """
    findings = Findings()
    source = apply_overlay(check_document(document), overlay, findings)
    source = rename_components(_with_sections(source), findings)
    paths = normalise_paths(inline_references(source, findings), findings)
    schemas = SchemaNormaliser(source, findings, overlay.any_places)
    names = InlineNames(
        schemas.component,
        source["components"]["schemas"].keys(),
        {**overlay.names, **lock.schemas},
        findings,
    )
    types = TypeBuilder(schemas, names, findings, overlay.secrets)
    operations = OperationBuilder(
        {**source, "paths": paths.items}, overlay, lock.operations, schemas, types, findings
    )
    built = operations.build()
    if not built:
        raise UnsupportedDocument(
            [Problem(f.place, f.reason) for f in findings.fallbacks]
            or [Problem("the document", "there are no operations")]
        )
    _report_stale(overlay, types, schemas, findings)
    models, enums = assign_modules(types.models, types.enums)
    marked = {name: mark_sensitive(built[name], types) for name in sorted(built)}
    api = Api(marked, models, enums, overlay.deprecated, paths.base_url)
    return Description(api, Lock(operations.names, names.by_place), findings)


def check_document(document: Any) -> Json:
    """Return the document; `UnsupportedDocument` when it is no OpenAPI 3.0 or 3.1 document."""
    problem = ""
    if not is_object(document):
        problem = "an object was expected"
    elif not str(document.get("openapi", "")).startswith(("3.0", "3.1")):
        problem = f"OpenAPI 3.0 or 3.1 was expected, got {document.get('openapi')!r:.40}"
    elif not is_object(document.get("paths")) or not document["paths"]:
        problem = "there are no paths"
    if problem:
        raise UnsupportedDocument([Problem("the document", problem)])
    found: Json = document
    return found


def _with_sections(document: Json) -> Json:
    """The document with `components.schemas`, an object, whatever it says there."""
    made = copy.copy(document)
    components = as_object(document.get("components"))
    made["components"] = {**components, "schemas": as_object(components.get("schemas"))}
    return made


def _report_stale(
    overlay: Overlay, types: TypeBuilder, schemas: SchemaNormaliser, findings: Findings
) -> None:
    """Report overlay entries about classes, fields and places that do not exist."""
    for place in sorted(overlay.names.keys() - types.names.by_place.keys()):
        findings.note(
            f"overlay.toml name {place}", "there is no inline schema at this place", kind="stale"
        )
    for model, wire in sorted(overlay.secrets):
        fields = types.models[model].fields if model in types.models else ()
        if wire not in {field.wire for field in fields}:
            findings.note(
                f"overlay.toml secret {model}.{wire}", "there is no such field", kind="stale"
            )
    for place in sorted(overlay.any_places.keys() - schemas.any_used):
        findings.note(f"overlay.toml any {place}", "there is no such place", kind="stale")
