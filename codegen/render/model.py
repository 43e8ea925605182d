"""Models: attrs classes for what is read, and for what is nested in request bodies."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..api import Api, Enum, Field, Model
from ..document_text import DocumentText
from ..names import free_name, snake
from ..runtime import READERS, core_imports
from .decoding import field_expression
from .text import Code, docstring, literal, name, paragraph, sentence
from .types import class_imports, join, read_type, sent_type, sent_value


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
    sent: Code
    """Expression that gives its value to `to_dict` of the write side."""


def field_code(field: Field, wires: frozenset[DocumentText], *, is_input: bool) -> FieldCode:
    """Return one attribute as code; `wires` are the names in JSON of all fields of the model."""
    doc = docstring(paragraph(sentence(field.doc), 4), 4) if sentence(field.doc) else Code("")
    annotation, default = _sent_attribute(field) if is_input else _read_attribute(field)
    return FieldCode(
        name(field.name),
        literal(field.wire),
        Code(annotation),
        Code(default),
        doc,
        Code("" if is_input else field_expression(field, wires)),
        Code(sent_value(field.type, f"self.{name(field.name)}")),
    )


def _sent_attribute(field: Field) -> tuple[str, str]:
    """(annotation, default) of an attribute of what is sent."""
    annotation = sent_type(field.type)
    annotation = join([annotation, "None"]) if field.nullable else annotation
    if not field.required and annotation != "Any":
        annotation = f"{annotation} | Unset"
    default = "" if field.required else "UNSET"
    if field.secret:
        # By private names: a field of the document may be called `field`, or `redact`.
        default = _field(default, "repr=_redact")
    return annotation, default


def _read_attribute(field: Field) -> tuple[str, str]:
    """(annotation, default) of an attribute of what is read."""
    optional = field.nullable or not field.required
    annotation = read_type(field.type)
    annotation = join([annotation, "None"]) if optional else annotation
    default = "" if field.required else "None"
    metadata = [f'"wire": {literal(field.wire)}'] if field.wire != field.name else []
    metadata += ['"secret": True'] if field.secret else []
    if metadata:
        default = _field(default, f"metadata={{{', '.join(metadata)}}}")
    return annotation, default


def _field(default: str, argument: str) -> str:
    return f"_field({f'default={default}, ' if default else ''}{argument})"


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
    def has_lookups(self) -> bool:
        """Whether a field may be absent from what is read."""
        return any("get(" in field.read for field in self.fields)


def model_code(model: Model) -> ModelCode:
    """Return one model as code."""
    default = (
        f"`{model.name}` as it is sent."
        if model.is_input
        else f"`{model.name}` as the API sends it."
    )
    lines = paragraph(sentence(model.doc) or default, 4)
    wires = frozenset(field.wire for field in model.fields)
    return ModelCode(
        model,
        docstring(lines, 4),
        [field_code(f, wires, is_input=model.is_input) for f in model.fields],
    )


@frozen
class EnumCode:
    """One enum, as code: an alias of literals, and a function that narrows to it."""

    alias: Code
    guard: Code
    class_name: Code
    guard_doc: Code


def enum_code(enum: Enum, guard: str) -> EnumCode:
    """Return one enum as code; `guard` is the name of its function."""
    members = ", ".join(literal(value) for value in enum.values)
    return EnumCode(
        Code(f"{name(enum.name)}: TypeAlias = Literal[{members}]"),
        name(guard),
        name(enum.name),
        docstring([f"Whether a value is one of `{enum.name}`, for type checkers too."], 4),
    )


def guard_names(api: Api) -> dict[str, str]:
    """Return the name of each enum's function: `ListingStatus` has `is_listing_status`."""
    # A submodule that is imported becomes an attribute of `models`, where the functions are too.
    taken = {m.module for m in api.models.values()} | {e.module for e in api.enums.values()}
    found: dict[str, str] = {}
    for enum in sorted(api.enums):
        found[enum] = free_name(f"is_{snake(enum)}", taken)
        taken.add(found[enum])
    return found


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
        "UNSET", "File", "Unset", "as_date", "redact as _redact", "Record as _Record",
        *READERS,
        "keep_rest", "read", "read_date", "read_datetime", "read_id", "read_list", "read_number",
        "required",
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
