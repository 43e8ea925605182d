"""`/v1/api-docs`: interactive API documentation, without network access.

Swagger UI comes from `swagger-ui-bundle`. It reads a copy of the document whose server is this
sandbox: the document itself names the vendor's server, which must not get requests from here.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..backend import Backend
from .responses import json_response

_PACKAGE = "swagger_ui_bundle"
_FILES = "/_sandbox/swagger-ui"
_DOCUMENT = "/_sandbox/openapi.json"
_PAGE = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>ActuallyCare sandbox</title>
<link rel="stylesheet" href="{_FILES}/swagger-ui.css">
<link rel="icon" href="{_FILES}/favicon-32x32.png">
</head>
<body>
<div id="page"></div>
<script src="{_FILES}/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({{url: "{_DOCUMENT}", dom_id: "#page", validatorUrl: null, deepLinking: true}});
</script>
</body>
</html>
"""
_MISSING_PACKAGE = "The page needs swagger-ui-bundle: pip install 'actuallycare[sandbox]'\n"


def routes(backend: Backend) -> list[BaseRoute]:
    """Return the routes of the page, its files and the document that it reads."""
    local_document: dict[str, Any] = {
        **backend.document.raw,
        "servers": [{"url": backend.document.base_path or "/", "description": "This sandbox"}],
    }

    async def page(_: Request) -> Response:
        return HTMLResponse(_PAGE) if find_spec(_PACKAGE) else Response(_MISSING_PACKAGE, 501)

    async def document(_: Request) -> Response:
        return json_response(local_document, 200)

    result: list[BaseRoute] = [
        Route(f"{backend.document.base_path}/api-docs", page),
        Route(_DOCUMENT, document),
    ]
    if find_spec(_PACKAGE):
        result.append(Mount(_FILES, StaticFiles(directory=_folder())))
    return result


def _folder() -> Path:
    return Path(import_module(_PACKAGE).swagger_ui_path)
