"""Unions of objects: each needs a discriminator, or the first variant would always match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..document import Json, is_array, is_object
from ..names import pascal
from .references import component_name
from .report import Report


def mark_unions(components: Json, report: Report, places: Mapping[str, str]) -> None:
    """Put `x-sdk-union` on each component that is a union of several objects, and is read.

    `places` are those of the classes that were made of something inline.
    """
    for name in sorted(components):
        schema: Json = components[name]
        if "oneOf" not in schema:
            continue
        discriminator: Any = schema.pop("x-discriminator", None)
        members = [component_name(str(v.get("$ref", ""))) or "" for v in schema["oneOf"]]
        objects = [m for m in members if m and components[m].get("properties")]
        if len(objects) < 2 or schema.get("x-sdk-input"):
            continue  # what is sent need not be told apart
        found = _declared(discriminator, objects) or _single_valued(objects, components)
        if found is None:
            report.refuse(
                places.get(name, f"components.schemas.{name}"),
                f"a union of {', '.join(objects)} that nothing tells apart; give it a "
                "discriminator in the overlay",
            )
        else:
            schema["x-sdk-union"] = found


def _declared(discriminator: Any, objects: list[str]) -> Json | None:
    if not is_object(discriminator) or not discriminator.get("propertyName"):
        return None
    explicit: Any = discriminator.get("mapping") or {}
    mapping = {
        str(value): pascal(component_name(str(target)) or str(target))
        for value, target in explicit.items()
    }
    if not set(mapping.values()) >= set(objects):
        return None
    used = {value: name for value, name in sorted(mapping.items()) if name in objects}
    return {"property": str(discriminator["propertyName"]), "mapping": used}


def _single_valued(objects: list[str], components: Json) -> Json | None:
    """A member that every variant has, with one value each, all different."""
    first: Json = components[objects[0]]["properties"]
    shared = [w for w in first if all(w in components[name]["properties"] for name in objects)]
    for wire in sorted(shared):
        mapping: dict[str, str] = {}
        for name in objects:
            schema = components[name]["properties"][wire]
            target = components.get(component_name(str(schema.get("$ref", ""))) or "", schema)
            values: Any = target.get("enum")
            if is_array(values) and len(values) == 1:
                mapping[str(values[0])] = name
        if len(mapping) == len(objects):
            return {"property": wire, "mapping": dict(sorted(mapping.items()))}
    return None
