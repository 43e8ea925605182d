"""Expressions that read a JSON value; nothing where the value passes through as it is."""

from __future__ import annotations

from ..api import Type
from .text import literal


def read(type_: Type, value: str) -> str | None:
    """Return the expression that reads `value`, or None when it passes through as it is."""
    if type_.kind == "date-time":
        return f"to_datetime({value})"
    if type_.kind == "date":
        return f"to_date({value})"
    if type_.kind == "array":
        inner = reader(type_.inner[0])
        return inner and f"to_list({value}, {inner})"
    if type_.kind == "map":
        inner = reader(type_.inner[0])
        return inner and f"to_map({value}, {inner})"
    if type_.kind == "model":
        return f"{type_.name}.from_dict({value})"
    if type_.kind == "union":
        return _read_union(type_, value)
    return None


def reader(type_: Type) -> str | None:
    """Return what reads a value, as a callable; None when it passes through as it is."""
    expression = read(type_, "value")
    if expression is None:
        return None
    name = expression.removesuffix("(value)")
    return name if name.replace(".", "").isidentifier() else f"lambda value: {expression}"


def _read_union(type_: Type, value: str) -> str | None:
    """The expression for variants that differ by their kind of JSON, or by a discriminator."""
    objects = _read_objects(type_, value)
    arrays = [v for v in type_.inner if v.kind == "array"]
    array = read(arrays[0], value) if arrays else None
    if array is None:
        return objects
    return f"{array} if isinstance({value}, list) else {objects or value}"


def _read_objects(type_: Type, value: str) -> str | None:
    models = [v for v in type_.inner if v.kind == "model"]
    maps = [v for v in type_.inner if v.kind == "map"]
    others = len(models) + len(maps) < len(
        [v for v in type_.inner if v.kind not in ("array", "null")]
    )
    if len(models) > 1 and type_.discriminator is not None:
        pairs = type_.discriminator.mapping
        table = ", ".join(f"{literal(key)}: {name}.from_dict" for key, name in pairs)
        key = literal(type_.discriminator.property)
        default = type_.discriminator.default
        table = f"{{{table}}}" + (f", {default}.from_dict" if default else "")
        if not others:
            return f"by_discriminator({value}, {key}, {table})"
        return f"if_object({value}, lambda v: by_discriminator(v, {key}, {table}))"
    if models:
        name = f"{models[0].name}.from_dict"
        return f"if_object({value}, {name})" if others else f"{name}({value})"
    inner = reader(maps[0].inner[0]) if maps else None
    return inner and f"if_object({value}, lambda v: to_map(v, {inner}))"
