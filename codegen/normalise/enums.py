"""Enums: the values that a schema lists."""

from __future__ import annotations

import re
from typing import Any

from ..document import Json, is_array
from ..escaping import excerpt
from ..findings import Findings

_MOST_MEMBERS = 1_000
_EXACT = 2**53
"""Whole numbers below are exact as a float (RFC 8259 section 6)."""
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
    if scalar and known:
        known = _as_declared(known, scalar, place, findings)
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
        single: Json = {"const": known[0]} if len(set(known)) == 1 else {}
        return {**plain, "type": "boolean", **single}
    if kinds <= {int, float}:
        return {**plain, "type": "number"}
    findings.fall_back("any", place, "an enum of mixed types")
    return {key: value for key, value in plain.items() if key != "type"}


def _as_declared(members: list[Any], scalar: str, place: str, findings: Findings) -> list[Any]:
    """The members as values of the declared type.

    YAML reads `1` as a number and `true` as a boolean, whatever `type` says, and "1" as a text.
    """
    read = {"string": _text, "integer": _integer, "boolean": _boolean}.get(scalar)
    made = [read(member) for member in members] if read else members
    if any(value is None for value in made):
        return members
    if any(type(a) is not type(b) for a, b in zip(made, members, strict=True)):
        findings.note(place, f"the members of the enum are taken for values of type {scalar}")
    return made


def _text(member: Any) -> str | None:
    if isinstance(member, bool):
        return str(member).lower()
    return str(member) if isinstance(member, str | int) else None


def _integer(member: Any) -> int | None:
    if isinstance(member, str) and re.fullmatch(r"-?[0-9]{1,18}", member):
        return int(member)
    if isinstance(member, float) and member.is_integer() and abs(member) < _EXACT:
        return int(member)
    return member if type(member) is int else None


def _boolean(member: Any) -> bool | None:
    named = {"true": True, "false": False}
    if isinstance(member, str):
        return named.get(member.strip().lower())
    return member if isinstance(member, bool) else None


def _length(members: list[Any]) -> int:
    """Characters of all members together, those of other kinds aside."""
    return sum(len(member) for member in members if isinstance(member, str))
