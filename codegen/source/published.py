"""The vendor's published reference: what the served document does not say, its pages may say.

`codegen/reference.json` is our reading of the published pages. Generation takes a response schema,
a request body or the type of a parameter from it, only for operations that both have, and only
where the pulled document is silent. Each use is reported; it ends once the document says more.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from attrs import evolve, frozen

from ..document import (
    METHODS,
    Json,
    as_array,
    as_object,
    is_array,
    is_object,
    operation_place,
)
from ..findings import Findings
from ..normalise.all_of import is_unconstrained
from ..normalise.components import rename_components
from ..normalise.paths import normalise_paths
from ..normalise.sections import with_sections
from .overlay import Overlay, apply_overlay
from .references import component_name, follow, inline_references
from .unlisted import report_unlisted

DERIVED = "x-derived-from"
"""Key of `info` in a document that was made from the reference, until the first pull."""

_EMPTY = ("204", "205")


@frozen
class Reference:
    """The reference, in the form that the document has at the same step."""

    items: Json
    """Path items by template, references in place."""
    document: Json
    """With `components.schemas`."""


def derive_document(reference: Json) -> Json:
    """Return the reference as the vendor might serve it: without our marks."""
    made: Json = _without_marks(reference)
    made["info"] = {**as_object(made.get("info")), DERIVED: "codegen/reference.json"}
    return made


def is_derived(document: Json) -> bool:
    """Whether a document was made from the reference, rather than pulled."""
    return DERIVED in as_object(document.get("info"))


def read_reference(reference: Json, overlay: Overlay) -> Reference:
    """Bring the reference into the form of the document; corrections of schemas apply to both."""
    unheard = Findings()
    corrections = evolve(Overlay(), schemas=overlay.schemas)
    source = apply_overlay(reference, corrections, unheard)
    source = rename_components(with_sections(source), unheard)
    items = normalise_paths(inline_references(source, unheard), unheard).items
    return Reference(items, source)


def fill_from_reference(
    items: Json, document: Json, reference: Reference, findings: Findings
) -> tuple[Json, Json]:
    """Return the path items and the document, with what only the reference says."""
    filler = _Filler(items, document, reference, findings)
    return filler.fill()


class _Filler:
    def __init__(
        self, items: Json, document: Json, reference: Reference, findings: Findings
    ) -> None:
        self._items = copy.deepcopy(items)
        self._document = document
        self._schemas: Json = dict(document["components"]["schemas"])
        self._reference = reference
        self._published: Json = reference.document["components"]["schemas"]
        self._findings = findings

    def fill(self) -> tuple[Json, Json]:
        for name in sorted(self._schemas.keys() & self._published.keys()):
            if is_unconstrained(as_object(self._schemas[name])):
                self._take_component(name)
                self._report(f"components.schemas.{name}", "the schema", [self._published[name]])
        by_path = {_anonymous(path): item for path, item in self._reference.items.items()}
        for path, item in self._items.items():
            published = as_object(by_path.get(_anonymous(path)))
            for method in METHODS:
                if is_object(item.get(method)) and is_object(published.get(method)):
                    place = operation_place(method, path)
                    self._operation(item[method], published[method], place)
        components = {**self._document["components"], "schemas": self._schemas}
        return self._items, {**self._document, "components": components}

    def _operation(self, operation: Json, published: Json, place: str) -> None:
        self._response(operation["responses"], published, place)
        body: Any = published.get("requestBody")
        if is_object(body) and _is_silent(operation.get("requestBody"), self._document):
            operation["requestBody"] = self._taken(body)
            self._report(f"{place} → requestBody", "the request body", [published, body])
        documented = {
            _key(parameter): parameter
            for parameter in as_array(published["parameters"])
            if is_object(parameter)
        }
        for index, parameter in enumerate(operation["parameters"]):
            if not is_object(parameter):
                continue
            known: Any = documented.get(_key(parameter))
            schema = as_object(as_object(known).get("schema"))
            if schema and _is_silent_parameter(parameter, schema):
                # Another object, because operations may share the parameter.
                operation["parameters"][index] = {**parameter, "schema": self._taken(schema)}
                at = f"{place} → {parameter['in']} parameter {parameter['name']}"
                self._report(at, "the type", [published, known, schema])
        report_unlisted(
            operation, self._document, published, self._reference.document, place, self._findings
        )

    def _response(self, responses: Json, published: Json, place: str) -> None:
        """Take the success response when no success of the document describes its body."""
        codes = [code for code in responses if code[:1] == "2" and code not in _EMPTY]
        if any(not _is_silent(responses[code], self._document) for code in codes):
            return
        if not codes and any(code in responses for code in (*_EMPTY, "default")):
            return
        found = [
            (code, response)
            for code, response in sorted(published["responses"].items())
            if code[:1] == "2" and not _is_silent(response, self._reference.document)
        ]
        if found:
            code, response = found[0]
            for silent in codes or [code]:
                described = as_object(responses.get(silent))
                responses[silent] = {**self._taken(response), **_description(described)}
            at = f"{place} → responses.{(codes or [code])[0]}"
            self._report(at, "the response schema", [published, response])

    def _taken(self, node: Json) -> Json:
        """A copy of a part of the reference; the components in it come with it."""
        for name in _component_names(node):
            if is_unconstrained(as_object(self._schemas.get(name))):
                self._take_component(name)
        return copy.deepcopy(node)

    def _take_component(self, name: str) -> None:
        if name in self._published:
            self._schemas[name] = copy.deepcopy(self._published[name])
            self._taken(self._published[name])

    def _report(self, place: str, what: str, marked: list[Json]) -> None:
        grade = "inferred" if any(node.get("x-inferred") for node in marked) else "documented"
        self._findings.note(place, f"{what} is from the reference ({grade})", kind="reference")


def _is_silent(node: Any, document: Json) -> bool:
    """Whether a response or request body says nothing about its JSON."""
    content = as_object(as_object(node).get("content"))
    if not content:
        return "schema" not in as_object(node)
    schemas = [as_object(media).get("schema") for media in content.values()]
    return all(_is_silent_schema(schema, document) for schema in schemas)


def _is_silent_schema(schema: Any, document: Json) -> bool:
    """Whether a schema allows any value, or is an envelope whose data may be anything."""
    found = _target(schema, document)
    if is_unconstrained(found):
        return True
    properties = as_object(found.get("properties"))
    data = properties.get("data")
    if "success" not in properties or data is None:
        return False
    return is_unconstrained(_target(data, document))


def _target(schema: Any, document: Json) -> Json:
    try:
        return as_object(follow(document, schema))
    except LookupError:
        return {}


def _key(parameter: Json) -> tuple[str, str]:
    return str(parameter.get("in")), str(parameter.get("name"))


def _is_silent_parameter(parameter: Json, published: Json) -> bool:
    """Whether a parameter has no type, or is a text where the reference lists the values."""
    schema: Any = parameter.get("schema")
    if schema is None:
        return "type" not in parameter and "content" not in parameter
    if not is_object(schema) or is_unconstrained(schema):
        return schema is not True
    stated = {key for key in schema if key not in ("description", "example", "default", "title")}
    return stated == {"type"} and schema["type"] == "string" and "enum" in published


def _description(response: Json) -> Json:
    text = response.get("description")
    return {"description": text} if isinstance(text, str) else {}


def _anonymous(path: str) -> str:
    """A path without the names of its labels, and without a slash at its end."""
    return re.sub(r"{[^{}]*}", "{}", path).rstrip("/")


def _component_names(node: Any) -> set[str]:
    if is_array(node):
        return set[str]().union(*map(_component_names, node))
    if not is_object(node):
        return set()
    own = component_name(node.get("$ref"))
    return set[str]({own} if own else ()).union(*map(_component_names, node.values()))


def _without_marks(node: Any) -> Any:
    if is_array(node):
        return [_without_marks(value) for value in node]
    if not is_object(node):
        return node
    return {key: _without_marks(value) for key, value in node.items() if key != "x-inferred"}
