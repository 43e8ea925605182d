"""What a change of a type means, to those who read it and to those who send it."""

from __future__ import annotations

from ...api import Type
from .change import Severity


def read_change(old: Type, new: Type) -> Severity:
    """A value that the SDK gives. Enums are open there: which class they have is completion."""
    if _same(old, new):
        return "none"
    if old.kind == new.kind and old.kind in ("array", "map"):
        return read_change(old.inner[0], new.inner[0])
    if {old.kind, new.kind} == {"enum", "string"}:
        return "minor"
    if old.kind == new.kind == "enum":
        return "minor"
    return "major"


def sent_change(old: Type, new: Type) -> Severity:
    """A value that callers pass: wider is minor, narrower is major."""
    if _same(old, new):
        return "none"
    if old.kind == new.kind and old.kind in ("array", "map"):
        return sent_change(old.inner[0], new.inner[0])
    if old.kind == new.kind == "enum":
        return "minor" if set(old.members) <= set(new.members) else "major"
    if (old.kind, new.kind) in (("enum", "string"), ("integer", "number")) or new.kind == "any":
        return "minor"
    if new.kind == "union" and any(sent_change(old, i) != "major" for i in new.inner):
        return "minor"
    return "major"


def _same(old: Type, new: Type) -> bool:
    # Enums are compared by their members: an alias of another name is the same type.
    if old.kind == new.kind == "enum":
        return old.members == new.members
    if (old.kind, old.name, len(old.inner)) != (new.kind, new.name, len(new.inner)):
        return False
    return all(_same(a, b) for a, b in zip(old.inner, new.inner, strict=True))
