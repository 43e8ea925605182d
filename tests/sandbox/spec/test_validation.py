"""The pure parts that read schemas: conversion, validation, shapes, views, new records."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox.data.filters import conditions
from actuallycare_sandbox.data.query import Condition, Selection, has_words, where, where_clause
from actuallycare_sandbox.data.records import new_record, settable
from actuallycare_sandbox.spec.document import Document, ParameterSpec, load, parse
from actuallycare_sandbox.spec.json_schema import convert
from actuallycare_sandbox.spec.response_layout import response_layout
from actuallycare_sandbox.spec.response_serializer import ResponseSerializer
from actuallycare_sandbox.spec.validation import Validator, parse_parameter


@pytest.mark.parametrize(
    ("openapi", "json_schema"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string", "nullable": False}),
        (
            {"type": "string", "enum": ["a"], "nullable": True},
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        (
            {"$ref": "#/x", "nullable": True},
            {"anyOf": [{"$ref": "#/x"}, {"type": "null"}]},
        ),
        (
            {"minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False},
            {"exclusiveMinimum": 0, "maximum": 9},
        ),
        (
            {"properties": {"nullable": {"type": "boolean"}, "enum": {"nullable": True}}},
            {
                "properties": {
                    "nullable": {"type": "boolean"},
                    "enum": {"anyOf": [{}, {"type": "null"}]},
                }
            },
        ),
        ({"example": {"nullable": True}}, {"example": {"nullable": True}}),
        (
            {"allOf": [{"type": "object", "nullable": True}]},
            {"allOf": [{"type": ["object", "null"]}]},
        ),
    ],
)
def test_openapi_schemas_become_json_schemas(openapi: Any, json_schema: Any) -> None:
    assert convert(openapi) == json_schema


@pytest.mark.parametrize(
    ("schema", "texts", "value"),
    [
        ({"type": "integer"}, ["12"], 12),
        ({"type": "integer"}, ["-0"], 0),
        ({"type": "integer"}, ["1.0"], "1.0"),
        ({"type": "integer"}, ["١"], "١"),
        ({"type": "integer"}, ["1", "2"], ["1", "2"]),
        ({"type": "number"}, ["1e3"], 1000.0),
        ({"type": "number"}, ["nan"], "nan"),
        ({"type": "boolean"}, ["true"], True),
        ({"type": "boolean"}, ["True"], "True"),
        ({"type": "string"}, ["12"], "12"),
        ({}, [""], ""),
        ({"type": "array", "items": {"type": "integer"}}, ["1", "x"], [1, "x"]),
    ],
)
def test_text_becomes_a_value_or_stays_text(schema: Any, texts: list[str], value: Any) -> None:
    parameter = ParameterSpec("p", "query", False, schema, explode=True, pointer="")
    assert parse_parameter(parameter, texts) == value
    assert type(parse_parameter(parameter, texts)) is type(value)


def test_an_array_without_explode_is_separated_by_commas() -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    parameter = ParameterSpec("p", "query", False, schema, explode=False, pointer="")
    assert parse_parameter(parameter, ["1,2", "3"]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("schema", "value", "messages"),
    [
        ({"type": "string", "minLength": 2}, "a", ["x must have at least 2 characters"]),
        ({"type": "string", "maxLength": 1}, "ab", ["x must have at most 1 characters"]),
        ({"type": "string", "pattern": "^a$"}, "b", ["x must match ^a$"]),
        ({"type": "integer", "minimum": 1}, 0, ["x must be at least 1"]),
        ({"type": "integer", "maximum": 1}, 2, ["x must be at most 1"]),
        (
            {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
            1,
            ["x must be over 1"],
        ),
        ({"type": "string", "format": "date-time"}, "noon", ["x must be a valid date-time"]),
        ({"type": "string", "format": "uri"}, "no uri", ["x must be a valid uri"]),
        ({"type": "string", "format": "uuid"}, "1", ["x must be a valid uuid"]),
        ({"type": "array", "items": {"type": "integer"}}, [1, "a"], ["x.1 must be integer"]),
        (
            {"type": "object", "required": ["a", "b"], "properties": {"a": {}}},
            {},
            ["x.a is required", "x.b is required"],
        ),
        (
            {"type": "object", "additionalProperties": False},
            {"secret": 1},
            ["x has a field that is not allowed"],
        ),
        ({"type": "object", "minProperties": 1}, {}, ["x does not satisfy minProperties"]),
    ],
)
def test_each_problem_is_told_without_the_value(
    schema: Any, value: Any, messages: list[str]
) -> None:
    raw = {"openapi": "3.0.0", "paths": {}, "components": {"schemas": {"X": schema}}}
    found = Validator(parse(raw)).at("/components/schemas/X", value, "x")
    assert [problem["message"] for problem in found] == messages


def operation(data: Any, method: str = "get", path: str = "/things") -> tuple[Document, Any]:
    body = {"type": "object", "properties": {"success": {}, "data": data}}
    response = {"content": {"application/json": {"schema": body}}}
    raw = {
        "openapi": "3.0.0",
        "paths": {path: {method: {"responses": {"200": response}}}},
        "components": {"schemas": {"Thing": {"properties": {"id": {}, "self": THING}}}},
    }
    document = parse(raw)
    return document, document.operations[0]


THING = {"$ref": "#/components/schemas/Thing"}
MANY = {"type": "array", "items": THING}


@pytest.mark.parametrize(
    ("data", "key", "many", "meta", "extras"),
    [
        (THING, None, False, None, ()),
        (MANY, None, True, None, ()),
        ({"properties": {"thing": THING}}, "thing", False, None, ()),
        ({"properties": {"things": MANY, "meta": {}}}, "things", True, "data", ()),
        (
            {
                "allOf": [
                    {"properties": {"things": MANY}},
                    {"properties": {"meta": {}, "stats": {}}},
                ]
            },
            "things",
            True,
            "data",
            ("stats",),
        ),
        (
            {"properties": {"tags": {"type": "array"}, "things": MANY, "meta": {}}},
            "things",
            True,
            "data",
            ("tags",),
        ),
        ({"properties": {"url": {"type": "string"}}}, None, False, None, ()),
    ],
)
def test_the_shape_of_an_answer_is_read_from_its_schema(
    data: Any, key: str | None, many: bool, meta: str | None, extras: tuple[str, ...]
) -> None:
    found = response_layout(*operation(data))
    assert (found.key, found.many, found.meta, found.extras) == (key, many, meta, extras)


def test_a_view_shows_documented_names_at_every_depth() -> None:
    document, _ = operation(THING)
    stored = {"id": 1, "hash": "x", "self": {"id": 2, "hash": "y", "self": None}}
    assert ResponseSerializer(document, THING).serialize(stored) == {
        "id": 1,
        "self": {"id": 2, "self": None},
    }
    assert ResponseSerializer(document, MANY).serialize([stored, stored])[1]["self"]["id"] == 2
    assert ResponseSerializer(document, {"type": "object"}).serialize({"any": "thing"}) == {
        "any": "thing"
    }


@pytest.mark.parametrize(
    ("schema", "body", "given", "record"),
    [
        ({"properties": {"a": {}}}, {"a": 1, "b": 2}, {"a": 0}, {"a": 1}),
        ({"properties": {"a": {}}}, {}, {"a": 0}, {"a": 0}),
        ({"properties": {"a": {"nullable": True}}}, {}, {}, {"a": None}),
        ({"properties": {"a": {"type": ["string", "null"]}}}, {}, {}, {"a": None}),
        ({"properties": {"a": {"type": "string"}}}, {}, {}, {}),
        ({"required": ["a"], "properties": {"a": {"type": "string"}}}, {}, {}, {"a": ""}),
        ({"required": ["a"], "properties": {"a": {"enum": ["x", "y"]}}}, {}, {}, {"a": "x"}),
        ({"required": ["a"], "properties": {"a": {"default": 7}}}, {}, {}, {"a": 7}),
        ({}, {"a": 1}, {"id": "2"}, {"id": "2", "a": 1}),
    ],
)
def test_a_new_record_has_what_its_schema_describes(
    schema: Any, body: Any, given: Any, record: Any
) -> None:
    assert new_record(load(), schema, body, given) == record


def test_an_update_sets_what_the_record_has() -> None:
    assert settable(load(), {"properties": {"a": {}}}, {"a": 1, "b": 2}) == {"a": 1}
    assert settable(load(), {}, {"a": 1}) == {"a": 1}


def test_filters_become_conditions() -> None:
    query = {"status": "active", "minPrice": 5, "page": 2, "limit": 3, "unknown": 1, "tags": ["a"]}
    fields = {"status": {}, "tags": {}}
    assert conditions("listings", query, fields) == (
        where("status", "active"),
        Condition(("list_price",), "ge", 5),
    )


def test_conditions_become_sql_with_values_as_parameters() -> None:
    selection = Selection("listings", owner="me").where(
        where("status", "'; DROP TABLE records; --"),
        Condition(("city", "state"), "contains", "a%b c"),
    )
    clause, parameters = where_clause(selection)
    assert clause == (
        "kind = ? AND owner = ? AND json_extract(doc, '$.status') = ? AND "
        "has_words(?, json_extract(doc, ?), json_extract(doc, ?))"
    )
    assert parameters == [
        *("listings", "me", "'; DROP TABLE records; --"),
        *("a%b c", "$.city", "$.state"),
    ]


@pytest.mark.parametrize(
    ("text", "values", "found"),
    [
        ("main", ["1 Main Street"], True),
        ("street main", ["1 Main Street"], True),
        ("main nowhere", ["1 Main Street"], False),
        ("main fresno", ["1 Main Street", "Fresno"], True),
        ("STRASSE", ["1 Hauptstraße"], True),
        ("%", ["1 Main Street"], False),
        ("7", [None, 1.75], True),
        ("", [None], True),
        ("a", [None], False),
        ("a " * 5_000, ["1 Main Street"], True),
    ],
)
def test_each_word_is_looked_for_in_each_value(
    text: str, values: list[object], found: bool
) -> None:
    assert has_words(text, *values) is found


@pytest.mark.parametrize("field", ["a b", "a'", "a.b", ""])
def test_what_is_no_field_name_never_becomes_sql(field: str) -> None:
    with pytest.raises(ValueError, match="is not a field name"):
        where_clause(Selection("x").where(where(field, 1)))
