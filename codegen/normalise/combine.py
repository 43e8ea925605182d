"""allOf: its members merged into one schema.

The generator lets the first member win, so the usual envelope (a base that says `data: object`,
narrowed by the operation) loses its payload. Here the narrower one wins, whichever comes first.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from ..document import Json, is_array, is_object
from .references import follow

if TYPE_CHECKING:
    from .schemas import Lowering

_SIDE = {"description", "title", "example", "examples", "default", "deprecated", "nullable"}


def merge_all_of(lowering: Lowering, node: Json, place: str, stack: tuple[str, ...]) -> Json:
    """`node` without its allOf. A single reference stays one, so that its class is kept."""
    members = [m for m in node["allOf"] if not is_object(m) or m.keys() - _SIDE]
    rest = {key: value for key, value in node.items() if key != "allOf"}
    own = {key: value for key, value in rest.items() if key not in _SIDE}
    beside = {key: value for key, value in rest.items() if key in _SIDE}
    for member in node["allOf"]:
        if is_object(member) and member.get("nullable") is True:
            beside["nullable"] = True
    only = members[0] if len(members) == 1 and is_object(members[0]) else None
    if only is not None and "$ref" in only and set(own) <= {"type"}:
        return {**only, **beside}
    out: Json = {}
    for index, member in enumerate([*members, own]):
        whole = _whole(lowering, member, f"{place}/allOf{index}", stack)
        if whole:
            out = _merge(lowering, out, whole, place)
    return {**{k: v for k, v in out.items() if k != "nullable" or "nullable" in rest}, **beside}


def _whole(lowering: Lowering, member: Any, place: str, stack: tuple[str, ...]) -> Json:
    """A member with its references followed and its own allOf merged."""
    while is_object(member) and "$ref" in member:
        reference = str(member["$ref"])
        if reference in stack:
            lowering.report.refuse(place, f"allOf includes itself through {reference!r}")
            return {}
        stack = (*stack, reference)
        member = follow(lowering.document, {"$ref": reference}, place, lowering.report)
    if not is_object(member):
        lowering.report.refuse(place, f"a schema was expected, got {member!r}")
        return {}
    found = copy.deepcopy(member)
    if "allOf" not in found:
        return found
    merged = merge_all_of(lowering, found, place, stack)
    return _whole(lowering, merged, place, stack) if "$ref" in merged else merged


def _merge(lowering: Lowering, base: Json, over: Json, place: str) -> Json:
    """Both schemas at once; the narrower statement of each keyword."""
    if not base:
        return over
    kinds = {str(s["type"]) for s in (base, over) if isinstance(s.get("type"), str)}
    if kinds == {"integer", "number"}:
        kinds = {"integer"}
        base, over = {**base, "type": "integer"}, {**over, "type": "integer"}
    objects = "properties" in base or "properties" in over
    if len(kinds) > 1 or (objects and kinds - {"object"}):
        names = " and ".join(sorted(kinds | ({"object"} if objects else set())))
        lowering.report.refuse(place, f"members of allOf disagree: {names}")
        return over
    out = {**base, **over}
    if objects:
        out["properties"] = dict(base.get("properties", {}))
        for name, schema in over.get("properties", {}).items():
            before = out["properties"].get(name)
            out["properties"][name] = _narrower(lowering, before, schema, f"{place}.{name}")
        required = [*base.get("required", []), *over.get("required", [])]
        if required:
            out["required"] = sorted(set(required))
    if is_array(base.get("enum")) and is_array(over.get("enum")):
        out["enum"] = [value for value in base["enum"] if value in over["enum"]]
    return out


def _narrower(lowering: Lowering, before: Any, after: Any, place: str) -> Any:
    """Of two schemas for one property: the one that says more, or both merged."""
    if not is_object(before) or _says_nothing(before):
        return after
    if not is_object(after) or _says_nothing(after):
        return before
    if before == after or "$ref" in before or "$ref" in after:
        return after
    return _merge(lowering, before, after, place)


def _says_nothing(schema: Json) -> bool:
    """Whether a schema takes any value, or any object."""
    told = {key for key in schema if key not in _SIDE and not key.startswith("x-")}
    if schema.get("additionalProperties") in (True, {}):
        told.discard("additionalProperties")
    return not told or (told == {"type"} and schema["type"] == "object")
