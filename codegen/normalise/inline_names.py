"""Inline names: objects and enums within other schemas become classes, each named by its owner.

A name belongs to the place that owns it and is fixed by the lock, so that a change at one place
never renames another. Equal enums of one name are one class.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import define, field

from ..document import Json, is_array, is_object
from ..findings import Findings
from ..names import class_name, free_number
from ..runtime import NAMES

_NO_DIFFERENCE = {"description", "nullable", "readOnly", "writeOnly"}


@define
class InlineNames:
    """The class names of one document."""

    component: Callable[[str], Json]
    """The normalised component of a name."""
    components: Collection[str]
    """The names of all components."""
    locked: Mapping[str, str]
    """Names by owning place, from the lock and the overlay."""
    findings: Findings
    by_place: dict[str, str] = field(factory=dict[str, str], init=False)
    """Names by owning place, of this run."""
    _shapes: dict[str, str] = field(factory=dict[str, str], init=False)
    _taken: dict[str, str] = field(factory=dict[str, str], init=False)
    """Name by its lower case: file systems may ignore case."""

    def __attrs_post_init__(self) -> None:
        self._taken = {name.lower(): name for name in self.components}

    def choose(self, schema: Json, wanted: str, fallback: str, place: str) -> str:
        """Name the class of an inline schema; equal schemas of one name share it."""
        if place in self.by_place:
            return self.by_place[place]
        shape = _shape(schema)
        # The place itself gives a name that is long, but nobody else's.
        candidates = [self.locked.get(place, ""), wanted, fallback, class_name(place)]
        names = list(dict.fromkeys(class_name(c) for c in candidates if c and class_name(c)))
        for index, name in enumerate(names):
            if self._is_free(name, shape):
                if index and index == len(names) - 1:
                    self.findings.note(
                        place, f"is {name}: a shorter name is another class", kind="renamed"
                    )
                return self._take(name, shape, place)
        name = self._numbered(names[0] if names else "Model")
        self.findings.note(place, f"is {name}: {names[0]} is another class", kind="renamed")
        return self._take(name, shape, place)

    def input_name(self, name: str) -> str:
        """Name the class for sending what `name` is for reading."""
        key = f"{name} as it is sent"
        if key in self._shapes:
            return self._shapes[key]
        for candidate in (f"{name}Input", f"{name}RequestInput"):
            if candidate.lower() not in self._taken and candidate not in NAMES:
                break
        else:
            candidate = self._numbered(f"{name}Input")
        self._taken[candidate.lower()] = candidate
        self._shapes[key] = candidate
        return candidate

    def _is_free(self, name: str, shape: str) -> bool:
        if name in NAMES:
            return False
        other = self._taken.get(name.lower())
        if other is None:
            return True
        if other != name:
            return False
        if name not in self._shapes and name in self.components:
            self._shapes[name] = _shape(self.component(name))
        return self._shapes.get(name) == shape

    def _take(self, name: str, shape: str, place: str) -> str:
        self._taken[name.lower()] = name
        self._shapes.setdefault(name, shape)
        self.by_place[place] = name
        return name

    def _numbered(self, name: str) -> str:
        return f"{name}{free_number(lambda n: f'{name}{n}'.lower() in self._taken)}"


def _shape(schema: Json) -> str:
    """What makes a schema another class: all but its texts and what its owner says of it."""

    def bare(node: Any) -> Any:
        if is_object(node):
            return {k: bare(v) for k, v in node.items() if k != "description"}
        return [bare(v) for v in node] if is_array(node) else node

    own = {key: value for key, value in schema.items() if key not in _NO_DIFFERENCE}
    return json.dumps(bare(own), sort_keys=True)
