"""Prune: components that nothing refers to any more (envelopes, error shapes) are left out."""

from __future__ import annotations

from typing import Any

from ..document import Json, is_array, is_object
from .references import component_name


def prune(paths: Json, components: Json) -> Json:
    """The components that `paths` reach."""
    live: set[str] = set()
    stack: list[Any] = [paths]
    while stack:
        node = stack.pop()
        if is_object(node):
            name = component_name(str(node.get("$ref", "")))
            if name and name not in live:
                live.add(name)
                stack.append(components[name])
            stack.extend(node.values())
        elif is_array(node):
            stack.extend(node)
    return {name: components[name] for name in sorted(live)}
