"""allOf: its members merged into one schema.

The generator lets the first member win, so the usual envelope (a base that says `data: object`,
narrowed by the operation) loses its payload. Here the narrower one wins, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..document import Json, as_array, as_object, is_array, is_object, is_true
from ..escaping import excerpt
from ..findings import Findings, Unsupported
from ..source.references import follow

ANNOTATIONS = frozenset({
    "description", "title", "example", "examples", "default", "deprecated", "readOnly",
    "writeOnly", "nullable", "externalDocs", "xml", "$comment", "$schema", "$id", "$anchor",
})  # fmt: skip
"""Keywords that say nothing about which values are valid (`nullable` is handled apart)."""

_MOST_MEMBERS = 2_000
"""Members merged for one schema: nested allOf can double them with every level."""


def merge_all_of(
    document: Json, node: Json, place: str, findings: Findings, spend: Callable[[Any, str], None]
) -> Json:
    """Return `node` without its allOf. A single reference stays one, so that its class is kept.

    `spend` counts the members that are read, because each may be included a thousand times.

    Raises `Unsupported` when members exclude each other, or one includes itself.
    """
    return _Merge(document, findings, spend).merge(node, place, ())


class _Merge:
    def __init__(
        self, document: Json, findings: Findings, spend: Callable[[Any, str], None]
    ) -> None:
        self._document = document
        self._findings = findings
        self._spend = spend
        self._members = 0

    def merge(self, node: Json, place: str, stack: tuple[str, ...]) -> Json:
        listed = as_array(node["allOf"])
        if not listed:
            self._findings.note(place, "allOf without members; it is passed over")
        members = [m for m in listed if not is_object(m) or not _is_annotation(m)]
        rest = {key: value for key, value in node.items() if key != "allOf"}
        own = {key: value for key, value in rest.items() if not annotates(key)}
        beside = {key: value for key, value in rest.items() if annotates(key)}
        others = [m for m in members if m != {"type": "null"}]
        if others and len(others) < len(members):
            # No value is both; it is how some generators write that a reference may be null.
            self._findings.note(place, "null beside other members of allOf; taken for nullable")
            members, beside["nullable"] = others, True
        if any(is_object(m) and is_true(m.get("nullable")) for m in listed):
            beside["nullable"] = True
        only = members[0] if len(members) == 1 and is_object(members[0]) else None
        if only is not None and "$ref" in only and set(own) <= {"type"}:
            return {**only, **beside}
        out: Json = {}
        for index, member in enumerate([*members, own]):
            whole = self._resolved(member, f"{place}/allOf{index}", stack)
            if whole:
                out = self._combine(out, whole, place)
        # A member's nullability, and the discriminator of a base, are not those of the whole.
        own_only = {"nullable", "discriminator"} - rest.keys()
        kept = {k: v for k, v in out.items() if k not in own_only}
        return {**kept, **beside}

    def _resolved(self, member: Any, place: str, stack: tuple[str, ...]) -> Json:
        """A member with its references followed and its own allOf merged."""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise Unsupported(place, f"allOf has more than {_MOST_MEMBERS} members in all")
        while is_object(member) and "$ref" in member:
            reference = str(member["$ref"])
            if reference in stack:
                reason = f"allOf includes itself through {reference!r}, which adds nothing"
                self._findings.note(place, reason)
                return {}
            stack = (*stack, reference)
            beside = {k: v for k, v in member.items() if k != "$ref" and not annotates(k)}
            try:
                target = follow_once(self._document, reference)
            except LookupError as error:
                raise Unsupported(place, f"{error.args[0]}; define it") from None
            member = {"allOf": [target, beside]} if beside and is_object(target) else target
        if not is_object(member):
            raise Unsupported(place, f"a schema was expected, got {excerpt(member, 80)}")
        self._spend(member, place)
        if "allOf" not in member:
            return member
        merged = self.merge(member, place, stack)
        return self._resolved(merged, place, stack) if "$ref" in merged else merged

    def _combine(self, base: Json, over: Json, place: str) -> Json:
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
            raise Unsupported(place, f"members of allOf disagree: {names}")
        out = {**base, **over}
        if objects:
            out["properties"] = self._properties(base, over, place)
            required = [*as_array(base.get("required")), *as_array(over.get("required"))]
            if required:
                out["required"] = sorted({str(name) for name in required})
        if is_array(base.get("enum")) and is_array(over.get("enum")):
            out["enum"] = [value for value in base["enum"] if value in over["enum"]]
        return out

    def _properties(self, base: Json, over: Json, place: str) -> Json:
        out = dict(as_object(base.get("properties")))
        for name, schema in as_object(over.get("properties")).items():
            out[name] = self._more_specific(out.get(name), schema, f"{place}.{name}")
        return out

    def _more_specific(self, before: Any, after: Any, place: str) -> Any:
        """Of two schemas for one property: the one that says more, or both merged."""
        if not is_object(before) or is_unconstrained(before):
            return after
        if not is_object(after) or is_unconstrained(after):
            return before
        if before == after or "$ref" in before or "$ref" in after:
            return after
        try:
            return self._combine(before, after, place)
        except Unsupported as reason:  # it affects this property alone
            self._findings.fall_back("any", reason.place, reason.reason)
            return {}


def follow_once(document: Json, reference: str) -> Any:
    """The target of a reference, which may be a reference itself."""
    return follow(document, {"$ref": reference})


def is_unconstrained(schema: Json) -> bool:
    """Whether a schema allows any value, or any object."""
    stated = {key for key in schema if not annotates(key)}
    if schema.get("additionalProperties") in (True, {}):
        stated.discard("additionalProperties")
    return not stated or (stated == {"type"} and schema["type"] == "object")


def annotates(key: str) -> bool:
    """Whether a keyword says nothing about which values are valid."""
    return key in ANNOTATIONS or key.startswith("x-")


def _is_annotation(schema: Json) -> bool:
    return all(annotates(key) for key in schema)
