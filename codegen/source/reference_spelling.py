"""References that are written in the way of another standard, brought into OpenAPI 3's.

`#/definitions/Thing` (Swagger 2), `#/$defs/Thing` inside a schema (JSON Schema), `Thing` alone
(Swagger 1), `#thing` for an `$anchor`: each means a component that the document has, or could have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ..document import Json, as_object, as_text, is_array, is_object, resolve
from ..findings import Findings

_KEYWORDS = ("$ref", "$dynamicRef")
_LISTS = ("$defs", "definitions")
_OTHER_SPELLING = re.compile(
    r"(?:#?/?(?:definitions|components/schemas|schemas|components|models|\$defs)/)?([^/#:?]+)"
)
_ANCHOR = re.compile(r"#[A-Za-z_][A-Za-z0-9._-]*")


def correct_references(document: Json, findings: Findings) -> Json:
    """Return the document with the references that lead nowhere, but name a schema, corrected."""
    schemas: Json = document["components"]["schemas"]
    nodes = list(_objects(document))
    given = {reference for node in nodes for reference in _references(node)}
    wrong = sorted(reference for reference in given if not _resolves(document, reference))
    if not wrong:
        return document
    local = _local_definitions(nodes)
    named = {as_text(as_object(s).get("$id")): name for name, s in schemas.items()}
    for name, schema in schemas.items():
        for key in ("$anchor", "$dynamicAnchor"):
            if as_text(as_object(schema).get(key)):
                named[f"#{as_object(schema)[key]}"] = name
    named.pop("", None)  # of schemas without `$id`
    added: Json = {}
    meant: dict[str, str] = {}
    for reference in wrong:
        match = _OTHER_SPELLING.fullmatch(reference)
        name = named.get(reference, "")
        if not name and match and not _ANCHOR.fullmatch(reference):
            name = unquote(match[1]).replace("~1", "/").replace("~0", "~")
        if name in local and name not in schemas:
            added[name] = local[name]
        if name in schemas or name in added:
            target = name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
            meant[reference] = f"#/components/schemas/{target}"
            findings.note(reference, f"leads nowhere; taken for the schema {name}")
    if not meant:
        return document
    sections = {**document["components"], "schemas": {**schemas, **added}}
    corrected: Json = _replaced({**document, "components": sections}, meant)
    return corrected


def _objects(node: Any) -> Iterator[Json]:
    """Every object of a document. A document may be nested deeper than Python's stack."""
    waiting: list[Any] = [node]
    while waiting:
        value = waiting.pop()
        if is_object(value):
            yield value
            waiting += value.values()
        elif is_array(value):
            waiting += value


def _references(node: Json) -> list[str]:
    return [node[key] for key in _KEYWORDS if isinstance(node.get(key), str)]


def _resolves(document: Json, reference: str) -> bool:
    try:
        resolve(document, reference)
    except LookupError:
        return False
    return True


def _local_definitions(nodes: list[Json]) -> Json:
    """Definitions inside schemas, by name; those that two schemas define differently left out."""
    found: Json = {}
    twice: set[str] = set()
    for node in nodes:
        for key in _LISTS:
            for name, schema in as_object(node.get(key)).items():
                if name in found and found[name] != schema:
                    twice.add(name)
                found.setdefault(name, schema)
    return {name: schema for name, schema in found.items() if name not in twice}


def _replaced(document: Json, meant: dict[str, str]) -> Any:
    """A copy of the document with other references."""
    out: Json = {}
    waiting: list[tuple[Any, Any, Any]] = [(out, "", document)]
    while waiting:
        owner, key, value = waiting.pop()
        made: Any = value
        if is_object(value):
            made = {}
            for name, inner in value.items():
                if name in _KEYWORDS and isinstance(inner, str) and inner in meant:
                    made["$ref"] = meant[inner]
                    continue
                made[name] = inner
                waiting.append((made, name, inner))
        elif is_array(value):
            made = list(value)
            waiting += [(made, index, inner) for index, inner in enumerate(value)]
        owner[key] = made
    return out[""]
