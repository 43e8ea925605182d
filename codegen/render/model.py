"""Models: attrs classes for what is read, and for what is nested in request bodies."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..api import Api, Enum, Field, Model
from ..runtime import core_imports
from .decoding import read, reader
from .text import Code, docstring, literal, name, paragraph, sentence
from .types import class_imports, join, read_type, sent_type

_STRICT = {"to_datetime(v)": "read_datetime", "to_date(v)": "read_date"}
"""Readers of a date of the usual form, without a call of our own."""


@frozen
class FieldCode:
    """One attribute of a model, as code."""

    name: Code
    wire: Code
    annotation: Code
    default: Code
    """Empty for a required one."""
    doc: Code
    """Empty without a description."""
    read: Code
    """Expression that reads it from `src`; empty on the write side."""
    required: bool
    nested: bool
    """Whether a function reads it that may call other models."""
    strict: str
    """The function that reads it when it is a date of the usual form, if it is one."""


def field_code(field: Field, *, is_input: bool) -> FieldCode:
    """Return one attribute as code."""
    expression, nested, strict = "", False, ""
    if is_input:
        annotation = sent_type(field.type)
        annotation = join([annotation, "None"]) if field.nullable else annotation
        default = "" if field.required else "UNSET"
        if not field.required and annotation != "Any":
            annotation = f"{annotation} | Unset"
    else:
        optional = field.nullable or not field.required
        annotation = read_type(field.type)
        default = "" if field.required else "None"
        annotation = join([annotation, "None"]) if optional else annotation
        expression = _read_field(field)
        found = read(field.type, "v")
        nested = _is_nested(found)
        strict = _STRICT.get(found or "", "") if optional else ""
    if field.secret:
        # By private names: a field of the document may be called `field`, or `redact`.
        default = f"_field({f'default={default}, ' if default else ''}repr=_redact)"
    doc = docstring(paragraph(sentence(field.doc), 4), 4) if sentence(field.doc) else Code("")
    return FieldCode(
        name(field.name),
        literal(field.wire),
        Code(annotation),
        Code(default),
        doc,
        Code(expression),
        field.required,
        nested,
        strict,
    )


def _is_nested(expression: str | None) -> bool:
    return expression is not None and expression not in _STRICT


def _read_field(field: Field) -> str:
    key, expression = literal(field.wire), read(field.type, "v")
    found = f"get({key})" if _is_nested(expression) and not field.required else f"src[{key}]"
    if expression is None:
        return found
    if field.nullable or not field.required:
        if expression in _STRICT:
            expression = f"{_STRICT[expression]}(v)"
        return f"None if (v := {found}) is None else {expression}"
    # The document promises a value here; a null is kept all the same, which is a TypeError with the
    # generator's own templates: https://github.com/openapi-generators/openapi-python-client/issues/679
    return f"optional({found}, {reader(field.type)})"


@frozen
class ModelCode:
    """One model, as code."""

    model: Model
    doc: Code
    fields: list[FieldCode]

    @property
    def class_name(self) -> Code:
        """The name of the class."""
        return name(self.model.name)

    @property
    def flat(self) -> list[FieldCode]:
        """Fields that are read as if they were present; all again when one is not."""
        return [f for f in self.fields if not f.nested]

    @property
    def nested(self) -> list[FieldCode]:
        """Fields that other models read, which must not happen twice."""
        return [f for f in self.fields if f.nested]

    @property
    def reads_optional(self) -> bool:
        """Whether any of the nested fields may be absent."""
        return any(not f.required for f in self.nested)

    @property
    def has_dates(self) -> bool:
        """Whether a date is read as if it had the usual form."""
        return any(f.strict for f in self.fields)

    @property
    def read_lenient(self) -> Code:
        """The arguments of `read_lenient`."""
        parts = ["cls", "src", "error", *(f.wire for f in self.flat if f.required)]
        for label, function in (("datetimes", "read_datetime"), ("dates", "read_date")):
            wires = [f.wire for f in self.fields if f.strict == function]
            if wires:
                parts.append(f"{label}=[{', '.join(wires)}]")
        return Code(", ".join(parts))


def model_code(model: Model) -> ModelCode:
    """Return one model as code."""
    default = (
        f"`{model.name}` as it is sent."
        if model.is_input
        else f"`{model.name}` as the API sends it."
    )
    lines = paragraph(sentence(model.doc) or default, 4)
    return ModelCode(
        model,
        docstring(lines, 4),
        [field_code(f, is_input=model.is_input) for f in model.fields],
    )


def enum_code(enum: Enum) -> Code:
    """Return the alias of an enum."""
    members = ", ".join(literal(value) for value in enum.values)
    return Code(f"{name(enum.name)}: TypeAlias = Literal[{members}]")


class ModelImports:
    """The imports between the modules of an API's models."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._circles = circles(_module_edges(api))

    def of(self, model: Model) -> tuple[list[Code], list[Code]]:
        """(imports, late imports) of the classes that a model names.

        An import that would close a circle is late: for type checkers, and where it is first used.
        """
        now: list[Code] = []
        late: list[Code] = []
        for module, cls in sorted(class_imports([f.type for f in model.fields], self._api)):
            if module != model.module:
                closes = self._circles[module] == self._circles[model.module]
                (late if closes else now).append(Code(f"from .{name(module)} import {name(cls)}"))
        return now, late


def core(model: Model) -> list[Code]:
    """The imports from the run time; the formatter removes those that are not used."""
    names = (
        "UNSET", "File", "Unset", "by_discriminator", "redact as _redact", "if_object", "optional",
        "read_lenient", "read_date", "read_datetime", "to_date", "to_datetime", "to_list", "to_map",
    )  # fmt: skip
    return [Code(line) for line in core_imports(names, "..")]


def _module_edges(api: Api) -> dict[str, set[str]]:
    """Return the modules that each module of models imports."""
    edges: dict[str, set[str]] = {}
    for model in api.models.values():
        found = class_imports([f.type for f in model.fields], api)
        edges.setdefault(model.module, set()).update(m for m, _ in found if m != model.module)
    return edges


def circles(edges: Mapping[str, set[str]]) -> dict[str, int]:
    """Return a number for each node: those with one number reach each other (Tarjan, 1972)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    found: dict[str, int] = {}
    stack: list[str] = []
    for start in sorted(edges):
        path = [] if start in order else [(start, iter(sorted(edges[start])))]
        while path:
            node, following = path[-1]
            if node not in order:
                order[node] = lowest[node] = len(order)
                stack.append(node)
            entered = next((n for n in following if n not in order), None)
            if entered is not None:
                path.append((entered, iter(sorted(edges.get(entered, ())))))
                continue
            path.pop()
            open_ones = [n for n in edges.get(node, ()) if n not in found]
            lowest[node] = min([lowest[node], *(lowest[n] for n in open_ones)])
            if lowest[node] == order[node]:
                while node not in found:
                    found[stack.pop()] = order[node]
    return found
