"""Smallest documents, and SDKs made from them: each fault of a document gets one of its own."""

from __future__ import annotations

import importlib
import itertools
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen.api import Operation
from codegen.lock import Lock
from codegen.pipeline import Description, describe, generate
from codegen.source.overlay import Overlay

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "actuallycare"

_numbers = itertools.count()

Json = dict[str, Any]


def string(**more: Any) -> Json:
    return {"type": "string", **more}


def obj(properties: Json, **more: Any) -> Json:
    return {"type": "object", "properties": properties, **more}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def ref(name: str, **beside: Any) -> Json:
    return {"$ref": f"#/components/schemas/{name}", **beside}


def envelope(data: Json) -> Json:
    return obj({"success": {"type": "boolean"}, "data": data, "timestamp": string()})


def json_response(schema: Json) -> Json:
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def operation(data: Json | None = None, **more: Any) -> Json:
    """An operation that gives `data` in the envelope."""
    made: Json = {"tags": ["Things"], "summary": "Do it"}
    if data is not None:
        made["responses"] = {"200": json_response(envelope(data))}
    return {**made, **more}


def document(paths: Json | None = None, schemas: Json | None = None, **more: Any) -> Json:
    """A whole document around `paths` (default: one GET of a `Thing`)."""
    default = {"/things/{id}": {"get": operation(ref("Thing"), parameters=[ID])}}
    thing = {"Thing": obj({"id": string()}, required=["id"])}
    components = {
        "schemas": thing | (schemas or {}),
        "securitySchemes": {
            "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            "bearerAuth": {"type": "http", "scheme": "bearer"},
        },
        **more.pop("components", {}),
    }
    return {
        "openapi": "3.0.0",
        "info": {"title": "t", "version": "1"},
        "paths": default if paths is None else paths,
        "components": components,
        **more,
    }


ID: Json = {"name": "id", "in": "path", "required": True, "schema": string()}


def thing(schema: Json, **schemas: Any) -> Json:
    """A document whose `Thing` has a field `x` of this schema."""
    return document(schemas={"Thing": obj({"id": string(), "x": schema}), **schemas})


def run(made: Json, overlay: Overlay | None = None, lock: Lock | None = None) -> Description:
    """Describe a document."""
    return describe(made, overlay or Overlay(), lock or Lock())


def operation_at(made: Description, path: str, method: str = "get") -> Operation:
    """The operation of a path."""
    place = f"{method.upper()} {path}"
    return next(o for o in made.api.operations.values() if o.place == place)


def field_type(made: Description, model: str, name: str) -> str:
    """The type of a field, as text."""
    return next(str(f.type) for f in made.api.models[model].fields if f.name == name)


def sdk(made: Json, tmp_path: Path, overlay: Overlay | None = None) -> ModuleType:
    """The SDK of a document, generated, and imported under a name of its own."""
    return load(run(made, overlay), tmp_path)


def load(made: Description, tmp_path: Path) -> ModuleType:
    """The SDK of a description, imported under a name of its own."""
    name = f"sdk_{next(_numbers)}"
    package = tmp_path / name
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("api", "models", "__pycache__"))
    for path, text in generate(made).items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
    sys.path.insert(0, str(tmp_path))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(tmp_path))


def answer(module: ModuleType, body: Any) -> Any:
    """A transport of `module` that answers everything with `body`; it keeps the requests."""

    class Answer:
        def __init__(self) -> None:
            self.requests: list[Any] = []

        async def send(self, request: Any) -> Any:
            self.requests.append(request)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return module.Response(200, {}, content)

        async def aclose(self) -> None:
            pass

    return Answer()
