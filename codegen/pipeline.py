"""From the vendor's document to the generated modules. Pure but for temporary folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from .api import Api
from .backend.openapi_python_client import render
from .document import Json
from .errors import Problem, UnsupportedDocument
from .findings import Findings
from .lock import Lock
from .normalise.components import rename_components
from .normalise.inline_names import InlineNames
from .normalise.modules import assign_modules
from .normalise.operations import OperationBuilder, mark_sensitive
from .normalise.paths import normalise_paths
from .normalise.schemas import SchemaNormaliser
from .normalise.sections import check_document, check_text, with_sections
from .normalise.stale import report_stale
from .normalise.types import TypeBuilder
from .output.format import format_modules
from .output.toolchain import check_toolchain
from .output.verify import verify
from .source.overlay import Overlay, apply_overlay
from .source.published import fill_from_reference, read_reference
from .source.reference_spelling import correct_references
from .source.references import inline_references


@frozen
class Description:
    """The API that a document describes, its names, and what was noticed."""

    api: Api
    lock: Lock
    findings: Findings

    def without_aliases(self) -> Description:
        """The same without deprecated names."""
        return evolve(self, api=evolve(self.api, aliases=()))

    @property
    def counts(self) -> str:
        """How much there is, for people."""
        api = self.api
        return f"{len(api.operations)} operations, {len(api.models)} models, {len(api.enums)} enums"


def generate(description: Description) -> dict[str, str]:
    """Return the generated modules by path, such as `api/listings.py`."""
    check_toolchain()
    files = render(description.api)  # openapi-python-client parses, our templates print Api
    files = format_modules(files)
    verify(files, description.api)  # nothing lost, nothing added, nothing but expected code
    return files


def describe(
    document: Any, overlay: Overlay, lock: Lock, reference: Json | None = None
) -> Description:
    """Return the model of the API that a document describes. Each step needs the ones before it.

    `reference` is our reading of the published pages, for what the document does not say.

    Raises `UnsupportedDocument` only when it is no OpenAPI 3 document with paths, or when no
    operation of it can be supported; everything else falls back by place, with a finding.
    """
    findings = Findings()
    # Corrections come first: they speak of the document as the vendor serves it.
    source = apply_overlay(check_document(document), overlay, findings)
    # Before references are followed, because copies keep the references inside them.
    source = correct_references(with_sections(source), findings)
    source = rename_components(source, findings)
    # Before paths change, because references may point into them.
    items = inline_references(source, findings)
    # Before names are chosen, which come from the paths.
    paths = normalise_paths(items, findings)

    # Before anything is built, because this decides what operations take and give.
    if reference is not None:
        published = read_reference(reference, overlay)
        filled, source = fill_from_reference(paths.items, source, published, findings)
        paths = evolve(paths, items=filled)

    # On demand from here, from the operations down: nothing is built that no operation reaches.
    schemas = SchemaNormaliser(source, findings, overlay.any_places)
    fixed: Mapping[str, str] = {**overlay.names, **lock.schemas}
    names = InlineNames(schemas.component, source["components"]["schemas"].keys(), fixed, findings)
    types = TypeBuilder(schemas, names, findings, overlay.secrets)
    normalised: Json = {**source, "paths": paths.items}
    builder = OperationBuilder(normalised, overlay, lock.operations, schemas, types, findings)
    operations = builder.build()
    if not operations:
        raise UnsupportedDocument(
            [Problem(f.place, f.reason) for f in findings.fallbacks]
            or [Problem("the document", "there are no operations")]
        )
    report_stale(overlay, types, schemas, findings)
    models, enums = assign_modules(types.models, types.enums)
    marked = {name: mark_sensitive(operations[name], types) for name in sorted(operations)}
    api = Api(marked, models, enums, overlay.deprecated, paths.base_url)
    check_text(api)
    return Description(api, Lock(builder.names, names.by_place), findings)
