"""Expressions that read a JSON value as its declared type, or keep it as it is.

Fields are read by `field_expression`. `converter` is what reads a value inside a list, a map or a
union, and `result_reader` the payload of an operation.
"""

from __future__ import annotations

from ..api import Field, Type
from ..document_text import DocumentText
from .text import literal

_PLAIN = {"string": "str", "binary": "str", "integer": "int", "boolean": "bool", "number": "float"}
"""The class of the values of a type, as JSON parsers return them."""

_FUNCTIONS = {
    "str": "text",
    "int": "integer",
    "bool": "boolean",
    "float": "number",
    "date": "date",
    "date-time": "datetime",
}
"""What follows `read_` and `to_` in the names of the functions for a type."""


def field_expression(field: Field, wires: frozenset[DocumentText]) -> str:
    """Return the expression that reads a field; `wires` are the names of all fields in JSON."""
    wire = literal(field.wire)
    found = _lookup(field, wires)
    plain = _plain(field.type) or field.type.kind
    if _is_id(field) and plain in _FUNCTIONS:
        return f"read_id({converter(field.type)}, {found}, {wire}, rest)"
    if plain in ("str", "int", "bool"):
        # Most values are as they should be. A call for each of them would take a seventh of the
        # time in which a record is read.
        read = f"read({converter(field.type)}, v, {wire}, rest)"
        return f"v if type(v := {found}) is {plain} else {read}"
    if plain in _FUNCTIONS:
        return f"read_{_FUNCTIONS[plain]}({found}, {wire}, rest)"
    if field.type.kind == "array":
        return f"read_list({converter(field.type.inner[0])}, {found}, {wire}, rest)"
    parse = converter(field.type)
    return found if parse == "identity" else f"read({parse}, {found}, {wire}, rest)"


def _lookup(field: Field, wires: frozenset[DocumentText]) -> str:
    """The value of a field, under its name in JSON or that of its attribute.

    Only a record without its `id` cannot be read. `keep_rest` reports other required fields.
    """
    wire, name = literal(field.wire), literal(field.name)
    if field.name in wires:
        return f"src[{wire}]" if _is_id(field) else f"get({wire})"
    return f"required(src, {wire}, {name})" if _is_id(field) else f"get({wire}, get({name}))"


def _is_id(field: Field) -> bool:
    return field.required and field.name == "id"


def _plain(type_: Type) -> str | None:
    """The class of a scalar's values, None for others; enums are open."""
    if type_.kind == "enum":
        return "int" if all(isinstance(value, int) for value in type_.members) else "str"
    return _PLAIN.get(type_.kind)


def converter(type_: Type) -> str:
    """Return what converts a value, as a callable."""
    plain = _plain(type_) or type_.kind
    if plain in _FUNCTIONS:
        return f"to_{_FUNCTIONS[plain]}"
    if type_.kind in ("array", "map"):
        function = "to_list" if type_.kind == "array" else "to_map"
        return f"lambda value: {function}(value, {converter(type_.inner[0])})"
    if type_.kind == "model":
        return f"{type_.name}.from_dict"
    if type_.kind == "union":
        return _union_converter(type_)
    return "identity"


def _union_converter(type_: Type) -> str:
    """The converter of a union, whose variants differ by their JSON type or a discriminator."""
    table: dict[str, str] = {}
    for variant in type_.inner:
        if variant.kind == "null":
            continue
        kind = {"array": "list", "map": "dict", "model": "dict"}.get(variant.kind)
        table.setdefault(kind or _plain(variant) or "str", converter(variant))
    if type_.discriminator is not None and "dict" in table:
        table["dict"] = _by_discriminator(type_)
    entries = ", ".join(f"{kind}: {parse}" for kind, parse in table.items())
    parse = f"to_union(value, {{{entries}}})"
    if any(variant.kind == "null" for variant in type_.inner):
        return f"lambda value: optional(value, lambda value: {parse})"
    return f"lambda value: {parse}"


def _by_discriminator(type_: Type) -> str:
    assert type_.discriminator is not None
    key = literal(type_.discriminator.property)
    pairs = type_.discriminator.mapping
    table = ", ".join(f"{literal(value)}: {name}.from_dict" for value, name in pairs)
    default = type_.discriminator.default
    arguments = f"value, {key}, {{{table}}}" + (f", {default}.from_dict" if default else "")
    return f"lambda value: by_discriminator({arguments})"


def result_reader(type_: Type) -> str:
    """Return what reads a payload; only objects and dates in it are converted.

    A list of texts has no place for an original value, so it stays as it came.
    """
    converted = any(t.kind in ("model", "date", "date-time") for t in type_.walk())
    return converter(type_) if converted else "identity"
