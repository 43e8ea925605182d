"""Last checks: everything that the generator would rename, merge or overwrite without a word."""

from __future__ import annotations

from openapi_python_client.strings import ClassName, PythonIdentifier

from ..document import Json, iter_operations
from ..names import body_keyword
from .references import component_name
from .report import Report

# Names that generated modules import or define beside the models.
_IMPORTED = {
    "Any", "Call", "ContentResource", "File", "Final", "FormBody", "JsonBody", "Literal", "Mapping",
    "MultipartBody", "Operation", "Page", "PageLayout", "Pager", "RawBody", "Resource",
    "ResourceWithRawResponse", "Resources", "Self", "Sender", "Sequence", "TypeAlias", "Unset",
}  # fmt: skip
_OWN_ATTRIBUTES = {"raw", "from_dict", "to_dict"}
_PREFIX = "f_"


def check_names(document: Json, report: Report) -> None:
    """Refuse what would clash."""
    components: Json = document["components"]["schemas"]
    _check_classes(components, report)
    for name, schema in components.items():
        _check_attributes(name, schema, report)
    for path, method, operation in iter_operations(document):
        _check_arguments(f"{method.upper()} {path}", operation, components, report)


def expected(document: Json) -> dict[str, dict[str, list[str]]]:
    """What must come out of the generator, by kind and name."""
    components: Json = document["components"]["schemas"]
    operations: dict[str, list[str]] = {}
    for _, _, operation in iter_operations(document):
        parts = [f"{p['in']} {p['name']}" for p in operation["parameters"]]
        for media in operation.get("requestBody", {}).get("content", {}).values():
            target = components.get(component_name(str(media["schema"].get("$ref", ""))) or "", {})
            fields: Json = target.get("properties", {})
            parts += [f"body {name}" for name in fields] if fields else ["body"]
        operations[operation["operationId"]] = sorted(parts)
    models = {
        name: sorted(schema.get("properties", {}))
        for name, schema in components.items()
        if schema.get("type") == "object"
    }
    enums = {
        name: sorted(map(str, schema["enum"]))
        for name, schema in components.items()
        if schema.get("enum")
    }
    return {"operations": operations, "models": models, "enums": enums}


def _check_classes(components: Json, report: Report) -> None:
    seen: dict[str, str] = {}
    modules: dict[str, str] = {}
    for name in sorted(components):
        place = f"components.schemas.{name}"
        if name in _IMPORTED:
            report.refuse(place, "the generated modules use this name; rename it in the overlay")
        if not name.isidentifier() or ClassName(name, _PREFIX) != name:
            report.refuse(place, "cannot be the name of a class; rename it in the overlay")
        for kind, taken, key in (
            ("class", seen, name.lower()),
            ("module", modules, str(PythonIdentifier(name, _PREFIX))),
        ):
            other = taken.setdefault(key, name)
            if other != name:
                report.refuse(place, f"gives the same {kind} as {other!r}; rename one")


def _check_attributes(name: str, schema: Json, report: Report) -> None:
    seen: dict[str, str] = {}
    for wire in sorted(schema.get("properties", {})):
        attribute = str(PythonIdentifier(wire, _PREFIX))
        place = f"components.schemas.{name}.{wire}"
        if attribute in _OWN_ATTRIBUTES:
            report.refuse(place, f"{attribute!r} is an attribute of every model; patch it")
        other = seen.setdefault(attribute, wire)
        if other != wire:
            report.refuse(place, f"gives the same attribute as {other!r}; patch one of them")


def _check_arguments(place: str, operation: Json, components: Json, report: Report) -> None:
    wires = [(p["in"], p["name"]) for p in operation["parameters"]]
    taken = {str(PythonIdentifier(wire, _PREFIX)) for _, wire in wires}
    for media in operation.get("requestBody", {}).get("content", {}).values():
        target = components.get(component_name(str(media["schema"].get("$ref", ""))) or "", {})
        fields: Json = target.get("properties", {})
        wires += [("body", name) for name in fields] if fields else [("body", "body")]
    seen: dict[str, tuple[str, str]] = {}
    for location, wire in wires:
        argument = str(PythonIdentifier(wire, _PREFIX))
        if location == "body":
            argument = body_keyword(argument, taken)
        other = seen.setdefault(argument, (location, wire))
        if other != (location, wire):
            report.refuse(
                place,
                f"the {location} argument {wire!r} and the {other[0]} argument {other[1]!r} give "
                f"the same keyword {argument!r}; patch one of them",
            )
