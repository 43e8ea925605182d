"""A document or data file that cannot be used ends in one sentence."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from actuallycare_sandbox import Backend, DocumentError, Settings, StoreError, create_app

OK: dict[str, Any] = {"responses": {"200": {"description": ""}}}


def operation(**fields: Any) -> dict[str, Any]:
    return {"paths": {"/a": {"post": {**OK, **fields}}}}


MALFORMED: dict[str, Any] = {
    "paths is an array": {"paths": []},
    "path is a number": {"paths": {"/a": 5}},
    "operation is an array": {"paths": {"/a": {"get": []}}},
    "parameters are text": operation(parameters="x"),
    "parameter without a name": operation(parameters=[{"in": "query"}]),
    "body is a number": operation(requestBody=5),
    "response is a number": operation(responses={"200": 5}),
    "server without a URL": {"servers": [{}], "paths": {}},
    "server URL that cannot be read": {"servers": [{"url": "http://[x"}], "paths": {}},
    "path parameter twice": {"paths": {"/{a}/{a}": {"get": OK}}},
    "unknown convertor": {"paths": {"/{a:nope}": {"get": OK}}},
    "path without a slash": {"paths": {"a": {"get": OK}}},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_explain_malformed_document(name: str, tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps({"openapi": "3.0.3", "info": {}, **MALFORMED[name]}))
    with pytest.raises(DocumentError) as caught:
        create_app(Settings(records=0, openapi=path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b'{"openapi": "3.0.3", "\xe9": 1}', b"[" * 100_000, b"\0"])
def test_explain_unreadable_document(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"openapi\.json"):
        create_app(Settings(records=0, openapi=path))


@pytest.mark.parametrize("doc", ["[]", "{}"])
def test_explain_data_file_of_something_else(doc: str, tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    settings = Settings(records=0, data=path)
    Backend(settings).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE records SET doc = ? WHERE kind = 'server'", [doc])
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="Delete it"):
        Backend(settings)
