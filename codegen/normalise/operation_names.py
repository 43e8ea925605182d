"""Names of operations: by lock, overlay, or rule. The document's order has no effect."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from keyword import iskeyword
from typing import Any

from attrs import frozen

from ..document import METHODS, Json, is_array, is_object
from ..escaping import excerpt
from ..findings import Findings
from ..lock import LockedOperation
from ..names import (
    bounded,
    escape_keyword,
    fallback_names,
    free_name,
    method_name,
    resource_name,
    snake,
)
from ..runtime import CLIENT_ATTRIBUTES, RESOURCE_ATTRIBUTES
from ..source.overlay import Overlay


@frozen
class Named:
    """What the name of an operation depends on."""

    place: str
    method: str
    path: str
    kind: str
    resource: str
    siblings: frozenset[str]
    """The methods of the same path."""

    @property
    def rank(self) -> tuple[bool, int, str, int]:
        """Who gets the short name: the record before the whole collection, then short paths."""
        on_collection = self.method in ("put", "patch", "delete") and self.path.count("{") == 0
        depth = self.path.count("/")
        return on_collection and depth == 1, depth, self.path, METHODS.index(self.method)


def resource_of(
    operation: Json, path: str, place: str, overlay: Overlay, findings: Findings
) -> str:
    """Return the attribute of the client for an operation: by its first tag, or its path."""
    tag = _first_tag(operation.get("tags"), place, findings)
    if not tag:
        segments = [s for s in path.split("/") if s and not s.startswith("{")]
        tag = segments[0].partition(":")[0] if segments else "default"
    return overlay.tags.get(tag) or resource_name(tag, reserved=CLIENT_ATTRIBUTES)


def name_operations(
    operations: Collection[Named],
    overlay: Overlay,
    locked: Mapping[str, LockedOperation],
    findings: Findings,
) -> dict[str, str]:
    """Return the method name of each operation, by place."""
    names: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for named in sorted(operations, key=lambda n: n.rank):
        if named.place in locked:
            names[named.place] = locked[named.place].name.split(".")[-1]
            taken.add((named.resource, names[named.place]))
    for named in sorted(operations, key=lambda n: n.rank):
        given: Any = overlay.operations.get(named.place, {}).get("name")
        if named.place in names or given is None:
            continue
        name = str(given)
        free = name not in RESOURCE_ATTRIBUTES and (named.resource, name) not in taken
        if not free or not name.isidentifier() or iskeyword(name):
            findings.note(
                f"overlay.toml operation {named.place}",
                f"the name {named.resource}.{name} cannot be used: it is taken, or no identifier",
                kind="stale",
            )
            continue
        names[named.place] = name
        taken.add((named.resource, name))
    for named in sorted(operations, key=lambda n: n.rank):
        if named.place not in names:
            own = {name for resource, name in taken if resource == named.resource}
            names[named.place] = _by_rule(named, own, findings)
            taken.add((named.resource, names[named.place]))
    return names


def _by_rule(named: Named, taken: set[str], findings: Findings) -> str:
    name = method_name(named.method, named.path, kind=named.kind, siblings=named.siblings)
    candidates = [name, *fallback_names(name, named.method, named.path)]
    usable = [_usable(candidate, named.method) for candidate in candidates]
    for candidate in usable:
        if candidate not in taken:
            if candidate != usable[0]:
                findings.note(
                    named.place,
                    f"is {named.resource}.{candidate}: {usable[0]} is another operation",
                    kind="renamed",
                )
            return candidate
    return free_name(usable[-1], taken)


def _usable(name: str, method: str) -> str:
    """An identifier that no attribute of a resource has."""
    name = bounded(name)
    if not name.isidentifier():
        name = f"{method}_{name}".rstrip("_")
    return f"{name}_" if name in RESOURCE_ATTRIBUTES else escape_keyword(name)


def _first_tag(tags: Any, place: str, findings: Findings) -> str:
    """The first tag as text, whatever form it has; empty when there is none that can be a name."""
    first: Any = tags[0] if is_array(tags) and tags else tags
    if is_object(first):
        first = first.get("name")
    if isinstance(first, bool) or not isinstance(first, (str, int, float)):
        first = ""
    text = str(first).strip()
    if tags and not (is_array(tags) and isinstance(tags[0], str)):
        findings.note(
            f"{place} → tags", f"a list of texts was expected; taken for {excerpt(text, 60)}"
        )
    return text if snake(text) else ""
