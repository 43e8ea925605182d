"""Fields and parameters that the reference has and the document does not list.

The document is newer than our reading, and says which fields there are: they are reported, so that
a maintainer decides, and never added.
"""

from __future__ import annotations

from typing import Any

from ..document import Json, as_array, as_object, is_object
from ..findings import Findings
from .references import follow

_ACTION = "not offered; add them with [[patch]] in codegen/overlay.toml if the server takes them"


def report_unlisted(
    operation: Json,
    document: Json,
    published: Json,
    reference: Json,
    place: str,
    findings: Findings,
) -> None:
    """Report what the published operation takes and the document's does not list."""
    fields = _body_fields(operation, document)
    if fields:  # a body without listed fields takes any
        missing = _body_fields(published, reference) - fields
        _report(missing, f"{place} → requestBody", "fields", findings)
    missing = _parameter_names(published) - _parameter_names(operation)
    _report(missing, f"{place} → parameters", "parameters", findings)


def _report(missing: set[str], place: str, what: str, findings: Findings) -> None:
    if missing:
        reason = f"{what} known from the reference that the document does not list: "
        findings.note(place, f"{reason}{', '.join(sorted(missing))}; {_ACTION}", kind="reference")


def _parameter_names(operation: Json) -> set[str]:
    """The names of the parameters; those of path labels may differ without a reason."""
    nodes = [p for p in as_array(operation.get("parameters")) if is_object(p)]
    return {str(p["name"]) for p in nodes if p.get("in") != "path" and "name" in p}


def _body_fields(operation: Json, document: Json) -> set[str]:
    """The names of the fields of the request body, whatever its content type."""
    content = as_object(as_object(operation.get("requestBody")).get("content"))
    found = set[str]()
    for media in content.values():
        found |= _fields(as_object(media).get("schema"), document, ())
    return found


def _fields(schema: Any, document: Json, seen: tuple[str, ...]) -> set[str]:
    """The properties of a schema and of the members of its allOf."""
    reference = str(as_object(schema).get("$ref", ""))
    if reference in seen:
        return set()
    try:
        target = as_object(follow(document, schema))
    except LookupError:
        return set()
    if reference:
        seen = (*seen, reference)
    found = set(map(str, as_object(target.get("properties"))))
    for member in as_array(target.get("allOf")):
        found |= _fields(member, document, seen)
    return found
