"""Claims: the components name their inline schemas first, then the operations.

A name that a component and an operation both want is the component's, whichever is read first: the
component is what the vendor named. Nothing is built here, and nothing is reported but names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..document import Json, as_object, is_array, is_object
from ..names import pascal, qualified_class_name
from ..source.references import component_name
from .inline_names import InlineNames
from .schemas import SchemaNormaliser


def reached_components(schemas: SchemaNormaliser, roots: Iterable[Any]) -> list[str]:
    """Return the components that normalised schemas refer to, directly or not, sorted."""
    found: set[str] = set()
    stack: list[Any] = [*roots]
    while stack:
        node = stack.pop()
        if is_object(node):
            name = component_name(node.get("$ref"))
            if name and name not in found:
                found.add(name)
                stack.append(schemas.component(name))
            stack += node.values()
        elif is_array(node):
            stack += node
    return sorted(found)


def claim_names(schemas: SchemaNormaliser, names: InlineNames, components: Iterable[str]) -> None:
    """Name every inline schema of the components."""
    for name in components:
        schema, place = schemas.component(name), f"components.schemas.{name}"
        if schema.get("properties"):
            _claim_fields(names, schema, name, place)
        elif not schema.get("enum"):
            _claim(names, schema, name, place)


def _claim(names: InlineNames, schema: Json, name: str, place: str, fallback: str = "") -> None:
    if "$ref" in schema:
        return
    if schema.get("enum"):
        names.choose(schema, name, fallback, place)
    elif schema.get("type") == "array":
        _claim(names, as_object(schema.get("items")), f"{name}Item", f"{place}[]")
    elif schema.get("properties"):
        _claim_fields(names, schema, names.choose(schema, name, fallback, place), place)
    elif schema.get("type") == "object":
        owner = names.locked.get(place, name)
        extra = as_object(schema.get("additionalProperties"))
        _claim(names, extra, f"{owner}Value", f"{place}{{}}")


def _claim_fields(names: InlineNames, schema: Json, owner: str, place: str) -> None:
    for wire, node in sorted(schema["properties"].items()):
        at = f"{place}.{wire}"
        if node.get("type") == "array":
            item = qualified_class_name(owner, wire, item=True)
            _claim(names, as_object(node.get("items")), item, f"{at}[]")
        else:
            fallback = pascal(f"{owner} {wire} value")
            _claim(names, node, qualified_class_name(owner, wire), at, fallback)
