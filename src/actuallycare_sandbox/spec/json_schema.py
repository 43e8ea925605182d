"""Convert OpenAPI 3.0 schemas to JSON Schema 2020-12, which the validation library supports.

OpenAPI 3.0 writes null and exclusive bounds differently.
Source: https://spec.openapis.org/oas/v3.0.3#schema-object
"""

from __future__ import annotations

from typing import Any

from ..json_value import is_array, is_object

_SCHEMA_MAPS = frozenset({"properties", "patternProperties", "schemas"})
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


def convert(node: Any) -> Any:
    """Return a copy of a document, or of a part of it, with every schema converted."""
    if is_array(node):
        return [convert(item) for item in node]
    if not is_object(node):
        return node
    copy = {key: _convert_value(key, value) for key, value in node.items()}
    return _convert_nullable(_convert_bounds(copy))


def _convert_value(key: str, value: Any) -> Any:
    if key in _SCHEMA_MAPS and is_object(value):
        # Keys here are names, not keywords: a property may be called "nullable".
        return {name: convert(schema) for name, schema in value.items()}
    return value if key in _VALUES else convert(value)


def _convert_bounds(schema: dict[str, Any]) -> dict[str, Any]:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.get(exclusive) is True and bound in schema:
            schema[exclusive] = schema.pop(bound)
        elif isinstance(schema.get(exclusive), bool):
            del schema[exclusive]
    return schema


def _convert_nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("nullable") is not True:
        return schema
    del schema["nullable"]
    if isinstance(schema.get("type"), str) and "$ref" not in schema and "allOf" not in schema:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
    return {"anyOf": [schema, {"type": "null"}]}
