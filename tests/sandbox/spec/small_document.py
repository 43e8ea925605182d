"""A small document with one operation, for tests that read schemas."""

from __future__ import annotations

from typing import Any

from actuallycare_sandbox.spec.document import Document, OperationSpec, parse

THING = {"$ref": "#/components/schemas/Thing"}
THINGS = {"type": "array", "items": THING}


def document_with(data: Any) -> tuple[Document, OperationSpec]:
    """Return a document and its operation, whose response has this schema of `data`."""
    body = {"type": "object", "properties": {"success": {}, "data": data}}
    response = {"content": {"application/json": {"schema": body}}}
    raw = {
        "openapi": "3.0.0",
        "paths": {"/things": {"get": {"responses": {"200": response}}}},
        "components": {"schemas": {"Thing": {"properties": {"id": {}, "self": THING}}}},
    }
    document = parse(raw)
    return document, document.operations[0]
