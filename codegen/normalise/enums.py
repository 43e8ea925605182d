"""Enums: the values that a schema lists."""

from __future__ import annotations

from typing import Any

from ..document import Json, is_array
from ..escaping import excerpt
from ..findings import Findings

_MOST_MEMBERS = 1_000
_LONGEST = 100_000
"""Characters of all members together."""


def normalise_enum(node: Json, out: Json, place: str, findings: Findings) -> Json:
    """Return the normal form of a schema with `enum` or `const`; `out` is kept beside it."""
    listed: Any = node["enum"] if "enum" in node else [node["const"]]
    declared = node.get("type")
    scalar = declared if declared in ("string", "integer", "number", "boolean") else None
    plain = {**out, "type": scalar} if scalar else out
    if not is_array(listed):
        reason = f"enum: a list was expected, got {excerpt(listed, 60)}; its values are not offered"
        findings.fall_back("text" if scalar == "string" else "any", place, reason)
        return plain
    if len(listed) > _MOST_MEMBERS or _length(listed) > _LONGEST:
        reason = f"an enum of {len(listed):,} members is too long to list; any value is allowed"
        findings.fall_back("text" if scalar == "string" else "any", place, reason)
        return plain
    known = [value for value in listed if value is not None]
    if len(known) < len(listed):
        plain = {**plain, "nullable": True}
    if not known:
        if not listed:
            findings.note(place, "an enum without members; any value is allowed")
        return plain
    kinds: set[Any] = {type(value) for value in known}
    if kinds in ({str}, {int}):
        name = "string" if kinds == {str} else "integer"
        return {**plain, "type": name, "enum": sorted(set(known))}
    if kinds == {bool}:
        return {**plain, "type": "boolean"}
    if kinds <= {int, float}:
        return {**plain, "type": "number"}
    findings.fall_back("any", place, "an enum of mixed types")
    return {key: value for key, value in plain.items() if key != "type"}


def _length(members: list[Any]) -> int:
    """Characters of all members together, those of other kinds aside."""
    return sum(len(member) for member in members if isinstance(member, str))
