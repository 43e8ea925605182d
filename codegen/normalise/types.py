"""From normalised schemas to types, models and enums. Only what an operation reaches is built."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from attrs import define, evolve, field

from ..api import ANY, Discriminator, Enum, Field, Model, Type
from ..document import Json, as_object, is_array
from ..errors import Problem, UnsupportedDocument
from ..findings import Findings
from ..names import identifier, pascal, qualified_class_name, unique_identifiers
from ..runtime import MODEL_ATTRIBUTES
from ..source.references import component_name
from .inline_names import InlineNames
from .schemas import SchemaNormaliser
from .secrets import sounds_secret
from .unions import find_discriminator

_MOST_FIELDS = 100_000
_MOST_CLASSES = 4_000
"""GitHub's document has 1,500."""
_DEEPEST = 50
"""Models that are built inside each other."""
_LARGEST = 300
"""Types inside one type: variants of variants can double with every level."""


@define
class TypeBuilder:
    """Builds types and collects the classes that they name."""

    schemas: SchemaNormaliser
    names: InlineNames
    findings: Findings
    secrets: frozenset[tuple[str, str]] = frozenset()
    """(class, wire name) of fields that the overlay declares secret."""
    models: dict[str, Model] = field(factory=dict[str, Model])
    enums: dict[str, Enum] = field(factory=dict[str, Enum])
    _fields: int = field(default=0, init=False)
    """How many were built: thousands of operations may send one component of thousands."""
    _waiting: list[tuple[Json, str, str]] = field(factory=list[tuple[Json, str, str]], init=False)
    """Models whose fields are not built yet: schema, base of names, class."""
    _depth: int = field(default=0, init=False)
    _open: list[str] = field(factory=list[str], init=False)
    """Components that are being followed, to notice one that contains only itself."""
    _shared: dict[tuple[str, bool], Type] = field(factory=dict[tuple[str, bool], Type], init=False)
    """Types of components without a class, by name and whether they are sent."""

    def build(self, schema: Json, name: str, place: str, *, sent: bool, fallback: str = "") -> Type:
        """Return the type of a normalised schema.

        `name` is the class it should get if it needs one, `fallback` another one; `sent` says
        whether callers pass it.
        """
        if "$ref" in schema:
            return self._component(component_name(schema["$ref"]) or "", place, sent=sent)
        if schema.get("enum"):
            return self._enum(schema, self.names.choose(schema, name, fallback, place), place)
        if "oneOf" in schema:
            return self._union(schema, self.names.locked.get(place, name), place, sent=sent)
        kind: Any = schema.get("type")
        if kind == "array":
            items = self.item(schema.get("items", {}), f"{name}Item", f"{place}[]", sent=sent)
            return Type("array", inner=(items,))
        if kind == "object" and schema.get("properties"):
            chosen = self.names.choose(schema, name, fallback, place)
            return self._model(schema, chosen, place, sent=sent)
        if kind == "object":
            owner = self.names.locked.get(place, name)
            extra = as_object(schema.get("additionalProperties"))
            value = self.item(extra, f"{owner}Value", f"{place}{{}}", sent=sent)
            return Type("map", inner=(value,))
        if kind is None:
            return ANY
        form: Any = schema.get("format")
        return Type(form if form in ("date", "date-time", "binary") else kind)

    def item(self, schema: Json, name: str, place: str, *, sent: bool, fallback: str = "") -> Type:
        """The type of what is in an array or a map, which may be null there."""
        found = self.build(schema, name, place, sent=sent, fallback=fallback)
        if found.kind == "any" or not (schema.get("nullable") or self._may_be_null(schema)):
            return found
        if found.kind == "union":
            return evolve(found, inner=(*found.inner, Type("null")))
        return Type("union", inner=(found, Type("null")))

    def _may_be_null(self, schema: Json) -> bool:
        return bool(self.schemas.target(schema).get("nullable"))

    def fields(
        self,
        schema: Json,
        owner: str,
        place: str,
        *,
        sent: bool,
        class_name: str = "",
        reserved: Collection[str] = (),
    ) -> list[Field]:
        """The fields of an object, required ones first, then by wire name."""
        side = "readOnly" if sent else "writeOnly"
        properties = {w: p for w, p in schema["properties"].items() if not p.get(side)}
        identifiers = unique_identifiers(properties, reserved=reserved)
        required = set(schema.get("required", []))
        self._fields += len(properties)
        if self._fields > _MOST_FIELDS:
            reason = f"more than {_MOST_FIELDS:,} fields and arguments; remove some with [[patch]]"
            raise UnsupportedDocument([Problem(place, reason)])
        found: list[Field] = []
        for wire in sorted(properties, key=lambda w: (w not in required, w)):
            node: Json = properties[wire]
            target = self.schemas.target(node)
            if identifiers[wire] != identifier(wire):
                self._note_renamed(identifiers[wire], f"{place}.{wire}")
            secret = (
                target.get("format") == "password"
                or (class_name, wire) in self.secrets
                or sounds_secret(wire, target)
            )
            found.append(
                Field(
                    identifiers[wire],
                    wire,
                    self._property(node, owner, wire, f"{place}.{wire}", sent=sent),
                    wire in required,
                    bool(node.get("nullable") or target.get("nullable")),
                    secret,
                    str(node.get("description", "")),
                )
            )
        return found

    def _note_renamed(self, name: str, place: str) -> None:
        reason = f"is called {name}: the shorter name is another attribute of the class"
        self.findings.note(place, reason, kind="renamed")

    def _property(self, node: Json, owner: str, wire: str, place: str, *, sent: bool) -> Type:
        if node.get("type") == "array":
            name = qualified_class_name(owner, wire, item=True)
            items = self.item(node.get("items", {}), name, f"{place}[]", sent=sent)
            return Type("array", inner=(items,))
        name = qualified_class_name(owner, wire)
        fallback = pascal(f"{owner} {wire} value")
        return self.build(node, name, place, sent=sent, fallback=fallback)

    def _component(self, name: str, place: str, *, sent: bool) -> Type:
        schema = self.schemas.component(name)
        at = f"components.schemas.{name}"
        if schema.get("properties"):
            children = self._children(schema, name)
            if children is not None:
                return self._with_children(children, name, sent=sent)
            return self._model(schema, name, at, sent=sent)
        if schema.get("enum"):
            return self._enum(schema, name, at)
        if name in self._open:
            self.findings.fall_back("any", place, f"{name} contains nothing but itself")
            return ANY
        if (name, sent) in self._shared:
            return self._shared[name, sent]
        self._open.append(name)
        try:
            found = self._bounded(self.build(schema, name, at, sent=sent), at)
        finally:
            self._open.pop()
        self._shared[name, sent] = found
        return found

    def _bounded(self, type_: Type, place: str) -> Type:
        """The type, or Any when there is too much inside it."""
        if next(islice(type_.walk(), _LARGEST, None), None) is None:
            return type_
        self.findings.fall_back("any", place, f"more than {_LARGEST} types are inside this one")
        return ANY

    def _children(self, schema: Json, name: str) -> Discriminator | None:
        """How the classes that extend a base are distinguished; None when there are none."""
        declared = as_object(schema.get("discriminator"))
        wire, mapping = declared.get("propertyName"), as_object(declared.get("mapping"))
        used = tuple(
            (str(value), str(child))
            for value, child in sorted(mapping.items())
            if child != name and self.schemas.component(str(child)).get("properties")
        )
        return Discriminator(wire, used, name) if isinstance(wire, str) and used else None

    def _with_children(self, discriminator: Discriminator, name: str, *, sent: bool) -> Type:
        """The union of a base and the classes that extend it."""
        bases = [*dict.fromkeys(child for _, child in discriminator.mapping), name]
        variants = [
            self._model(self.schemas.component(base), base, f"components.schemas.{base}", sent=sent)
            for base in bases
        ]
        found = None if sent else discriminator
        return Type("union", inner=tuple(variants), discriminator=found)

    def _model(self, schema: Json, base: str, place: str, *, sent: bool) -> Type:
        name = self.names.input_name(base) if sent else base
        if name not in self.models:
            doc = str(schema.get("description", ""))
            self._check_classes(place)
            # Registered before its fields are built, which may refer to it.
            self.models[name] = Model(name, "", place, sent, (), doc)
            self._waiting.append((schema, base, name))
            if self._depth < _DEEPEST:
                self._fill_models()
        return Type("model", name)

    def _check_classes(self, place: str) -> None:
        if len(self.models) + len(self.enums) >= _MOST_CLASSES:
            reason = f"more than {_MOST_CLASSES:,} classes; remove some with [[patch]]"
            raise UnsupportedDocument([Problem(place, reason)])

    def _fill_models(self) -> None:
        """Build the fields of the models that wait for them.

        A chain of models may be longer than Python's stack is deep.
        """
        self._depth += 1
        while self._waiting:
            schema, base, name = self._waiting.pop()
            model = self.models[name]
            fields = self.fields(
                schema,
                base,
                model.place.unescaped,
                sent=model.is_input,
                class_name=name,
                reserved=MODEL_ATTRIBUTES,
            )
            self.models[name] = evolve(model, fields=tuple(fields))
        self._depth -= 1

    def _enum(self, schema: Json, name: str, place: str) -> Type:
        values: tuple[str | int, ...] = tuple(schema["enum"])
        if name not in self.enums:
            self._check_classes(place)
            self.enums[name] = Enum(name, "", place, values)
        return Type("enum", name, values)

    def _union(self, schema: Json, name: str, place: str, *, sent: bool) -> Type:
        nodes = self._variants(schema, set())
        variants = [
            self.build(node, _variant_name(node, name, index), f"{place}/{index}", sent=sent)
            for index, node in enumerate(nodes)
        ]
        unique = list(dict.fromkeys(variants))
        if ANY in unique:
            return ANY
        if sent:  # values that are sent need not be distinguished
            return unique[0] if len(unique) == 1 else Type("union", inner=tuple(unique))
        unique = list(dict.fromkeys(map(_text_for_date, unique))) if len(unique) > 1 else unique
        if len(unique) == 1:
            return unique[0]
        objects = {
            variant.name: node
            for variant, node in zip(variants, map(self.schemas.target, nodes), strict=True)
            if variant.kind == "model"
        }
        found = find_discriminator(schema.get("discriminator"), objects, self.schemas.target)
        reason = _indistinct(unique, has_discriminator=found is not None)
        if reason:
            self.findings.fall_back("any", place, reason)
            return ANY
        several = len(objects) > 1
        return Type("union", inner=tuple(unique), discriminator=found if several else None)

    def _variants(self, schema: Json, seen: set[str]) -> list[Json]:
        """The variants of a union, those of unions among them put in their place."""
        out: list[Json] = []
        for variant in schema["oneOf"]:
            reference = str(variant.get("$ref", ""))
            target = self.schemas.target(variant)
            if "oneOf" in target and reference not in seen:
                if reference:
                    seen.add(reference)
                out += self._variants(target, seen)
            elif "oneOf" not in target:
                out.append(variant)
        return out


def _text_for_date(variant: Type) -> Type:
    """Dates beside other variants stay text: nothing says which text is a date."""
    return Type("string") if variant.kind in ("date", "date-time") else variant


def _indistinct(variants: list[Type], *, has_discriminator: bool) -> str:
    """Why variants cannot be distinguished on the wire; empty when they can."""
    models = [v for v in variants if v.kind == "model"]
    maps = [v for v in variants if v.kind == "map"]
    arrays = [v for v in variants if v.kind == "array"]
    names = ", ".join(map(str, variants))
    if len(models) > 1 and not has_discriminator:
        models_named = ", ".join(v.name for v in models)
        return f"a union of {models_named} that nothing distinguishes; it needs a discriminator"
    if (len(models) > 0 and maps) or len(maps) > 1 or len(arrays) > 1:
        return f"the variants {names} cannot be distinguished on the wire"
    return ""


def _variant_name(variant: Json, owner: str, index: int) -> str:
    """A variant with a single-valued member is named after that value."""
    for value in as_object(variant.get("properties")).values():
        members: Any = value.get("enum")
        if is_array(members) and len(members) == 1:
            return owner + pascal(str(members[0]))
    return f"{owner}Option{index + 1}"
