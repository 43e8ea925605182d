"""Corrections to the vendor's document, each with its reason; an entry that misses is refused."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from attrs import field, frozen

from .alias import Alias
from .document import Json, is_array, is_object, iter_operations, operation_place
from .refusal import Problem, Refused

_ALLOWED = {
    "tag": {"name", "resource", "reason"},
    "operation": {"at", "name", "idempotent", "reason"},
    "schema": {"at", "require", "relax", "rename", "reason"},
    "secret": {"model", "field", "reason"},
    "name": {"at", "name", "reason"},
    "patch": {"op", "path", "value", "reason"},
    "deprecated": {"name", "instead", "until", "reason"},
}


@frozen
class Overlay:
    """The entries of `overlay.toml`, by kind."""

    tags: dict[str, str] = field(factory=dict[str, str])
    """Resource by tag."""
    operations: dict[str, Json] = field(factory=dict[str, Json])
    """Entry by `GET /listings/{id}`."""
    schemas: list[Json] = field(factory=list[Json])
    patches: list[Json] = field(factory=list[Json])
    names: dict[str, str] = field(factory=dict[str, str])
    """Class by the place of an inline schema, as the lock names it."""
    secrets: frozenset[tuple[str, str]] = frozenset()
    """(model, wire name) of fields that must not show, beyond those known by their name."""
    deprecated: tuple[Alias, ...] = ()
    """Released names that the document no longer has."""


def load_overlay(path: Path) -> Overlay:
    """Read an overlay file; `Refused` when an entry is malformed."""
    return parse_overlay(path.read_text(encoding="utf-8"))


def parse_overlay(text: str) -> Overlay:
    """The overlay that TOML text holds."""
    return read_overlay(tomllib.loads(text))


def read_overlay(data: Json) -> Overlay:
    """The overlay that parsed TOML holds."""
    problems: list[Problem] = []
    for kind, entries in data.items():
        for index, entry in enumerate(cast("list[Json]", entries)):
            place = f"overlay.toml [[{kind}]] {index + 1}"
            unknown = entry.keys() - _ALLOWED.get(kind, set())
            if kind not in _ALLOWED or unknown:
                problems.append(Problem(place, f"unknown: {', '.join(sorted(unknown)) or kind}"))
            elif not str(entry.get("reason", "")).strip():
                problems.append(Problem(place, "an entry needs a reason"))
            elif kind == "deprecated" and not {"name", "until"} <= entry.keys():
                problems.append(Problem(place, "`name` and `until` are needed"))
    if problems:
        raise Refused(problems)
    return Overlay(
        {entry["name"]: entry["resource"] for entry in data.get("tag", [])},
        {entry["at"]: entry for entry in data.get("operation", [])},
        data.get("schema", []),
        data.get("patch", []),
        {entry["at"]: entry["name"] for entry in data.get("name", [])},
        frozenset((entry["model"], entry["field"]) for entry in data.get("secret", [])),
        tuple(
            Alias(entry["name"], entry.get("instead"), entry["until"], entry["reason"])
            for entry in data.get("deprecated", [])
        ),
    )


def apply_overlay(document: Json, overlay: Overlay, *, lenient: bool = False) -> Json:
    """A copy of `document` with patches and schema corrections made.

    Raises `Refused` for each entry that no longer matches the document; a lenient reading passes
    over it, as comparing with another document needs.
    """
    document = copy.deepcopy(document)
    problems: list[Problem] = []
    for entry in overlay.patches:
        _try(problems, f"overlay.toml patch {entry['path']}", _patch, document, entry)
    for entry in overlay.schemas:
        _try(problems, f"overlay.toml schema {entry['at']}", _correct, document, entry)
    places = {operation_place(method, path) for path, method, _ in iter_operations(document)}
    tags = {
        tag for _, _, operation in iter_operations(document) for tag in operation.get("tags", [])
    }
    for at in overlay.operations.keys() - places:
        problems.append(Problem(f"overlay.toml operation {at}", "there is no such operation"))
    for tag in overlay.tags.keys() - tags:
        problems.append(Problem(f"overlay.toml tag {tag}", "no operation has this tag"))
    if problems and not lenient:
        raise Refused(sorted(problems, key=str))
    return document


def _try(
    problems: list[Problem],
    place: str,
    act: Callable[[Json, Json], None],
    document: Json,
    entry: Json,
) -> None:
    try:
        act(document, entry)
    except (LookupError, TypeError, ValueError) as error:
        text = error.args[0] if error.args else type(error).__name__
        problems.append(Problem(place, f"the entry no longer matches the document ({text})"))


def _patch(document: Json, entry: Json) -> None:
    """One operation of RFC 6902: add, replace or remove."""
    *parents, last = [
        part.replace("~1", "/").replace("~0", "~") for part in entry["path"].lstrip("/").split("/")
    ]
    target: Any = document
    for part in parents:
        target = target[int(part)] if is_array(target) else target[part]
    key: Any = int(last) if is_array(target) and last != "-" else last
    if entry["op"] == "add":
        if is_array(target):
            target.insert(len(target) if key == "-" else key, entry["value"])
        else:
            target[key] = entry["value"]
    elif entry["op"] == "replace":
        _ = target[key]
        target[key] = entry["value"]
    elif entry["op"] == "remove":
        del target[key]
    else:
        raise ValueError(f"op {entry['op']!r} is not add, replace or remove")


def _correct(document: Json, entry: Json) -> None:
    schemas: Json = document["components"]["schemas"]
    schema: Json = schemas[entry["at"]]
    properties: Json = schema["properties"]
    required: list[str] = schema.setdefault("required", [])
    for name in entry.get("require", []):
        _ = properties[name]
        if name in required:
            raise ValueError(f"{name} is required already")
        required.append(name)
    for name in entry.get("relax", []):
        required.remove(name)
    if not required:
        del schema["required"]
    if "rename" in entry:
        _rename(document, entry["at"], entry["rename"])


def _rename(document: Json, old: str, new: str) -> None:
    schemas: Json = document["components"]["schemas"]
    if new in schemas:
        raise ValueError(f"{new} is taken")
    schemas[new] = schemas.pop(old)
    before, after = (f"#/components/schemas/{name}" for name in (old, new))

    def walk(node: Any) -> None:
        if is_object(node):
            if node.get("$ref") == before:
                node["$ref"] = after
            for value in node.values():
                walk(value)
        elif is_array(node):
            for value in node:
                walk(value)

    walk(document)
