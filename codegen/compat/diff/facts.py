"""What an SDK promises its callers, read off a normalised document.

Everything is keyed by the names that users type, so that a change on the wire alone is none here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen
from openapi_python_client.strings import PythonIdentifier

from ..document import Json, is_object, iter_operations, operation_place
from ..names import body_keyword
from ..normalise.references import component_name


@frozen
class Shape:
    """A type, as far as a change of it matters."""

    kind: str
    """A scalar's name, `model`, `enum`, `array`, `map`, `union` or `any`."""
    name: str = ""
    """Class of a model or enum."""
    members: frozenset[str] = frozenset()
    """Values of an enum."""
    inner: tuple[Shape, ...] = ()

    def __str__(self) -> str:
        if self.kind == "array":
            return f"list[{self.inner[0]}]"
        if self.kind == "map":
            return f"dict[str, {self.inner[0]}]"
        if self.kind == "union":
            return " | ".join(map(str, self.inner))
        return self.name or self.kind


@frozen
class Value:
    """An argument or a field."""

    shape: Shape
    required: bool
    nullable: bool
    positional: bool = False
    wire: str = ""
    """Location and wire name: what a caller does not see."""
    doc: str = ""


@frozen
class OperationFacts:
    """What an operation promises."""

    place: str
    kind: str
    result: Shape
    nullable: bool
    auth: frozenset[str]
    wire: tuple[str, ...]
    doc: str
    arguments: Mapping[str, Value]


@frozen
class ModelFacts:
    """What a class promises."""

    place: str
    is_input: bool
    fields: Mapping[str, Value]
    doc: str


@frozen
class Facts:
    """What an SDK promises."""

    operations: Mapping[str, OperationFacts] = field(factory=dict[str, OperationFacts])
    models: Mapping[str, ModelFacts] = field(factory=dict[str, ModelFacts])
    enums: Mapping[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])
    sent: frozenset[str] = frozenset()
    """Enums that callers pass; the others are only read, where they are open."""


def read_facts(document: Json) -> Facts:
    """The facts of a normalised document."""
    components: Json = document["components"]["schemas"]
    operations = {
        response["x-sdk"]["operation"]: _operation(path, method, operation, components)
        for path, method, operation in iter_operations(document)
        for response in [operation["responses"]["200"]]
    }
    models = {
        name: _model(name, schema, components)
        for name, schema in components.items()
        if schema.get("properties") and not schema.get("x-sdk-body")
    }
    enums = {
        name: frozenset(map(str, schema["enum"]))
        for name, schema in components.items()
        if schema.get("enum")
    }
    values = [v for o in operations.values() for v in o.arguments.values()]
    values += [v for m in models.values() if m.is_input for v in m.fields.values()]
    sent = frozenset(name for value in values for name in _enums(value.shape))
    return Facts(operations, models, enums, sent)


def shape_of(schema: Json, components: Json) -> Shape:
    """The shape of a schema."""
    name = component_name(str(schema.get("$ref", "")))
    if name:
        target: Json = components[name]
        if target.get("enum"):
            return Shape("enum", name, frozenset(map(str, target["enum"])))
        if target.get("properties"):
            return Shape("model", name)
        return shape_of(target, components)
    if "oneOf" in schema:
        return Shape("union", inner=tuple(shape_of(v, components) for v in schema["oneOf"]))
    kind = schema.get("type")
    if kind == "array":
        return Shape("array", inner=(shape_of(schema.get("items", {}), components),))
    if schema.get("x-sdk-map"):
        extra: Any = schema.get("additionalProperties")
        return Shape("map", inner=(shape_of(extra if is_object(extra) else {}, components),))
    if kind is None:
        return Shape("any")
    return Shape(str(schema.get("format") or kind))


def _operation(path: str, method: str, operation: Json, components: Json) -> OperationFacts:
    response: Json = operation["responses"]["200"]
    facts: Json = response["x-sdk"]
    content: Json = response.get("content", {})
    media_types: list[Json] = list(content.values())
    schema: Json = media_types[0]["schema"] if media_types else {}
    arguments: dict[str, Value] = {}
    for parameter in operation["parameters"]:
        location, wire = parameter["in"], parameter["name"]
        arguments[_python(wire)] = Value(
            shape_of(parameter["schema"], components),
            bool(parameter["required"]),
            nullable=False,
            positional=location == "path",
            wire=f"{location} {wire}{facts['query_style'].get(wire, '')}",
            doc=facts["docs"].get(f"{location} {wire}", ""),
        )
    taken = frozenset(arguments)
    body: Json = operation.get("requestBody", {}).get("content", {})
    for media_type, media in body.items():
        name = component_name(str(media["schema"].get("$ref", "")))
        target: Json = components.get(name or "", {})
        if target.get("x-sdk-body"):
            fields = _fields(target, components, f"{media_type} ")
            arguments |= {body_keyword(name, taken): field for name, field in fields.items()}
        else:
            whole = Value(shape_of(media["schema"], components), True, False)
            arguments[body_keyword("body", taken)] = whole
    wire = [method, path, *map(str, (facts.get(k) for k in ("unwrap", "items", "meta", "accept")))]
    return OperationFacts(
        operation_place(method, path),
        facts["kind"],
        shape_of(schema, components),
        bool(facts.get("nullable")),
        frozenset(facts["auth"]),
        tuple(wire),
        f"{operation.get('summary', '')} {operation.get('description', '')}",
        arguments,
    )


def _model(name: str, schema: Json, components: Json) -> ModelFacts:
    return ModelFacts(
        f"components.schemas.{name}",
        bool(schema.get("x-sdk-input")),
        _fields(schema, components, ""),
        str(schema.get("description", "")),
    )


def _fields(schema: Json, components: Json, prefix: str) -> dict[str, Value]:
    required, nullable = schema.get("required", []), schema.get("x-sdk-nullable", [])
    docs: Json = schema.get("x-sdk-docs", {})
    return {
        _python(wire): Value(
            shape_of(node, components),
            wire in required,
            wire in nullable,
            wire=prefix + wire,
            doc=docs.get(wire, ""),
        )
        for wire, node in schema["properties"].items()
    }


def _python(wire: str) -> str:
    return str(PythonIdentifier(wire, "f_"))


def _enums(shape: Shape) -> set[str]:
    own = {shape.name} if shape.kind == "enum" else set[str]()
    return own.union(*(_enums(inner) for inner in shape.inner))
