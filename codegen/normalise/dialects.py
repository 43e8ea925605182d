"""Ways of writing a schema that are not OpenAPI 3.0's: type arrays, JavaScript's type names."""

from __future__ import annotations

from typing import Any, Final

from ..document import Json, is_array, is_object
from .all_of import ANNOTATIONS

SCALARS: Final = {"string", "integer", "number", "boolean"}
MOST_ALIKE = 50
"""Schemas that are compared with each other: of patterns of keys, tuples, unions of envelopes."""
FORMATS: Final = {"date", "date-time", "binary"}

# Names of JavaScript, Mongoose, SQL and Swagger 2, in lower case. A JavaScript Date is a date-time.
_OTHER_NAMES: Final[dict[str, tuple[str, str]]] = {
    "date": ("string", "date-time"), "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"), "timestamp": ("string", "date-time"),
    "file": ("string", "binary"), "binary": ("string", "binary"), "buffer": ("string", "binary"),
    "text": ("string", ""), "str": ("string", ""), "objectid": ("string", ""),
    "uuid": ("string", ""), "guid": ("string", ""), "id": ("string", ""), "email": ("string", ""),
    "url": ("string", ""), "uri": ("string", ""), "varchar": ("string", ""), "char": ("string", ""),
    "enum": ("string", ""), "password": ("string", "password"),
    "int": ("integer", ""), "int32": ("integer", ""), "int64": ("integer", ""),
    "long": ("integer", ""), "bigint": ("integer", ""), "short": ("integer", ""),
    "float": ("number", ""), "double": ("number", ""), "decimal": ("number", ""),
    "numeric": ("number", ""), "bool": ("boolean", ""), "list": ("array", ""),
    "map": ("object", ""), "dict": ("object", ""), "json": ("", ""), "any": ("", ""),
    "mixed": ("", ""), "*": ("", ""),
}  # fmt: skip


def scalar_of(kind: Any) -> tuple[str, str] | None:
    """(type of JSON, format) for a `type`; the type is empty for anything, None when unknown."""
    if not isinstance(kind, str):
        return None
    if kind in SCALARS | {"object", "array", "null"}:
        return kind, ""
    name = kind.strip().lower()
    if name in SCALARS | {"object", "array", "null"}:
        return name, ""
    return _OTHER_NAMES.get(name)


def single_type(node: Json) -> Json:
    """OpenAPI 3.1's `type: [string, null]` and the like as 3.0 says them."""
    kinds: Any = node.get("type")
    if not is_array(kinds):
        return node
    names = [str(kind) for kind in kinds]
    real = [name for name in names if name != "null"]
    rest = {key: value for key, value in node.items() if key != "type"}
    if len(real) < len(names):
        rest["nullable"] = True
    if len(real) == 1:
        return {**rest, "type": real[0]}
    if not real:
        # `type: []` allows no value. It becomes an unknown type, which is reported by place.
        return {"type": "null"} if names else {**rest, "type": ""}
    if "enum" in rest:
        return rest
    kept = {key: value for key, value in rest.items() if key in ANNOTATIONS}
    bare = {key: value for key, value in rest.items() if key not in kept}
    return {**kept, "oneOf": [{**bare, "type": name} for name in real]}


def without_constraints(node: Json) -> Json:
    """Return `node` without alternatives that only say which fields have to come together."""

    def constrains(variants: Any) -> bool:
        if not is_array(variants) or not all(is_object(v) for v in variants):
            return False
        stated = [v.keys() - ANNOTATIONS - {"type"} for v in variants]
        return bool(stated) and all(keys == {"required"} for keys in stated)

    if "properties" not in node:
        return node
    unions = [key for key in ("oneOf", "anyOf") if constrains(node.get(key))]
    return {key: value for key, value in node.items() if key not in unions}


def without_patterns(node: Json) -> Json:
    """Return `node` as a map when only patterns of keys say what is in it, as TypeBox writes it."""
    patterns = node.get("patternProperties")
    if not is_object(patterns) or not 0 < len(patterns) <= MOST_ALIKE or node.get("properties"):
        return node
    values = list(patterns.values())
    extra: Any = node.get("additionalProperties")
    values += [extra] if is_object(extra) and extra else []
    rest = {key: value for key, value in node.items() if key != "patternProperties"}
    return {**rest, "additionalProperties": one_of(values)}


def without_positions(node: Json) -> Json:
    """Return `node` as an array of any of the schemas of its positions (a tuple)."""
    items: Any = node.get("items")
    positions: Any = items if is_array(items) else node.get("prefixItems")
    if not is_array(positions) or not 0 < len(positions) <= MOST_ALIKE:
        return node
    more: Any = node.get("additionalItems") if is_array(items) else items
    variants = [*positions, *([more] if is_object(more) and more else [])]
    rest = {k: v for k, v in node.items() if k not in ("prefixItems", "additionalItems")}
    return {**rest, "items": one_of(variants)}


def one_of(schemas: list[Any]) -> Any:
    """One schema for values of any of these."""
    different = [s for index, s in enumerate(schemas) if s not in schemas[:index]]
    return different[0] if len(different) == 1 else {"anyOf": different}


def implied_type(node: Json) -> str | None:
    """The type that the other keywords of a schema imply."""
    if "properties" in node or "additionalProperties" in node:
        return "object"
    if "items" in node:
        return "array"
    if node.get("format") in FORMATS or "pattern" in node or "maxLength" in node:
        return "string"
    return None
