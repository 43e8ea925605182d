"""How much of the reference is inferred rather than published: counted, never estimated.

A place marked `x-inferred: true` is inferred with everything below it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen

from .. import project
from ..document import Json, is_array, is_object, iter_operations, resolve

KINDS = ("operations", "parameters", "request bodies", "responses", "schemas", "properties")


@frozen
class Tally:
    """Inferred and all, by kind."""

    inferred: Counter[str] = field(factory=Counter[str])
    total: Counter[str] = field(factory=Counter[str])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `python -m codegen inferred`."""
    parser.add_argument(
        "--document", type=Path, default=project.REFERENCE, metavar="FILE", help="reference.json"
    )


def run(options: argparse.Namespace) -> int:
    """Print the counts; return the exit status."""
    print(format_report(count_inferred(project.load_document(options.document))))
    return 0


def count_inferred(document: Json) -> Tally:
    """Count the marked places of a document, by kind."""
    tally = Tally()
    for kind, inferred in _places(document):
        tally.total[kind] += 1
        tally.inferred[kind] += inferred
    return tally


def format_report(tally: Tally) -> str:
    """The counts as a table of Markdown."""
    lines = ["| kind | inferred | of |", "| --- | ---: | ---: |"]
    lines += [f"| {kind} | {tally.inferred[kind]} | {tally.total[kind]} |" for kind in KINDS]
    return "\n".join(lines)


def _places(document: Json) -> Iterator[tuple[str, bool]]:
    def kind_of(kind: str, node: Json, marked: bool) -> Iterator[tuple[str, bool]]:
        """A part of an operation: written there, or shared and referred to."""
        shared: Any = resolve(document, node["$ref"]) if "$ref" in node else None
        yield kind, marked or _marked(node) or _marked(shared)
        yield from _inside(node, marked)

    for _, _, operation in iter_operations(document):
        marked = _marked(operation)
        yield "operations", marked
        for parameter in operation.get("parameters", []):
            yield from kind_of("parameters", parameter, marked)
        body = operation.get("requestBody")
        if body is not None:
            yield from kind_of("request bodies", body, marked or _any_schema(body))
        for response in operation.get("responses", {}).values():
            yield from kind_of("responses", response, marked)
    components: Json = document.get("components", {})
    for schema in components.get("schemas", {}).values():
        yield "schemas", _marked(schema)
        yield from _inside(schema, False)
    # The properties of what operations share count once, where they are written.
    for section in ("parameters", "requestBodies", "responses"):
        for part in components.get(section, {}).values():
            yield from _inside(part, False)


def _inside(node: Any, marked: bool) -> Iterator[tuple[str, bool]]:
    """Each property declared below `node`."""
    if is_array(node):
        for value in node:
            yield from _inside(value, marked)
    if not is_object(node):
        return
    marked = marked or _marked(node)
    for key, value in node.items():
        if key in ("example", "examples"):
            continue
        if key == "properties" and is_object(value):
            for schema in value.values():
                yield "properties", marked or _marked(schema)
                yield from _inside(schema, marked)
        else:
            yield from _inside(value, marked)


def _any_schema(body: Json) -> bool:
    media: Json = body.get("content", {})
    return any(_marked(entry.get("schema", {})) for entry in media.values())


def _marked(node: Any) -> bool:
    return is_object(node) and node.get("x-inferred") is True
