"""The test's own reading of openapi.json: operations, and made-up values for their arguments.

Where the document describes a success by a sentence, or no request body, the vendor's published
reference counts. It shares no code with the generator, so that both cannot be wrong together.
"""

from __future__ import annotations

import functools
import json
import operator
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actuallycare_sandbox.dialects.dialect import DIALECTS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
REFERENCE: dict[str, Any] = json.loads(
    (ROOT / "codegen/reference.json").read_text(encoding="utf-8")
)
LOCK: dict[str, Any] = json.loads((ROOT / "codegen/names.lock.json").read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of the document."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            published = REFERENCE["paths"].get(path, {}).get(method, {})
            yield method.upper(), path, _completed(operation, published)


def _completed(operation: dict[str, Any], published: dict[str, Any]) -> dict[str, Any]:
    """`operation` with the response and the request body that only the reference describes."""
    made = {**operation, "responses": dict(operation["responses"])}
    if "requestBody" not in made and "requestBody" in published:
        made["requestBody"] = published["requestBody"]
    successes = [status for status in made["responses"] if status.startswith("2")]
    described = [r for s, r in published.get("responses", {}).items() if s.startswith("2")]
    if described and not any("content" in whole(made["responses"][s]) for s in successes):
        made["responses"][min(successes)] = described[0]
    return made


def whole(node: Any) -> Any:
    """`node` with its references followed and allOf merged."""
    while isinstance(node, dict) and "$ref" in node:
        keys = node["$ref"][2:].split("/")
        try:
            node = functools.reduce(operator.getitem, keys, DOCUMENT)
        except KeyError:
            node = functools.reduce(operator.getitem, keys, REFERENCE)
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
    if "oneOf" in schema:
        return value(schema["oneOf"][0])
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


def success(
    row: tuple[str, str, dict[str, Any]], dialect: str = "published"
) -> tuple[int, dict[str, str], Any]:
    """(status, headers, body) of the documented success, as a dialect of the sandbox writes it."""
    method, path, operation = row
    status = min(code for code in operation["responses"] if code.startswith("2"))
    content = whole(operation["responses"][status])["content"]["application/json"]
    body = value(content["schema"])
    name = f"{method} {path}"
    if path.startswith("/auth/") and "expiresIn" in body.get("data", {}):
        body["data"]["expiresIn"] = 900  # a text or a number in the document
    cookies = "; ".join(f"{k}={v}" for k, v in DIALECTS[dialect].cookies(name, body).items())
    headers = {"Set-Cookie": f"{cookies}; HttpOnly"} if cookies else {}
    return int(status), headers, DIALECTS[dialect].succeed(name, body)
