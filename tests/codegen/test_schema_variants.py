"""Ways to write schemas: each is a type, or `Any` at its place with a finding."""

from __future__ import annotations

from typing import Any

import pytest

from .documents import Json, array, field_type, obj, ref, run, string, thing

PET = {
    "Cat": obj({"kind": string(enum=["cat"])}, required=["kind"]),
    "Dog": obj({"kind": string(enum=["dog"])}, required=["kind"]),
}
DEEP: Json = {"allOf": [{"allOf": [{"allOf": [obj({"a": string()})]}, obj({"b": string()})]}]}

TYPES: dict[str, tuple[Json, str]] = {
    "an enum with null": ({"type": "string", "enum": ["a", None]}, "ThingX"),
    "an enum of an empty text": (string(enum=[""]), "ThingX"),
    "an enum of integers": ({"enum": [1, 2]}, "ThingX"),
    "an enum of decimals": ({"enum": [1.5, 2]}, "number"),
    "an enum of booleans": ({"type": "boolean", "enum": [True]}, "boolean"),
    "a constant": ({"const": "a"}, "ThingX"),
    "only null": ({"type": "null"}, "any"),
    "a type list": ({"type": ["string", "null"]}, "string"),
    "a type list of two": ({"type": ["string", "integer"]}, "string | integer"),
    "a nullable union": ({"anyOf": [string(), {"type": "null"}]}, "string"),
    "a nullable reference": ({"oneOf": [ref("Cat"), {"type": "null"}]}, "Cat"),
    "a union of one": ({"oneOf": [ref("Cat")]}, "Cat"),
    "a union by single values": ({"oneOf": [ref("Cat"), ref("Dog")]}, "Cat | Dog"),
    "a union in a union": (
        {"anyOf": [{"oneOf": [ref("Cat"), ref("Dog")]}, {"type": "null"}]},
        "Cat | Dog",
    ),
    "an object and a text": ({"oneOf": [ref("Cat"), string()]}, "Cat | string"),
    "one or many": ({"oneOf": [ref("Cat"), array(ref("Cat"))]}, "Cat | list[Cat]"),
    "deep allOf": (DEEP, "ThingX"),
    "allOf of one reference": ({"allOf": [ref("Cat")], "nullable": True}, "Cat"),
    "a file": ({"type": "file"}, "binary"),
    "a Date": ({"type": "Date"}, "date-time"),
    "an ObjectId": ({"type": "ObjectId"}, "string"),
    "no items": ({"type": "array"}, "list[any]"),
    "items that are implied": ({"items": string()}, "list[string]"),
    "a map": (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        "dict[str, integer]",
    ),
    "a closed empty object": ({"type": "object", "additionalProperties": False}, "dict[str, any]"),
    "a free object": ({"type": "object"}, "dict[str, any]"),
    "only an example": ({"example": {"a": 1}}, "any"),
    "true": ({"items": True, "type": "array"}, "list[any]"),
    "patterns of properties": (
        {"type": "object", "patternProperties": {"^a": string()}},
        "dict[str, string]",
    ),
    "an alias of an alias": (ref("Alias2"), "Cat"),
    "a sub-path": ({"$ref": "#/components/schemas/Cat/properties/kind"}, "ThingX"),
    "itself": (ref("Thing"), "Thing"),
    "an array of itself": (array(ref("Thing")), "list[Thing]"),
}


@pytest.mark.parametrize(("schema", "expected"), TYPES.values(), ids=TYPES.keys())
def test_a_schema_is_a_type(schema: Json, expected: str) -> None:
    made = thing(schema)
    aliases = {"Alias": ref("Cat"), "Alias2": ref("Alias")}
    made["components"]["schemas"] |= {**PET, **aliases}
    described = run(made)
    assert field_type(described, "Thing", "x") == expected
    assert described.findings.fallbacks == []


ANY: dict[str, Any] = {
    "a dead reference": ref("Gone"),
    "a reference to a file": {"$ref": "other.yaml#/X"},
    "a reference to itself": {"$ref": "#/components/schemas/Thing/properties/x"},
    "mixed values": {"enum": ["a", 1]},
    "a type that no one knows": {"type": "hologram"},
    "objects that nothing distinguishes": {"oneOf": [obj({"a": string()}), obj({"b": string()})]},
    "a union beside properties": {**obj({"a": string()}), "oneOf": [ref("Cat"), ref("Dog")]},
    "members that exclude each other": {"allOf": [string(), {"type": "integer"}]},
    "a text": "string",
    "a list": [string()],
}


@pytest.mark.parametrize("schema", ANY.values(), ids=ANY.keys())
def test_a_field_without_a_type_is_any_alone(schema: Any) -> None:
    made = thing(schema)
    made["components"]["schemas"] |= PET
    described = run(made)
    assert field_type(described, "Thing", "x") == "any"
    assert field_type(described, "Thing", "id") == "string"
    (finding,) = described.findings.fallbacks
    assert finding.kind == "any"
    assert finding.place.startswith("components.schemas.Thing.x")


def test_a_tuple_is_a_list_of_all_its_items() -> None:
    positions = [string(), {"type": "integer"}]
    for schema in ({"items": positions}, {"prefixItems": positions, "items": False}):
        described = run(thing({"type": "array", **schema}))
        assert field_type(described, "Thing", "x") == "list[string | integer]"
        assert any("tuple" in f.reason for f in described.findings.all)


CIRCLES: dict[str, dict[str, Json]] = {
    "two aliases": {"A": ref("B"), "B": ref("A")},
    "an array of itself": {"A": array(ref("A"))},
    "a map of itself": {"A": {"type": "object", "additionalProperties": ref("A")}},
    "a union with itself": {"A": {"oneOf": [ref("A"), string()]}},
    "allOf with itself": {"A": {"allOf": [ref("A"), obj({"a": string()})]}},
    "allOf in a circle": {"A": {"allOf": [ref("B")]}, "B": {"allOf": [ref("A")]}},
    "two unions": {"A": {"anyOf": [ref("B")]}, "B": {"anyOf": [ref("A"), ref("Thing")]}},
    "properties in a circle": {"A": obj({"b": ref("B")}), "B": obj({"a": ref("A")})},
}


@pytest.mark.parametrize("schemas", CIRCLES.values(), ids=CIRCLES.keys())
def test_a_circle_ends(schemas: dict[str, Json]) -> None:
    made = thing(ref("A"))
    made["components"]["schemas"] |= schemas
    described = run(made)
    assert field_type(described, "Thing", "id") == "string"
    assert field_type(described, "Thing", "x")
