"""Expressions that read a JSON value; nothing where the value passes through as it is."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..refusal import Problem, Refused
from .properties import (
    DateProperty,
    DateTimeProperty,
    ListProperty,
    ModelProperty,
    NoneProperty,
    UnionProperty,
)
from .types import Prop, is_map, read_type


@frozen
class Discriminator:
    """How the variants of a union are told apart."""

    property: str
    mapping: Mapping[str, str]
    """Value of the property → class."""


Unions = Mapping[frozenset[str], Discriminator]
"""Discriminators by the names of the classes that they tell apart."""


def reader(prop: Prop, unions: Unions) -> str | None:
    """A callable expression that reads a value of `prop`, or None when it passes through."""
    if isinstance(prop, DateTimeProperty):
        return "to_datetime"
    if isinstance(prop, DateProperty):
        return "to_date"
    if isinstance(prop, ListProperty):
        inner = reader(prop.inner_property, unions)
        return inner and f"lambda values: to_list(values, {inner})"
    if is_map(prop):
        inner = reader(prop.additional_properties, unions) if prop.additional_properties else None
        return inner and f"lambda values: to_map(values, {inner})"
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict"
    if isinstance(prop, UnionProperty):
        return _union_reader(prop, unions)
    return None


def read(prop: Prop, value: str, unions: Unions) -> str | None:
    """`value` read as `prop`: the reader applied, without a lambda where one can be saved."""
    if isinstance(prop, ListProperty):
        inner = reader(prop.inner_property, unions)
        return inner and f"to_list({value}, {inner})"
    if is_map(prop):
        inner = reader(prop.additional_properties, unions) if prop.additional_properties else None
        return inner and f"to_map({value}, {inner})"
    if isinstance(prop, UnionProperty):
        real = [v for v in prop.inner_properties if not isinstance(v, NoneProperty)]
        if len(real) == 1:
            return read(real[0], value, unions)
    callable_ = reader(prop, unions)
    return callable_ and f"{callable_}({value})"


def _union_reader(prop: UnionProperty, unions: Unions) -> str | None:
    real = [v for v in prop.inner_properties if not isinstance(v, NoneProperty)]
    if len(real) == 1:
        return reader(real[0], unions)
    models = [v for v in real if isinstance(v, ModelProperty) and not is_map(v)]
    others = [v for v in real if not any(v is model for model in models)]
    blocked = [v for v in others if reader(v, unions) is not None]
    if blocked or (models and any(is_map(v) for v in others)):
        kinds = ", ".join(read_type(v) for v in real)
        raise _refused(prop, f"the variants ({kinds}) cannot be told apart on the wire")
    if not models:
        return None
    if len(models) == 1:
        return f"lambda value: if_object(value, {models[0].class_info.name}.from_dict)"
    known = unions.get(frozenset(str(m.class_info.name) for m in models))
    if known is None:
        names = ", ".join(str(m.class_info.name) for m in models)
        raise _refused(prop, f"a union of {names} without a discriminator")
    table = ", ".join(f"{key!r}: {name}.from_dict" for key, name in sorted(known.mapping.items()))
    return f"lambda value: by_discriminator(value, {known.property!r}, {{{table}}})"


def _refused(prop: Prop, reason: str) -> Refused:
    return Refused([Problem(str(prop.python_name), reason + "; mend the document in the overlay")])
