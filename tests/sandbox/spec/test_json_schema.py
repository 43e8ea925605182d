"""Conversion of OpenAPI 3.0 schemas to JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox.spec.json_schema import convert


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
def test_convert_schema(openapi: Any, json_schema: Any) -> None:
    assert convert(openapi) == json_schema
