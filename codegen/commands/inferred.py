"""How much of the reference is inferred rather than published: counted, never estimated.

A place marked `x-inferred: true` is inferred by analogy, with everything below it. The mark
`x-inferred: older` says that an older public version of the back end shows it.
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

MARK = "x-inferred"
OLDER = "older"
"""Value of the mark for what an older back end shows; true is an analogy."""
KINDS = ("operations", "parameters", "request bodies", "responses", "schemas", "properties")


@frozen
class Tally:
    """Inferred and all, by kind."""

    inferred: Counter[str] = field(factory=Counter[str])
    older: Counter[str] = field(factory=Counter[str])
    """Those of the inferred that an older back end shows."""
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
    for kind, grade in _places(document):
        tally.total[kind] += 1
        tally.inferred[kind] += grade is not None
        tally.older[kind] += grade == OLDER
    return tally


def format_report(tally: Tally) -> str:
    """The counts as a table of Markdown."""
    lines = ["| kind | inferred | by analogy | older back end | of |"]
    lines += ["| --- | ---: | ---: | ---: | ---: |"]
    for kind in KINDS:
        inferred, older = tally.inferred[kind], tally.older[kind]
        total = tally.total[kind]
        lines.append(f"| {kind} | {inferred} | {inferred - older} | {older} | {total} |")
    return "\n".join(lines)


Grade = bool | str | None
"""None: published; True: an analogy; `older`: an older back end shows it."""


def _places(document: Json) -> Iterator[tuple[str, Grade]]:
    def kind_of(kind: str, node: Json, grade: Grade) -> Iterator[tuple[str, Grade]]:
        """A part of an operation: written there, or shared and referred to."""
        shared: Any = resolve(document, node["$ref"]) if "$ref" in node else None
        yield kind, _grade(node) or _grade(shared) or grade
        yield from _inside(node, grade)

    for _, _, operation in iter_operations(document):
        grade = _grade(operation)
        yield "operations", grade
        for parameter in operation.get("parameters", []):
            yield from kind_of("parameters", parameter, grade)
        body = operation.get("requestBody")
        if body is not None:
            yield from kind_of("request bodies", body, _schema_grade(body) or grade)
        for response in operation.get("responses", {}).values():
            yield from kind_of("responses", response, grade)
    components: Json = document.get("components", {})
    for schema in components.get("schemas", {}).values():
        yield "schemas", _grade(schema)
        yield from _inside(schema, None)
    # The properties of what operations share count once, where they are written.
    for section in ("parameters", "requestBodies", "responses"):
        for part in components.get(section, {}).values():
            yield from _inside(part, None)


def _inside(node: Any, grade: Grade) -> Iterator[tuple[str, Grade]]:
    """Each property declared below `node`."""
    if is_array(node):
        for value in node:
            yield from _inside(value, grade)
    if not is_object(node):
        return
    grade = _grade(node) or grade
    for key, value in node.items():
        if key in ("example", "examples"):
            continue
        if key == "properties" and is_object(value):
            for schema in value.values():
                yield "properties", _grade(schema) or grade
                yield from _inside(schema, grade)
        else:
            yield from _inside(value, grade)


def _schema_grade(body: Json) -> Grade:
    media: Json = body.get("content", {})
    grades = (_grade(entry.get("schema", {})) for entry in media.values())
    return next((grade for grade in grades if grade), None)


def _grade(node: Any) -> Grade:
    mark: Any = node.get(MARK) if is_object(node) else None
    return mark if mark is True or mark == OLDER else None
