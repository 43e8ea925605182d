"""Models: attrs classes for what is read, and for what is nested in request bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from .decoding import Unions, read, reader
from .properties import ListProperty, ModelProperty, UnionProperty
from .text import indented, paragraph, sentence
from .types import Prop, extras, has_class, join, model_names, read_type, write_type


@frozen
class Marks:
    """What the normaliser says of the fields of an object, by wire name."""

    secret: frozenset[str]
    nullable: frozenset[str]
    docs: Mapping[str, str]

    @staticmethod
    def of(model: ModelProperty) -> Marks:
        """The marks on a model's schema."""
        marks = extras(model)
        return Marks(
            frozenset(marks.get("x-sdk-secret", [])),
            frozenset(marks.get("x-sdk-nullable", [])),
            marks.get("x-sdk-docs", {}),
        )


@frozen
class FieldView:
    """One attribute of a model."""

    name: str
    wire: str
    annotation: str
    default: str | None
    doc: str
    read: str
    """Expression that reads it from `src`; empty on the write side."""
    required: bool
    nested: bool
    """Whether a function reads it that may call other models."""
    strict: str
    """The function that reads it when it is a date of the usual form, if it is one."""


@frozen
class ModelView:
    """One model class."""

    name: str
    doc: str
    is_input: bool
    fields: list[FieldView]
    imports: list[str]
    late_imports: list[str]
    """Imports of models that import this one in turn; made when first used."""

    @property
    def flat(self) -> list[FieldView]:
        """Fields that are read as if they were there; all again when one is not."""
        return [f for f in self.fields if not f.nested]

    @property
    def reads_optional(self) -> bool:
        """Whether any of the nested fields may be absent."""
        return any(not f.required for f in self.nested)

    @property
    def datetimes(self) -> list[str]:
        """The date-times that are read as if nothing else could stand there."""
        return [f.wire for f in self.fields if f.strict == "read_datetime"]

    @property
    def dates(self) -> list[str]:
        """The dates that are read as if nothing else could stand there."""
        return [f.wire for f in self.fields if f.strict == "read_date"]

    @property
    def again(self) -> str:
        """What `read_lenient` is told."""
        told = ["cls", "src", "error", *(f.wire for f in self.flat if f.required)]
        for name in ("datetimes", "dates"):
            if fields := getattr(self, name):
                told.append(f"{name}=[{', '.join(fields)}]")
        return ", ".join(told)

    @property
    def nested(self) -> list[FieldView]:
        """Fields that other models read, which must not happen twice."""
        return [f for f in self.fields if f.nested]


def model_view(
    model: ModelProperty, *, unions: Unions, cycles: Mapping[str, frozenset[str]]
) -> ModelView:
    """The view of `model`; `cycles` names, by class, the models that import it in turn."""
    is_input = bool(extras(model).get("x-sdk-input"))
    marks = Marks.of(model)
    required, optional = model.required_properties or [], model.optional_properties or []
    name = str(model.class_info.name)
    fields = [
        _field(prop, marks, is_input, unions)
        for prop in sorted(required, key=_wire) + sorted(optional, key=_wire)
    ]
    used = {pair for prop in [*required, *optional] for pair in model_names(prop)}
    late = cycles.get(name, frozenset())
    lines = {(cls, f"from .{module} import {cls}") for cls, module in used if cls != name}
    return ModelView(
        name,
        indented(paragraph(sentence(model.description) or _default_doc(name, is_input), 4), 4),
        is_input,
        fields,
        sorted(line for cls, line in lines if cls not in late),
        sorted(line for cls, line in lines if cls in late),
    )


def _default_doc(name: str, is_input: bool) -> str:
    return f"`{name}` as it is sent." if is_input else f"`{name}` as the API sends it."


def _wire(prop: Prop) -> str:
    return str(prop.name.get_untrusted_value())


def _field(prop: Prop, marks: Marks, is_input: bool, unions: Unions) -> FieldView:
    wire = _wire(prop)
    nullable = wire in marks.nullable
    if is_input:
        annotation = join([write_type(prop), "None"]) if nullable else write_type(prop)
        default = None if prop.required else "UNSET"
        if not prop.required:
            annotation = annotation if annotation == "Any" else f"{annotation} | Unset"
        expression, nested, strict = "", False, ""
    else:
        annotation = read_type(prop)
        default = None if prop.required else "None"
        if nullable or not prop.required:
            annotation = join([annotation, "None"])
        expression = _read_field(prop, repr_double(wire), nullable, unions)
        found = read(prop, "v", unions)
        nested = _is_nested(found)
        strict = _STRICT.get(found or "", "") if nullable or not prop.required else ""
    if wire in marks.secret:
        # By private names: a field of the document may be called `field`, or `redact`.
        default = f"_field({f'default={default}, ' if default else ''}repr=_redact)"
    doc = indented(paragraph(sentence(marks.docs.get(wire)), 4), 4)
    return FieldView(
        str(prop.python_name),
        repr_double(wire),
        annotation,
        default,
        doc,
        expression,
        prop.required,
        nested,
        strict,
    )


_STRICT = {"to_datetime(v)": "read_datetime", "to_date(v)": "read_date"}
"""What reads a date of the usual form, without a call of our own."""


def _is_nested(expression: str | None) -> bool:
    return expression is not None and expression not in _STRICT


def _read_field(prop: Prop, key: str, nullable: bool, unions: Unions) -> str:
    expression = read(prop, "v", unions)
    found = f"get({key})" if _is_nested(expression) and not prop.required else f"src[{key}]"
    if expression is None:
        return found
    if nullable or not prop.required:
        if expression in _STRICT:
            expression = f"{_STRICT[expression]}(v)"
        return f"None if (v := {found}) is None else {expression}"
    # The document promises a value here; a null is kept all the same.
    return f"optional({found}, {reader(prop, unions)})"


def holds_secret(props: Iterable[Prop]) -> bool:
    """Whether a credential is among the fields of any of these, however deep."""
    seen: set[str] = set()
    stack = list(props)
    while stack:
        prop = stack.pop()
        if isinstance(prop, ListProperty):
            stack.append(prop.inner_property)
        elif isinstance(prop, UnionProperty):
            stack += prop.inner_properties
        elif isinstance(prop, ModelProperty) and str(prop.class_info.name) not in seen:
            seen.add(str(prop.class_info.name))
            if Marks.of(prop).secret:
                return True
            stack += [*(prop.required_properties or []), *(prop.optional_properties or [])]
            if prop.additional_properties is not None:
                stack.append(prop.additional_properties)
    return False


def repr_double(text: str) -> str:
    """A string literal in double quotes, as the formatter writes them."""
    body = repr("'" + text)[2:-1]
    return '"' + body.replace('"', '\\"') + '"' if '"' in text else f'"{body}"'


def cyclic_models(models: Iterable[ModelProperty]) -> dict[str, frozenset[str]]:
    """For each model that takes part in an import cycle: the imports that would close it."""
    edges: dict[str, set[str]] = {}
    for model in models:
        if not has_class(model):
            continue
        props = [*(model.required_properties or []), *(model.optional_properties or [])]
        edges[str(model.class_info.name)] = {cls for p in props for cls, _ in model_names(p)}
    return {
        name: frozenset(target for target in targets if name in _reachable(target, edges))
        for name, targets in edges.items()
    }


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    stack = [start]
    while stack:
        for target in edges.get(stack.pop(), set()) - seen:
            seen.add(target)
            stack.append(target)
    return seen
