"""The reference and the document, and how the tests of facts look into them."""

from __future__ import annotations

import json
from typing import Any

from codegen.document import resolve

from .documents import ROOT

DOCUMENTS: dict[str, dict[str, Any]] = {
    name: json.loads((ROOT / name).read_text(encoding="utf-8"))
    for name in ("codegen/reference.json", "openapi.json")
}


def operation(document: dict[str, Any], name: str) -> dict[str, Any]:
    method, path = name.split(" ")
    found: dict[str, Any] = document["paths"][path][method.lower()]
    return found


def parameter(document: dict[str, Any], name: str, wire: str) -> dict[str, Any]:
    for node in operation(document, name)["parameters"]:
        whole = resolve(document, node["$ref"]) if "$ref" in node else node
        if whole["name"] == wire:
            return dict(whole)
    raise LookupError(wire)


def body(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = operation(document, name)["requestBody"]["content"]["application/json"]
    return dict(found["schema"])


def list_data(document: dict[str, Any], name: str) -> dict[str, Any]:
    content = operation(document, name)["responses"]["200"]["content"]["application/json"]
    parts = content["schema"].get("allOf", [content["schema"]])
    [data] = [part["properties"]["data"] for part in parts if "properties" in part]
    return dict(data["properties"])
