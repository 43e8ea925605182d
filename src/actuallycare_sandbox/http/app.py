"""The Starlette application: one route for each path of the document."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..backend import Backend
from ..handlers.context import Handler
from ..handlers.registry import handler_for
from ..protocol.errors import not_found
from ..settings import Settings
from ..spec.document import Operation
from . import api_docs
from . import control_routes as control
from .endpoint import Endpoint, json_response, method_not_allowed, refusal
from .fault_injection import Observe
from .rate_limit_middleware import Throttle


def create_app(settings: Settings | None = None, backend: Backend | None = None) -> Starlette:
    """An ASGI application with a state of its own, as `app.state.backend`.

    Args:
        settings: how this sandbox differs from another.
        backend: parts that were put together before, with a clock of your own perhaps.

    Raises:
        DocumentError: the OpenAPI document cannot be served.
        StoreError: the data file cannot be used.
    """
    backend = backend or Backend(settings or Settings())
    app = Starlette(
        routes=[*api_docs.routes(backend), *control.routes(backend), *_routes(backend)],
        middleware=[Middleware(Observe, backend=backend), Middleware(Throttle, backend=backend)],
        exception_handlers={HTTPException: _http_exception(backend)},
    )
    app.router.redirect_slashes = False  # a path that is not documented is none
    app.state.backend = backend
    return app


def _routes(backend: Backend) -> list[Route]:
    document = backend.document
    paths: dict[str, dict[str, tuple[Operation, Handler]]] = {}
    for operation in document.operations:
        handler = handler_for(operation, backend.shape(operation))
        paths.setdefault(operation.path, {})[operation.method] = (operation, handler)

    async def openapi(_: Request) -> Response:
        return json_response(document.raw, 200)

    return [
        Route(f"{document.base_path}/openapi.json", openapi),
        *(
            Route(document.base_path + path, Endpoint(backend, paths[path]))
            for path in sorted(paths, key=_specificity)
        ),
    ]


def _specificity(path: str) -> list[bool]:
    """Sorts /contacts/search before /contacts/{id}: the first route that fits is taken."""
    return [part.startswith("{") for part in path.split("/")]


def _http_exception(backend: Backend) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            return refusal(backend, not_found(f"Route {request.method} {request.url.path}"))
        allowed = (error.headers or {}).get("Allow", "").split(", ")
        return refusal(backend, method_not_allowed(allowed))

    return handle
