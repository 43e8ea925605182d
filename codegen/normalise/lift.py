"""Lift: inline objects, enums, maps and unions become named components, each by its owner.

A name belongs to the place that owns it and is fixed by the lock, so that a change at one place
never renames another. Equal enums of one name are one class.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import define, field

from ..document import Json, is_array, is_object
from ..names import owned_name, pascal
from .report import Report
from .schemas import Lowering

_TEXT = {"description"}


@define
class Lifter:
    """Gives names and collects components."""

    lowering: Lowering
    report: Report
    fixed: dict[str, str]
    """Names by owning place, from the lock and the overlay."""
    components: Json = field(factory=dict[str, Any])
    names: dict[str, str] = field(factory=dict[str, str])
    """Names by owning place, of this run."""
    _shapes: dict[str, str] = field(factory=dict[str, str])

    def add_component(self, name: str, schema: Json) -> None:
        """A component of the document itself: it keeps its name."""
        self.components[name] = schema
        self._shapes[name] = _shape(schema)

    def lift_component(self, name: str) -> None:
        """Lift what is inline within a component."""
        self.components[name] = self._inside(
            self.components[name], name, f"components.schemas.{name}"
        )

    def lift(self, schema: Json, name: str, place: str, *, fallback: str = "") -> Json:
        """`schema` with a reference in place of what needs a class of its own.

        `name` is what it would like to be called; `fallback` what else, when that is taken by
        something different.
        """
        if "$ref" in schema or not _needs_name(schema):
            return self._inside(schema, name, place)
        nullable = {"x-nullable": True} if schema.get("x-nullable") else {}
        described = {"description": schema["description"]} if schema.get("description") else {}
        bare = {key: value for key, value in schema.items() if key != "x-nullable"}
        if bare.get("enum"):
            bare.pop("description", None)
        chosen = self._name(bare, name, fallback, place)
        if chosen not in self.components:
            self.components[chosen] = bare  # before its inside, which may name it
            self._shapes[chosen] = _shape(bare)
            self.components[chosen] = self._inside(bare, chosen, place)
        self.names[place] = chosen
        return {"$ref": f"#/components/schemas/{chosen}", **nullable, **described}

    def lift_body(self, schema: Json, name: str, owner: str, place: str) -> Json:
        """A body whose fields become keyword arguments: what is inline in it is the entity's."""
        made = {**schema, "x-sdk-body": True}
        self.components[name] = self._inside(made, owner, place)
        self._shapes[name] = _shape(made)
        return {"$ref": f"#/components/schemas/{name}"}

    def _name(self, schema: Json, name: str, fallback: str, place: str) -> str:
        shape = _shape(schema)
        # The place itself gives a name that is long, but nobody else's.
        wanted = [self.fixed.get(place, ""), name, fallback, pascal(place)]
        for candidate in (c for c in wanted if c):
            if candidate not in self.components or self._shapes[candidate] == shape:
                if candidate == wanted[-1]:
                    self.report.ignore(place, f"is {candidate}: a shorter name is another class")
                return candidate
        self.report.refuse(
            place,
            f"the names {', '.join(dict.fromkeys(c for c in wanted if c))} are taken by something "
            "different; rename one of them in the overlay",
        )
        return name

    def _inside(self, schema: Json, owner: str, place: str) -> Json:
        if "$ref" in schema:
            return schema
        out = dict(schema)
        if "properties" in out:
            out["properties"] = {
                wire: self.lift(value, owned_name(owner, wire), f"{place}.{wire}",
                                fallback=pascal(f"{owner} {wire} value"))
                if self.lowering.target(value).get("type") != "array"
                else self._array(value, owner, wire, f"{place}.{wire}")
                for wire, value in out["properties"].items()
            }  # fmt: skip
        if out.get("type") == "array":
            out["items"] = self.lift(out["items"], f"{owner}Item", f"{place}[]")
        if "additionalProperties" in out and is_object(out["additionalProperties"]):
            value = out["additionalProperties"]
            out["additionalProperties"] = self.lift(value, f"{owner}Value", f"{place}{{}}")
        if "oneOf" in out:
            out["oneOf"] = [
                self.lift(variant, _variant_name(variant, owner, index), f"{place}/{index}")
                for index, variant in enumerate(out["oneOf"])
            ]
        return out

    def _array(self, schema: Json, owner: str, wire: str, place: str) -> Json:
        if "$ref" in schema:
            return schema
        items = self.lift(schema["items"], owned_name(owner, wire, item=True), f"{place}[]")
        return {**schema, "items": items}


def _needs_name(schema: Json) -> bool:
    if schema.get("enum") or schema.get("properties") or schema.get("x-sdk-map"):
        return True
    return "oneOf" in schema


def _variant_name(variant: Json, owner: str, index: int) -> str:
    """A variant that says what it is by a single-valued member is named after that."""
    for value in variant.get("properties", {}).values():
        members: Any = value.get("enum")
        if is_array(members) and len(members) == 1:
            return owner + pascal(str(members[0]))
    return f"{owner}Option{index + 1}"


def _shape(schema: Any) -> str:
    """What makes two schemas the same class: everything but texts."""

    def bare(node: Any) -> Any:
        if is_object(node):
            return {k: bare(v) for k, v in node.items() if k not in _TEXT}
        return [bare(v) for v in node] if is_array(node) else node

    return json.dumps(bare(schema), sort_keys=True)
