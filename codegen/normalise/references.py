"""References: everything but component schemas is put in place, so that later passes see it whole.

The generator ignores a path item that is a reference, and drops responses and parameters whose
references it cannot follow.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from ..document import METHODS, Json, is_object, operation_place, resolve
from .report import Report

_COMPONENT = re.compile(r"#/components/schemas/([A-Za-z0-9._-]+)")


def component_name(reference: str) -> str | None:
    """The component that a reference names as a whole, or None."""
    match = _COMPONENT.fullmatch(reference)
    return match.group(1) if match else None


def follow(document: Json, node: Any, place: str, report: Report) -> Any:
    """`node`, or what it refers to; refused when that is nothing, or itself."""
    seen: list[str] = []
    while is_object(node) and "$ref" in node:
        reference = str(node["$ref"])
        if reference in seen:
            report.refuse(place, f"the reference {reference!r} leads back to itself")
            return {}
        seen.append(reference)
        try:
            node = resolve(document, reference)
        except LookupError as error:
            report.refuse(
                place, f"{error.args[0]}; define it, or mend the reference in the overlay"
            )
            return {}
    return copy.deepcopy(node) if seen else node


def inline_references(document: Json, report: Report) -> Json:
    """Path items, parameters, request bodies, responses and their media types, each in place."""
    out: Json = {**document, "paths": {}}
    for path in sorted(document.get("paths", {})):
        item = follow(document, document["paths"][path], path, report)
        if not is_object(item):
            report.refuse(path, "an object with operations was expected")
            continue
        merged: Json = {}
        for method in METHODS:
            operation: Any = item.get(method)
            if operation is None:
                continue
            place = operation_place(method, path)
            if not is_object(operation):
                report.refuse(place, "an operation object was expected")
                continue
            merged[method] = _operation(document, item, operation, place, report)
        out["paths"][path] = merged
    return out


def _operation(document: Json, item: Json, operation: Json, place: str, report: Report) -> Json:
    made = dict(operation)
    own: list[Any] = operation.get("parameters") or []
    shared: list[Any] = item.get("parameters") or []
    made["parameters"] = [
        follow(document, node, f"{place} → parameters", report) for node in [*own, *shared]
    ]
    if "requestBody" in operation:
        made["requestBody"] = follow(
            document, operation["requestBody"], f"{place} → requestBody", report
        )
    responses: Any = operation.get("responses")
    if not is_object(responses) or not responses:
        report.refuse(place, "there are no responses")
        responses = {}
    made["responses"] = {
        str(status): follow(document, node, f"{place} → responses.{status}", report)
        for status, node in responses.items()
    }
    return made
