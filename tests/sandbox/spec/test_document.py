"""Loading the document, also a changed one."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend, DocumentError
from actuallycare_sandbox.spec.document import Document, load, parse
from tests.sandbox.conftest import connect

Make = Callable[..., Backend]


@pytest.fixture(scope="module")
def document() -> Document:
    return load()


def test_load_every_operation(document: Document) -> None:
    paths: dict[str, dict[str, Any]] = document.raw["paths"]
    methods = {"get", "put", "post", "patch", "delete"}
    documented = {f"{m.upper()} {p}" for p, item in paths.items() for m in item if m in methods}
    assert {o.name for o in document.operations} == documented
    assert documented


@pytest.mark.asyncio
async def test_serve_document_unchanged(anonymous: httpx.AsyncClient, document: Document) -> None:
    assert (await anonymous.get("/openapi.json")).json() == document.raw


@pytest.fixture
def changed(document: Document, tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """Write the document with additional paths to a file."""

    def write(paths: dict[str, Any]) -> Path:
        raw = copy.deepcopy(dict(document.raw))
        raw["paths"] = raw["paths"] | paths
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        return path

    return write


OPEN_HOUSE = {
    "type": "object",
    "required": ["id", "kind", "seats"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "title": {"type": "string"},
        "kind": {"type": "string", "enum": ["public", "broker"]},
        "seats": {"type": "integer"},
        "note": {"type": "string", "nullable": True},
    },
}


def _response(data: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"success": {"type": "boolean"}, "data": data}}
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}


NEW_RESOURCE: dict[str, Any] = {
    "/open-houses": {
        "get": {
            "parameters": [
                {"name": "kind", "in": "query", "schema": {"type": "string"}},
                {"name": "tags", "in": "query", "schema": {"type": "array", "items": {}}},
            ],
            "responses": {
                "200": _response(
                    {
                        "type": "object",
                        "properties": {
                            "open-houses": {"type": "array", "items": OPEN_HOUSE},
                            "meta": {"type": "object"},
                        },
                    }
                )
            },
        },
        "post": {
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["title"],
                            "properties": {"title": {"type": "string"}},
                        }
                    }
                },
            },
            "responses": {"201": _response(OPEN_HOUSE)},
        },
    },
    "/open-houses/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
        "get": {"responses": {"200": _response(OPEN_HOUSE)}},
        "delete": {"responses": {"204": {"description": "Gone"}}},
    },
    "/open-houses/{id}/publish": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
        "post": {"responses": {"200": _response(OPEN_HOUSE)}},
    },
}


@pytest.mark.asyncio
async def test_serve_added_resource_from_its_schema(
    make_backend: Make, changed: Callable[[dict[str, Any]], Path]
) -> None:
    backend = make_backend(openapi=changed(NEW_RESOURCE))
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as client:
        assert (await client.post("/open-houses", json={})).status_code == 400
        created = await client.post("/open-houses", json={"title": "Sunday"})
        record = created.json()["data"]
        assert created.status_code == 201
        assert record == {
            "id": record["id"],
            "title": "Sunday",
            "kind": "public",
            "seats": 0,
            "note": None,
        }
        listed = (await client.get("/open-houses?kind=public&tags=a&tags=b")).json()["data"]
        assert listed["open-houses"] == [record]
        assert listed["meta"]["total"] == 1
        assert (await client.get(f"/open-houses/{record['id']}")).json()["data"] == record
        unknown = await client.post(f"/open-houses/{record['id']}/publish")
        assert (unknown.status_code, unknown.json()["error"]["code"]) == (501, "NOT_IMPLEMENTED")
        gone = await client.delete(f"/open-houses/{record['id']}")
        assert (gone.status_code, gone.content) == (204, b"")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html>", "is not JSON"),
        ("[]", "not an OpenAPI 3 document"),
        ('{"swagger": "2.0"}', "not an OpenAPI 3 document"),
    ],
)
def test_reject_invalid_document(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "document.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=message):
        load(path)


@pytest.mark.parametrize("reference", ["#/nowhere", "other.json#/x", "#/paths/~1a"])
def test_reject_reference_without_target(reference: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(reference)):
        parse({"openapi": "3.0.0", "paths": {"/a": {"$ref": reference}}})
