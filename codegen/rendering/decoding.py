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


def read(prop: Prop, value: str, unions: Unions) -> str | None:
    """The expression that reads `value` as `prop`, or None when it passes through as it is."""
    if isinstance(prop, DateTimeProperty):
        return f"to_datetime({value})"
    if isinstance(prop, DateProperty):
        return f"to_date({value})"
    if isinstance(prop, ListProperty):
        inner = reader(prop.inner_property, unions)
        return inner and f"to_list({value}, {inner})"
    if is_map(prop):
        inner = reader(prop.additional_properties, unions) if prop.additional_properties else None
        return inner and f"to_map({value}, {inner})"
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict({value})"
    if isinstance(prop, UnionProperty):
        return _read_union(prop, value, unions)
    return None


def reader(prop: Prop, unions: Unions) -> str | None:
    """What reads a value of `prop`, as a callable; None when it passes through as it is."""
    expression = read(prop, "value", unions)
    if expression is None:
        return None
    name = expression.removesuffix("(value)")
    return name if name.replace(".", "").isidentifier() else f"lambda value: {expression}"


def _read_union(prop: UnionProperty, value: str, unions: Unions) -> str | None:
    real = [v for v in prop.inner_properties if not isinstance(v, NoneProperty)]
    if len(real) == 1:
        return read(real[0], value, unions)
    models = [v for v in real if isinstance(v, ModelProperty) and not is_map(v)]
    others = [v for v in real if not any(v is model for model in models)]
    blocked = [v for v in others if read(v, value, unions) is not None]
    if blocked or (models and any(is_map(v) for v in others)):
        kinds = ", ".join(read_type(v) for v in real)
        raise _refused(prop, f"the variants ({kinds}) cannot be told apart on the wire")
    if not models:
        return None
    if len(models) == 1:
        return f"if_object({value}, {models[0].class_info.name}.from_dict)"
    known = unions.get(frozenset(str(m.class_info.name) for m in models))
    if known is None:
        names = ", ".join(str(m.class_info.name) for m in models)
        raise _refused(prop, f"a union of {names} without a discriminator")
    table = ", ".join(f"{key!r}: {name}.from_dict" for key, name in sorted(known.mapping.items()))
    return f"by_discriminator({value}, {known.property!r}, {{{table}}})"


def _refused(prop: Prop, reason: str) -> Refused:
    return Refused([Problem(str(prop.python_name), reason + "; mend the document in the overlay")])
