"""Unions of objects: each needs a discriminator, or the first variant would always match.

The generator ignores discriminators (https://github.com/openapi-generators/openapi-python-client/issues/219).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..api import Discriminator
from ..document import Json, as_object, is_array, is_object

Resolve = Callable[[Json], Json]
"""From a normalised schema to the component that it refers to."""


def find_discriminator(
    declared: Any, variants: dict[str, Json], target: Resolve
) -> Discriminator | None:
    """Return how `variants`, objects by class, are distinguished; None when nothing does."""
    return _declared(declared, variants) or _single_valued(variants, target)


def _declared(declared: Any, variants: dict[str, Json]) -> Discriminator | None:
    if not is_object(declared) or not isinstance(declared.get("propertyName"), str):
        return None
    mapping = {str(v): str(name) for v, name in as_object(declared.get("mapping")).items()}
    if not set(mapping.values()) >= set(variants):
        return None
    used = [(value, name) for value, name in sorted(mapping.items()) if name in variants]
    return Discriminator(declared["propertyName"], tuple(used))


def _single_valued(variants: dict[str, Json], target: Resolve) -> Discriminator | None:
    """A member that every variant has, with one value each, all different."""
    properties = [as_object(schema.get("properties")) for schema in variants.values()]
    if not properties:
        return None
    shared = [w for w in properties[0] if all(w in p for p in properties)]
    for wire in sorted(shared):
        mapping: dict[str, str] = {}
        for name, schema in zip(variants, properties, strict=True):
            values: Any = target(schema[wire]).get("enum")
            if is_array(values) and len(values) == 1:
                mapping[str(values[0])] = name
        if len(mapping) == len(variants):
            return Discriminator(wire, tuple(sorted(mapping.items())))
    return None
