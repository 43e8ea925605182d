"""Corrections to the vendor's document, each with its reason. A stale entry is reported."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ..api import Alias
from ..document import (
    Json,
    as_array,
    as_object,
    is_array,
    is_object,
    iter_operations,
    operation_place,
)
from ..errors import CodegenError, Problem
from ..findings import Findings

_ALLOWED = {
    "tag": {"name", "resource", "reason"},
    "operation": {"at", "name", "idempotent", "reason"},
    "omit": {"at", "reason"},
    "any": {"at", "reason"},
    "response": {"at", "schema", "reason"},
    "schema": {"at", "require", "relax", "rename", "reason"},
    "secret": {"model", "field", "reason"},
    "name": {"at", "name", "reason"},
    "patch": {"op", "path", "value", "reason"},
    "deprecated": {"name", "instead", "until", "reason"},
}
_REQUIRED = {
    "tag": {"name", "resource"},
    "operation": {"at"},
    "omit": {"at"},
    "any": {"at"},
    "response": {"at", "schema"},
    "schema": {"at"},
    "secret": {"model", "field"},
    "name": {"at", "name"},
    "patch": {"op", "path"},
    "deprecated": {"name", "until"},
}

_TYPES: dict[str, tuple[type, str]] = {
    "idempotent": (bool, "true or false"),
    "schema": (dict, "a table"),
    "require": (list, "a list of names"),
    "relax": (list, "a list of names"),
}
"""What is no text; `value` may be anything that JSON supports."""


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
    omitted: dict[str, str] = field(factory=dict[str, str])
    """Reason by operation that is left out on purpose."""
    any_places: dict[str, str] = field(factory=dict[str, str])
    """Reason by place that is typed as Any on purpose."""
    responses: dict[str, Json] = field(factory=dict[str, Json])
    """Schema by operation whose success response has none."""


def load_overlay(path: Path) -> Overlay:
    """Read an overlay file; `CodegenError` when an entry is malformed."""
    return parse_overlay(path.read_text(encoding="utf-8"))


def parse_overlay(text: str) -> Overlay:
    """Read the overlay in TOML text."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodegenError([Problem("overlay.toml", f"is not TOML: {error}")]) from None
    return read_overlay(data)


def read_overlay(data: Json) -> Overlay:
    """Read the overlay in parsed TOML."""
    problems = [
        Problem(f"overlay.toml [[{kind}]] {index + 1}", reason)
        for kind, entries in data.items()
        for index, entry in enumerate(as_array(entries) or [{}])
        if (reason := _malformed(kind, entry))
    ]
    if problems:
        raise CodegenError(problems)
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
        {entry["at"]: entry["reason"] for entry in data.get("omit", [])},
        {entry["at"]: entry["reason"] for entry in data.get("any", [])},
        {entry["at"]: entry["schema"] for entry in data.get("response", [])},
    )


def apply_overlay(document: Json, overlay: Overlay, findings: Findings) -> Json:
    """Return a copy of `document` with patches, corrections, responses and omissions applied."""
    document = copy.deepcopy(document)
    stale = _Stale(findings)
    for entry in overlay.patches:
        stale.attempt(f"overlay.toml patch {entry['path']}", _patch, document, entry)
    for entry in overlay.schemas:
        stale.attempt(f"overlay.toml schema {entry['at']}", _correct, document, entry)
    operations = {operation_place(m, p): o for p, m, o in iter_operations(document)}
    for at, schema in sorted(overlay.responses.items()):
        if at in operations:
            _add_response(operations[at], schema)
    for at, reason in sorted(overlay.omitted.items()):
        method, _, path = at.partition(" ")
        if at in operations:
            del document["paths"][path][method.lower()]
            findings.note(at, f"is left out by the overlay: {reason}")
    for kind, entries in (
        ("operation", overlay.operations),
        ("omit", overlay.omitted),
        ("response", overlay.responses),
    ):
        for at in sorted(entries.keys() - operations.keys()):
            stale.report(f"overlay.toml {kind} {at}", "there is no such operation")
    tags = {str(tag) for o in operations.values() for tag in as_array(o.get("tags"))}
    tags |= {o["tags"] for o in operations.values() if isinstance(o.get("tags"), str)}
    for tag in sorted(overlay.tags.keys() - tags):
        stale.report(f"overlay.toml tag {tag}", "no operation has this tag")
    return document


class _Stale:
    """Reports the entries that no longer match the document."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def report(self, place: str, reason: str) -> None:
        self._findings.note(place, reason, kind="stale")

    def attempt(
        self, place: str, act: Callable[[Json, Json], None], document: Json, entry: Json
    ) -> None:
        try:
            act(document, entry)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            text = error.args[0] if error.args else type(error).__name__
            self.report(place, f"the entry no longer matches the document ({text})")


def _malformed(kind: str, entry: Any) -> str:
    if kind not in _ALLOWED:
        return f"unknown: {kind}"
    if not is_object(entry):
        return f"a list of tables was expected, as [[{kind}]] gives it"
    unknown = entry.keys() - _ALLOWED[kind]
    if unknown:
        return f"unknown: {', '.join(sorted(unknown))}"
    if not str(entry.get("reason", "")).strip():
        return "an entry needs a reason"
    missing = _REQUIRED[kind] - entry.keys()
    if missing:
        return f"{' and '.join(f'`{name}`' for name in sorted(missing))} must be given"
    return next(filter(None, (_mistyped(*item) for item in entry.items())), "")


def _mistyped(name: str, value: Any) -> str:
    """Say what is wrong with the type of one value of an entry, if anything is."""
    expected, description = _TYPES.get(name, (str, "a text"))
    if name != "value" and not isinstance(value, expected):
        return f"`{name}` is {value!r:.80}; {description} was expected"
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):  # TOML also has dates, nan and inf
        return f"`{name}` has a value that JSON does not support; write it as a text"
    return ""


def _add_response(operation: Json, schema: Any) -> None:
    """Give the success response of an operation its schema."""
    responses = as_object(operation.get("responses"))
    operation["responses"] = responses
    status = next((str(s) for s in sorted(responses, key=str) if str(s).startswith("2")), "200")
    kept = as_object(responses.get(status))
    content = {"application/json": {"schema": schema}}
    responses[status] = {"description": kept.get("description", ""), "content": content}


def _patch(document: Json, entry: Json) -> None:
    """Apply one operation of RFC 6902: add, replace or remove."""
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
    try:
        for name in entry.get("require", []):
            _ = properties[name]
            if name in required:
                raise ValueError(f"{name} is required already")
            required.append(name)
        for name in entry.get("relax", []):
            required.remove(name)
    finally:
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
