"""OpenAPI 3.0 schemas as JSON Schema 2020-12, which the validation library speaks.

3.0 has its own words for null and for exclusive bounds, and annotations that JSON Schema would
read otherwise. Source: OpenAPI Specification 3.0.3, "Schema Object".
"""

from __future__ import annotations

from typing import Any

from ..json_value import is_array, is_object

_SCHEMA_MAPS = frozenset({"properties", "patternProperties", "schemas"})
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


def convert(node: Any) -> Any:
    """A copy of a document or a part of it, every schema in JSON Schema's words."""
    if is_array(node):
        return [convert(item) for item in node]
    if not is_object(node):
        return node
    copy = {key: _part(key, value) for key, value in node.items()}
    return _nullable(_bounds(copy))


def _part(key: str, value: Any) -> Any:
    if key in _SCHEMA_MAPS and is_object(value):
        # Names here are the vendor's: a property called "nullable" is no keyword.
        return {name: convert(schema) for name, schema in value.items()}
    return value if key in _VALUES else convert(value)


def _bounds(schema: dict[str, Any]) -> dict[str, Any]:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.get(exclusive) is True and bound in schema:
            schema[exclusive] = schema.pop(bound)
        elif isinstance(schema.get(exclusive), bool):
            del schema[exclusive]
    return schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("nullable") is not True:
        return schema
    del schema["nullable"]
    if isinstance(schema.get("type"), str) and "$ref" not in schema and "allOf" not in schema:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
    return {"anyOf": [schema, {"type": "null"}]}
