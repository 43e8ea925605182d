"""Schemas: every dialect brought into the few forms of OpenAPI 3.0 that have one meaning.

The result is a reference, an object with properties, a map (an object without), an array, a scalar,
an enum of strings or integers, a union (`oneOf`), or `{}` for anything; with `nullable`,
`readOnly`, `writeOnly`, `description` and `format: password` beside it. What has no such form
becomes `{}` or the nearest one, with a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..document import Json, as_array, as_object, as_text, is_array, is_object, is_true
from ..errors import Problem, UnsupportedDocument
from ..escaping import excerpt
from ..findings import Findings, Unsupported
from ..source.references import component_name, follow
from .all_of import ANNOTATIONS, merge_all_of
from .dialects import (
    implied_type,
    scalar_of,
    single_type,
    without_constraints,
    without_patterns,
    without_positions,
)
from .enums import normalise_enum

_STRUCTURAL = {
    "patternProperties", "prefixItems", "if", "then", "else", "dependentSchemas",
    "unevaluatedProperties", "propertyNames", "contains",
}  # fmt: skip
_DECISIVE = {"type", "allOf", "oneOf", "anyOf", "$dynamicRef", "$recursiveRef"}
"""Keywords that make a schema more than `{}`: if they are not understood, that is a fallback."""
_OF_TYPE = {"properties": "object", "items": "array"}
"""Keywords that say something about values of one type only."""
_MOST_PROPERTIES = 2_000
_MOST_EXPANSIONS = 50_000
"""Schemas that are normalised, copies in place of references included: the copies of a document of
a kilobyte can double with every level."""
_READ_AT_ONCE = 1_000
"""Members and characters of a schema that count as one."""
_DEEPEST = 60
"""Nesting of inline schemas: a document that needs more was not written by people."""


class SchemaNormaliser:
    """Normalises the schemas of one document."""

    def __init__(
        self, document: Json, findings: Findings, any_places: Mapping[str, str] | None = None
    ) -> None:
        self.document = document
        self.findings = findings
        self.any_used: set[str] = set()
        self._any_places = any_places or {}
        self._depth = 0
        self._expansions = 0
        self._sound: set[str] = set()  # references to components that were followed once
        self._components: dict[str, Json] = {}
        self._under_way: set[str] = set()

    def component(self, name: str) -> Json:
        """The component of this name, normalised once."""
        if name not in self._components:
            schemas: Json = self.document["components"]["schemas"]
            if name in self._under_way or name not in schemas:
                return {}
            self._under_way.add(name)
            depth, self._depth = self._depth, 0
            self._components[name] = self.normalise(schemas[name], f"components.schemas.{name}")
            self._depth = depth
            self._under_way.discard(name)
        return self._components[name]

    def normalise(self, schema: Any, place: str, stack: tuple[str, ...] = ()) -> Json:
        """Return the normal form of `schema`; `stack` has the references being put in place."""
        if place in self._any_places:
            self.any_used.add(place)
            self.findings.note(place, f"is Any by the overlay: {self._any_places[place]}")
            return {}
        if self._depth >= _DEEPEST:
            return self._any(place, "it is nested too deeply")
        self._spend(schema, place)
        self._depth += 1
        try:
            return self._normalise(schema, place, stack)
        except Unsupported as reason:
            return self._any(reason.place, reason.reason)
        finally:
            self._depth -= 1

    def _spend(self, schema: Any, place: str) -> None:
        """Count a schema that is read, a large one several times; there is a limit for all."""
        members = as_object(schema).values()
        sizes = [len(as_text(v)) + len(as_array(v)) + len(as_object(v)) for v in members]
        self._expansions += 1 + sum(sizes) // _READ_AT_ONCE
        if self._expansions > _MOST_EXPANSIONS:
            reason = f"there are more than {_MOST_EXPANSIONS:,} schemas with what they refer to"
            raise UnsupportedDocument([Problem(place, f"{reason}; remove some with [[patch]]")])

    def target(self, schema: Json) -> Json:
        """The component that a normalised reference names, or the schema itself."""
        name = component_name(schema.get("$ref"))
        return self.component(name) if name else schema

    def _any(self, place: str, reason: str) -> Json:
        self.findings.fall_back("any", place, reason)
        return {}

    def _normalise(self, schema: Any, place: str, stack: tuple[str, ...]) -> Json:
        if schema is True or schema == {}:
            return {}
        if not is_object(schema):
            return self._any(place, f"a schema was expected, got {excerpt(schema, 80)}")
        node = schema
        if "$ref" in node:
            return self._reference(node, place, stack)
        node = self._as_map_or_list(node, place)
        structural = sorted(k for k in _STRUCTURAL & node.keys() if node[k] is not False)
        if structural:
            self.findings.note(
                place, f"{', '.join(structural)} cannot be expressed; the rest of it is used"
            )
        if is_array(node.get("allOf")):
            inner = [as_text(as_object(member).get("$ref")) for member in node["allOf"]]
            again = next((name for name in inner if name in stack), None)
            if again is not None and len(node["allOf"]) + len(node) > 2:
                reason = f"{again} within itself: only `additional_properties` has the rest"
                self.findings.note(place, reason)
                return self._reference({"$ref": again, **_kept(node)}, place, ())
            stack = (*stack, *filter(component_name, dict.fromkeys(inner[:_DEEPEST])))
            node = merge_all_of(self.document, node, place, self.findings, self._spend)
            if "$ref" in node:
                return self._reference(node, place, stack)
        node = without_constraints(single_type(node))
        if is_array(node.get("oneOf")) or is_array(node.get("anyOf")):
            return self._union(node, place, stack)
        out = _kept(node)
        kind = node.get("type") or implied_type(node)
        if kind in ("array", "Array") and "enum" in node:
            self.findings.note(place, "enum is on the array; it is taken for that of its items")
            items = {**as_object(node.get("items")), "enum": node["enum"]}
            node = {**{k: v for k, v in node.items() if k != "enum"}, "items": items}
        if "enum" in node or "const" in node:
            return normalise_enum(node, out, place, self.findings)
        return self._by_type(node, out, kind, place, stack)

    def _as_map_or_list(self, node: Json, place: str) -> Json:
        """The schema without patterns of keys and without positions of items, where it can be."""
        made = without_patterns(node)
        if made is not node:
            self.findings.note(place, "patternProperties: the values of all keys are read alike")
        out = without_positions(made)
        if out is not made:
            self.findings.note(place, "the items of the tuple are read alike, whatever their place")
        return out

    def _by_type(
        self, node: Json, out: Json, kind: Any, place: str, stack: tuple[str, ...]
    ) -> Json:
        if kind is None or kind == "":
            lost = sorted(_DECISIVE & node.keys())
            reason = f"{', '.join(lost)}: nothing that says which values are valid"
            return {**self._any(place, reason), **out} if lost else out
        known = scalar_of(kind)
        if known is None:
            return {**self._any(place, f"{excerpt(kind, 40)} is not a type of JSON"), **out}
        name, form = known
        if name != kind:
            wanted = f"type {name}" + (f" with format {form}" if form else "")
            self.findings.note(
                place, f"{excerpt(kind, 40)} is not a type of JSON; it is taken for {wanted}"
            )
        foreign = [k for k, own in _OF_TYPE.items() if own != name and node.get(k)]
        if name and foreign:
            reason = f"{', '.join(foreign)} does not go with type {name}; not used"
            self.findings.note(place, reason)
        if name == "object":
            return self._object(node, out, place, stack)
        if name == "array":
            items = self.normalise(node.get("items", {}), f"{place}[]", stack)
            return {**out, "type": "array", "items": items}
        if name == "null":
            return {"nullable": True}
        if not name:
            return out
        made = {**out, "type": name}
        given = form or as_text(node.get("format"))
        if name == "string" and (given in ("date", "date-time", "binary", "password")):
            # uuid among the others stays a plain string: an odd id must not crash a read.
            made["format"] = given
        elif name == "string" and _is_upload(node):
            made["format"] = "binary"
        return made

    def _reference(self, node: Json, place: str, stack: tuple[str, ...]) -> Json:
        reference = str(node["$ref"])
        structural = {
            k: v for k, v in node.items() if k not in {"$ref", *ANNOTATIONS} and k[:2] != "x-"
        }
        if not is_array(structural.get("required")):
            structural.pop("required", None)  # `required: true` is said of the field, not of this
        # OpenAPI 3.1: a reference with keywords beside it means both. The generator ignores them:
        # https://github.com/openapi-generators/openapi-python-client/issues/1243
        if structural:
            kept = {k: v for k, v in node.items() if k in ANNOTATIONS}
            both = {**kept, "allOf": [{"$ref": reference}, structural]}
            return self._normalise(both, place, stack)
        kept = _kept(node)
        if reference in self._sound:
            return {"$ref": self._end_of_chain(reference), **kept}
        try:
            found = follow(self.document, {"$ref": reference})
        except LookupError as error:
            return {**self._any(place, f"{error.args[0]}; define it"), **kept}
        if component_name(reference):
            self._sound.add(reference)
            return {"$ref": self._end_of_chain(reference), **kept}
        # Into a sub-path or another section: a copy in place, as nothing else can name it.
        if reference in stack:
            return self._any(place, f"the reference {reference!r} leads back to itself")
        return {**self.normalise(found, place, (*stack, reference)), **kept}

    def _end_of_chain(self, reference: str) -> str:
        """The component that is no alias of another: aliases get no class of their own."""
        schemas: Json = self.document["components"]["schemas"]
        seen: set[str] = set()
        while reference not in seen:
            seen.add(reference)
            following = as_object(schemas.get(component_name(reference) or "")).get("$ref")
            if not isinstance(following, str) or component_name(following) not in schemas:
                break
            reference = following
        return reference

    def _object(self, node: Json, out: Json, place: str, stack: tuple[str, ...]) -> Json:
        properties: Any = node.get("properties") or {}
        extra: Any = node.get("additionalProperties", True)
        if not is_object(properties):
            self.findings.fall_back("any", place, "properties: an object was expected")
            properties = {}
        if len(properties) > _MOST_PROPERTIES:
            reason = f"{len(properties):,} properties; at most {_MOST_PROPERTIES:,} are typed"
            self.findings.fall_back("any", place, reason)
            properties, extra = {}, True
        if not properties:
            value = self.normalise(extra, f"{place}{{}}", stack) if is_object(extra) else {}
            return {**out, "type": "object", "additionalProperties": value}
        if is_object(extra) and extra:
            self.findings.note(place, "additional properties are read without their type")
        made: Json = {**out, "type": "object", "properties": {}}
        for name in sorted(properties):
            raw: Any = properties[name]
            normalised = self.normalise(raw, f"{place}.{name}", stack)
            sides = {s: True for s in ("readOnly", "writeOnly") if is_true(as_object(raw).get(s))}
            made["properties"][name] = {**normalised, **sides}
        if is_object(node.get("discriminator")):
            made["discriminator"] = node["discriminator"]
        required = self._required(node, properties, place)
        if required:
            made["required"] = required
        return made

    def _required(self, node: Json, properties: Json, place: str) -> list[str]:
        """The names of the required properties."""
        listed: Any = node.get("required")
        if listed is not None and not is_array(listed):
            self.findings.note(
                place, f"required: a list of names was expected, got {excerpt(listed, 40)}"
            )
        known = {str(name) for name in as_array(listed)} & set(properties)
        for name, schema in properties.items():
            if is_true(as_object(schema).get("required")):  # the way of JSON Schema draft 3
                self.findings.note(f"{place}.{name}", "required: true makes the field required")
                known.add(name)
        return sorted(known)

    def _union(self, node: Json, place: str, stack: tuple[str, ...]) -> Json:
        if as_object(node.get("properties")):
            return self._any(
                place, "oneOf or anyOf beside properties would lose the properties; use allOf"
            )
        if is_array(node.get("oneOf")) and is_array(node.get("anyOf")):
            return self._any(place, "oneOf beside anyOf cannot be expressed")
        keyword = "oneOf" if is_array(node.get("oneOf")) else "anyOf"
        variants = [
            self.normalise(variant, f"{place}/{keyword}{index}", stack)
            for index, variant in enumerate(node[keyword])
        ]
        out = _kept(node)
        if not variants:
            return {**self._any(place, f"{keyword} without variants"), **out}
        real = [v for v in variants if v != {"nullable": True}]
        if len(real) < len(variants):
            out["nullable"] = True
        if len(real) == 1:
            return {**real[0], **out}
        if not real or any(not (v.keys() - {"description", "nullable"}) for v in real):
            return out  # a variant that takes anything
        made: Json = {**out, "oneOf": real}
        if is_object(node.get("discriminator")):
            made["discriminator"] = node["discriminator"]
        return made


def _kept(node: Json) -> Json:
    """The description and the nullability of a schema."""
    out: Json = {}
    if isinstance(node.get("description"), str) and node["description"]:
        out["description"] = node["description"]
    if is_true(node.get("nullable")):
        out["nullable"] = True
    return out


def _is_upload(node: Json) -> bool:
    """Whether a string is a file by OpenAPI 3.1's keywords."""
    media = as_text(node.get("contentMediaType"))
    return bool(media) and media != "application/json" and "contentEncoding" not in node
