"""Schemas: every dialect lowered to the few forms that the generator carries without loss.

What comes out: a reference, an object with properties, a map (`x-sdk-map`), an array, a scalar, an
enum of strings or integers, a union, or `{}` for anything. Nullability is kept apart as
`x-nullable`, because the generator drops it beside references and raises on nulls elsewhere.
"""

from __future__ import annotations

from typing import Any, cast

from ..document import Json, is_array, is_object
from .combine import merge_all_of
from .references import component_name, follow
from .report import Report

_FORMATS = {"date", "date-time", "binary"}
_ANNOTATIONS = {
    "description", "title", "example", "examples", "default", "deprecated", "readOnly",
    "writeOnly", "externalDocs", "xml", "$comment", "$schema", "$id", "$anchor",
}  # fmt: skip
_STRUCTURAL = {
    "patternProperties", "prefixItems", "if", "then", "else", "dependentSchemas",
    "unevaluatedProperties", "propertyNames", "contains",
}  # fmt: skip
_SCALARS = {"string", "integer", "number", "boolean"}


class Lowering:
    """Lowers schemas of one document; problems go into the report."""

    def __init__(self, document: Json, report: Report) -> None:
        self.document, self.report = document, report

    def lower(self, schema: Any, place: str, stack: tuple[str, ...] = ()) -> Json:
        """The lowered form of `schema`; `stack` holds the references being put in place."""
        if schema is True or schema == {}:
            return {}
        if not is_object(schema):
            self.report.refuse(place, f"a schema was expected, got {schema!r}")
            return {}
        node = schema
        if "$ref" in node:
            return self._reference(node, place, stack)
        for keyword in sorted(k for k in _STRUCTURAL & node.keys() if node[k] is not False):
            self.report.refuse(place, f"{keyword!r} cannot be carried; describe it in the overlay")
        if "allOf" in node:
            node = merge_all_of(self, node, place, stack)
            if "$ref" in node:
                return self._reference(node, place, stack)
        node = _without_constraints(_single_type(node))
        if "oneOf" in node or "anyOf" in node:
            return self._union(node, place, stack)
        out = _kept(node)
        if "enum" in node or "const" in node:
            return self._enum(node, out, place)
        kind = node.get("type") or _implied_type(node)
        if kind == "object":
            return self._object(node, out, place, stack)
        if kind == "array":
            items = self.lower(node.get("items", {}), f"{place}[]", stack)
            return {**out, "type": "array", "items": items}
        if kind == "null":
            return {"x-nullable": True}
        if kind is None:
            return out
        return self._scalar(node, out, str(kind), place)

    def target(self, schema: Json) -> Json:
        """The component that a lowered reference names, or the schema itself."""
        name = component_name(str(schema.get("$ref", "")))
        components: Json = self.document.get("components", {}).get("schemas", {})
        return cast("Json", components.get(name, {})) if name else schema

    def _reference(self, node: Json, place: str, stack: tuple[str, ...]) -> Json:
        reference = str(node["$ref"])
        found = follow(self.document, {"$ref": reference}, place, self.report)
        nullable = {"x-nullable": True} if _is_nullable(node) else {}
        described = {"description": node["description"]} if node.get("description") else {}
        if component_name(reference):
            return {"$ref": self._end_of_chain(reference), **nullable, **described}
        # Into a sub-path or another section: a copy in place, as nothing else can name it.
        if reference in stack:
            self.report.refuse(place, f"the reference {reference!r} leads back to itself")
            return {}
        return {**self.lower(found, place, (*stack, reference)), **nullable, **described}

    def _end_of_chain(self, reference: str) -> str:
        """The component that is no alias of another: aliases get no class of their own."""
        seen: set[str] = set()
        while reference not in seen:
            seen.add(reference)
            target = self.target({"$ref": reference})
            following = str(target.get("$ref", ""))
            if not component_name(following):
                break
            reference = following
        return reference

    def _scalar(self, node: Json, out: Json, kind: str, place: str) -> Json:
        if kind == "file":
            return {**out, "type": "string", "format": "binary"}
        if kind not in _SCALARS:
            self.report.refuse(place, f"{kind!r} is not a type of JSON")
            return out
        made = {**out, "type": kind}
        if kind == "string" and node.get("format") in _FORMATS:
            # uuid among the others stays a plain string: an odd id must not crash a read.
            made["format"] = node["format"]
        if node.get("format") == "password":
            made["x-secret"] = True
        return made

    def _enum(self, node: Json, out: Json, place: str) -> Json:
        values: list[Any] = list(node["enum"]) if "enum" in node else [node["const"]]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            out["x-nullable"] = True
        if not known:
            if not values:
                self.report.refuse(place, "an enum without members")
            return out
        kinds: set[Any] = {type(value) for value in known}
        if kinds == {str} or kinds == {int}:
            unique: list[Any] = sorted(set(known))
            return {**out, "type": "string" if kinds == {str} else "integer", "enum": unique}
        if kinds == {bool}:
            return {**out, "type": "boolean"}
        if kinds <= {int, float}:
            return {**out, "type": "number"}
        self.report.ignore(place, "an enum of mixed types is typed as Any")
        return out

    def _object(self, node: Json, out: Json, place: str, stack: tuple[str, ...]) -> Json:
        properties: Any = node.get("properties") or {}
        extra: Any = node.get("additionalProperties", True)
        if not is_object(properties):
            self.report.refuse(place, "properties: an object was expected")
            return out
        if not properties:
            value = self.lower(extra, f"{place}{{}}", stack) if is_object(extra) else {}
            return {**out, "type": "object", "additionalProperties": value, "x-sdk-map": True}
        if is_object(extra) and extra:
            self.report.ignore(
                place, "typed additional properties are reachable through `raw` only"
            )
        made: Json = {**out, "type": "object", "properties": {}, "additionalProperties": False}
        for name in sorted(properties):
            raw: Any = properties[name]
            lowered = self.lower(raw, f"{place}.{name}", stack)
            if is_object(raw):
                for mark in ("readOnly", "writeOnly"):
                    if raw.get(mark) is True:
                        lowered[f"x-{mark}"] = True
            made["properties"][name] = lowered
        required: Any = node.get("required")
        if is_array(required):
            known = sorted({str(n) for n in required} & set(properties))
            if known:
                made["required"] = known
        return made

    def _union(self, node: Json, place: str, stack: tuple[str, ...]) -> Json:
        if node.get("properties"):
            self.report.refuse(
                place, "oneOf or anyOf beside properties would lose the properties; use allOf"
            )
        if "oneOf" in node and "anyOf" in node:
            self.report.refuse(place, "oneOf beside anyOf cannot be carried")
        keyword = "oneOf" if "oneOf" in node else "anyOf"
        variants = [
            self.lower(variant, f"{place}/{keyword}{index}", stack)
            for index, variant in enumerate(cast("list[Any]", node[keyword]))
        ]
        out = _kept(node)
        real = [v for v in variants if v != {"x-nullable": True}]
        if len(real) < len(variants):
            out["x-nullable"] = True
        if len(real) == 1:
            return {**real[0], **out}
        if not real or any(not (v.keys() - {"description", "x-nullable"}) for v in real):
            return out  # a variant that takes anything
        made: Json = {**out, "oneOf": real}
        if is_object(node.get("discriminator")):
            made["x-discriminator"] = node["discriminator"]
        return made


def _single_type(node: Json) -> Json:
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
        return {"type": "null"}
    if "enum" in rest:
        return rest
    kept = {key: value for key, value in rest.items() if key in _ANNOTATIONS | {"nullable"}}
    bare = {key: value for key, value in rest.items() if key not in kept}
    return {**kept, "oneOf": [{**bare, "type": name} for name in real]}


def _without_constraints(node: Json) -> Json:
    """`node` without alternatives that only say which fields have to come together."""

    def constrains(variants: Any) -> bool:
        told = [v.keys() - _ANNOTATIONS - {"type"} for v in variants if is_object(v)]
        return bool(told) and len(told) == len(variants) and all(t == {"required"} for t in told)

    if "properties" not in node:
        return node
    unions = [key for key in ("oneOf", "anyOf") if key in node and constrains(node[key])]
    return {key: value for key, value in node.items() if key not in unions}


def _kept(node: Json) -> Json:
    out: Json = {}
    if isinstance(node.get("description"), str):
        out["description"] = node["description"]
    if _is_nullable(node):
        out["x-nullable"] = True
    return out


def _is_nullable(node: Json) -> bool:
    return node.get("nullable") is True or node.get("x-nullable") is True


def _implied_type(node: Json) -> str | None:
    if "properties" in node or "additionalProperties" in node:
        return "object"
    if "items" in node:
        return "array"
    if node.get("format") in _FORMATS or "pattern" in node or "maxLength" in node:
        return "string"
    return None
