"""Annotations: the type of a value on the way in (read) and on the way out (sent).

Enums are open both ways: the vendor adds values without notice (vendor page api/versioning), and a
caller may use a new one before the SDK knows it. Editors still offer the known values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..api import Api, Type

_SCALARS = {
    "any": "Any",
    "boolean": "bool",
    "date": "datetime.date",
    "date-time": "datetime.datetime",
    "integer": "int",
    "null": "None",
    "number": "float",
    "string": "str",
}


def read_type(type_: Type) -> str:
    """Annotation of a value read from the server; unions are open too."""
    if type_.kind == "enum":
        return _open_enum(type_)
    annotation = _annotation(type_, read_type, array="list", mapping="dict", binary="str")
    if type_.discriminator is not None and not type_.discriminator.default:
        return join([annotation, "dict[str, Any]"])  # a variant that this version does not know
    return annotation


def sent_type(type_: Type) -> str:
    """Annotation of a value sent to the server: any sequence or mapping will do."""
    if type_.kind == "enum":
        return _open_enum(type_)
    return _annotation(type_, sent_type, array="Sequence", mapping="Mapping", binary="File")


def sent_value(type_: Type, value: str) -> str:
    """Return the expression for a value to send. A datetime may be passed as a date."""
    kinds = {inner.kind for inner in type_.walk()}
    is_date = "date" in kinds and kinds <= {"date", "array", "null"}
    return f"as_date({value})" if is_date else value


def _open_enum(type_: Type) -> str:
    scalar = "int" if all(isinstance(value, int) for value in type_.members) else "str"
    return f"{type_.name} | {scalar}"


def _annotation(
    type_: Type, inner: Callable[[Type], str], *, array: str, mapping: str, binary: str
) -> str:
    if type_.kind == "array":
        return f"{array}[{inner(type_.inner[0])}]"
    if type_.kind == "map":
        return f"{mapping}[str, {inner(type_.inner[0])}]"
    if type_.kind == "union":
        return join(map(inner, type_.inner))
    if type_.kind == "model":
        return type_.name
    if type_.kind == "binary":
        return binary
    return _SCALARS[type_.kind]


def join(types: Iterable[str]) -> str:
    """Return a union without repeats, `None` last. `Any` swallows the rest."""
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


def class_imports(types: Iterable[Type], api: Api) -> set[tuple[str, str]]:
    """(module, class) of each model and enum that the types name."""
    found: set[tuple[str, str]] = set()
    for type_ in (inner for top in types for inner in top.walk()):
        if type_.kind == "model":
            found.add((api.models[type_.name].module, type_.name))
        elif type_.kind == "enum":
            found.add((api.enums[type_.name].module, type_.name))
        if type_.discriminator:
            found |= {(api.models[name].module, name) for _, name in type_.discriminator.mapping}
    return found


def qualified(annotation: str) -> str:
    """Write `list[…]` as `builtins.list[…]`: inside a resource, `list` is its method."""
    out, word = "", ""
    for character in annotation:
        if character.isidentifier() or character.isdigit() or character == ".":
            word += character
            continue
        out += f"builtins.{word}" if word == "list" and character == "[" else word
        out += character
        word = ""
    return out + word
