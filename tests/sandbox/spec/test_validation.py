"""Validation of values, and values from text."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox.spec.document import ParameterSpec, parse
from actuallycare_sandbox.spec.validation import Validator, parse_parameter


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
def test_parse_parameter_or_keep_text(schema: Any, texts: list[str], value: Any) -> None:
    parameter = ParameterSpec("p", "query", False, schema, explode=True, pointer="")
    assert parse_parameter(parameter, texts) == value
    assert type(parse_parameter(parameter, texts)) is type(value)


def test_split_array_without_explode_at_commas() -> None:
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
def test_report_each_problem_without_the_value(
    schema: Any, value: Any, messages: list[str]
) -> None:
    raw = {"openapi": "3.0.0", "paths": {}, "components": {"schemas": {"X": schema}}}
    found = Validator(parse(raw)).at("/components/schemas/X", value, "x")
    assert [problem["message"] for problem in found] == messages
