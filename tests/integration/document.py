"""The test's own reading of openapi.json: operations, and made-up values for their arguments.

It shares no code with the generator, so that both cannot be wrong together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
LOCK: dict[str, Any] = json.loads((ROOT / "codegen/names.lock.json").read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of the document."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def whole(node: Any) -> Any:
    """`node` with its references followed and allOf merged."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = DOCUMENT
        for part in node["$ref"][2:].split("/"):
            target = target[part]
        node = target
    if isinstance(node, dict) and "allOf" in node:
        merged: dict[str, Any] = {"type": "object", "properties": {}}
        for part in node["allOf"]:
            merged["properties"] |= whole(part).get("properties", {})
        return merged
    return node


def value(schema: Any) -> Any:
    """A value that `schema` describes."""
    schema = whole(schema)
    if "enum" in schema:
        return schema["enum"][-1]
    kind = schema.get("type", "object")
    if kind == "object":
        if "properties" not in schema:
            extra = schema.get("additionalProperties")
            return {"a key": value(extra)} if isinstance(extra, dict) and extra else {"any": 1}
        return {name: value(inner) for name, inner in schema["properties"].items()}
    if kind == "array":
        return [value(schema["items"])]
    if kind == "string":
        formats = {"date": "2026-07-15", "date-time": "2026-07-15T14:32:10Z"}
        return formats.get(schema.get("format", ""), schema.get("example", "text/ü?"))
    return {"integer": 7, "number": 1234.5, "boolean": True}[kind]


def parameters(operation: dict[str, Any], place: str) -> dict[str, Any]:
    """Wire name → value of the parameters in `place`."""
    found = map(whole, operation.get("parameters", []))
    return {p["name"]: value(p["schema"]) for p in found if p["in"] == place}


def body(operation: dict[str, Any]) -> Any:
    """A request body, every field given; None when the operation takes none."""
    if "requestBody" not in operation:
        return None
    return value(operation["requestBody"]["content"]["application/json"]["schema"])


def success(operation: dict[str, Any]) -> tuple[int, Any]:
    """(status, body) of the documented success."""
    status = min(code for code in operation["responses"] if code.startswith("2"))
    content = whole(operation["responses"][status])["content"]["application/json"]
    return int(status), value(content["schema"])
