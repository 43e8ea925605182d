"""Annotations: what a value is on the way in (read) and on the way out (write)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..refusal import Problem, Refused
from .properties import (
    AnyProperty,
    BooleanProperty,
    DateProperty,
    DateTimeProperty,
    FileProperty,
    FloatProperty,
    IntProperty,
    ListProperty,
    LiteralEnumProperty,
    ModelProperty,
    NoneProperty,
    StringProperty,
    UnionProperty,
    UuidProperty,
)

Prop = Any
"""One of the generator's property classes; its own `Property` alias is a union of them all."""

_SCALARS: dict[type, str] = {
    AnyProperty: "Any",
    BooleanProperty: "bool",
    DateProperty: "datetime.date",
    DateTimeProperty: "datetime.datetime",
    FloatProperty: "float",
    IntProperty: "int",
    NoneProperty: "None",
    StringProperty: "str",
    UuidProperty: "str",
}


def is_map(prop: Prop) -> bool:
    """Whether a schema is a mapping from names to values of one type, and gets no class."""
    return isinstance(prop, ModelProperty) and bool(extras(prop).get("x-sdk-map"))


def has_class(model: ModelProperty) -> bool:
    """Whether a schema is emitted as a class: maps are not, nor bodies spread into keywords."""
    return not is_map(model) and not extras(model).get("x-sdk-body")


def extras(model: ModelProperty) -> dict[str, Any]:
    """The `x-` keys of a model's schema."""
    return model.data.model_extra or {}


def read_type(prop: Prop) -> str:
    """Annotation of a value read from the server; enums are open there."""
    if isinstance(prop, LiteralEnumProperty):
        return f"{prop.class_info.name} | {prop.value_type.__name__}"
    return _type(prop, read_type, array="list", mapping="dict", binary="str")


def write_type(prop: Prop) -> str:
    """Annotation of a value sent to the server: any sequence or mapping will do."""
    if isinstance(prop, LiteralEnumProperty):
        return str(prop.class_info.name)
    return _type(prop, write_type, array="Sequence", mapping="Mapping", binary="File")


def _type(
    prop: Prop, inner: Callable[[Prop], str], *, array: str, mapping: str, binary: str
) -> str:
    if isinstance(prop, ListProperty):
        return f"{array}[{inner(prop.inner_property)}]"
    if isinstance(prop, UnionProperty):
        variants: list[Prop] = list(prop.inner_properties)
        return join(inner(variant) for variant in variants)
    if is_map(prop):
        value: Prop = prop.additional_properties
        return f"{mapping}[str, {inner(value) if value else 'Any'}]"
    if isinstance(prop, ModelProperty):
        return str(prop.class_info.name)
    if isinstance(prop, FileProperty):
        return binary
    name = next((name for cls, name in _SCALARS.items() if isinstance(prop, cls)), None)
    if name is None:
        raise Refused([Problem(str(prop.python_name), f"no Python type for {type(prop).__name__}")])
    return name


def join(types: Iterable[str]) -> str:
    """A union without repeats, `None` last. `Any` swallows the rest."""
    members: list[str] = []
    for annotation in types:
        members += [part for part in split(annotation) if part not in members]
    if "Any" in members:
        return "Any"
    return " | ".join([m for m in members if m != "None"] + ["None"] * ("None" in members))


def split(annotation: str) -> list[str]:
    """The members of a union, brackets respected."""
    members, depth, start = list[str](), 0, 0
    for index, character in enumerate(annotation):
        depth += (character in "[(") - (character in "])")
        if depth == 0 and annotation.startswith(" | ", index):
            members.append(annotation[start:index])
            start = index + 3
    return [*members, annotation[start:]]


def model_names(prop: Prop) -> set[tuple[str, str]]:
    """(class, module) of each model and enum that an annotation of `prop` names."""
    if isinstance(prop, ListProperty):
        return model_names(prop.inner_property)
    if isinstance(prop, UnionProperty):
        return {name for variant in prop.inner_properties for name in model_names(variant)}
    if is_map(prop):
        value = prop.additional_properties
        return model_names(value) if value else set()
    if isinstance(prop, (ModelProperty, LiteralEnumProperty)):
        return {(str(prop.class_info.name), str(prop.class_info.module_name))}
    return set()
